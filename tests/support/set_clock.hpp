// A clock that stands still until a test moves it.
#pragma once

#include <chrono>

#include "base/time.hpp"

namespace tenantry::test {

class SetClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override { return now_; }
    void advance(std::chrono::milliseconds by) { now_ += by; }

  private:
    Instant now_ = from_millis(1'900'000'000'000);
};

}  // namespace tenantry::test
