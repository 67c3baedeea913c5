// SHA-256 (FIPS 180-4): for sums that others check with their own tools, never for secrets.
#pragma once

#include <memory>

#include "base/bytes.hpp"

namespace tenantry::crypto {

[[nodiscard]] Hash sha256(ByteView bytes);

/// The sum of what does not lie in memory at once. One thread.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    void add(ByteView bytes);
    /// Once, at the end.
    [[nodiscard]] Hash finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace tenantry::crypto
