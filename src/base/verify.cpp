#include "base/verify.hpp"

#include <cstdio>
#include <cstdlib>

namespace tenantry {

void verify_failed(const char* condition, const char* file, int line) noexcept {
    std::fprintf(stderr, "VERIFY failed: %s at %s:%d\n", condition, file, line);
    std::fflush(stderr);
    std::abort();
}

}  // namespace tenantry
