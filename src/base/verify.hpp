// VERIFY: a check that only a bug can fail. On in release too; logs the place and aborts.
#pragma once

namespace tenantry {

/// Writes the failed condition and its place to standard error and aborts. Never returns.
[[noreturn]] void verify_failed(const char* condition, const char* file, int line) noexcept;

}  // namespace tenantry

#define VERIFY(condition)                                              \
    do {                                                               \
        if (!(condition)) [[unlikely]] {                               \
            ::tenantry::verify_failed(#condition, __FILE__, __LINE__); \
        }                                                              \
    } while (false)
