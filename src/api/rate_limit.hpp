// Requests counted a minute, for each address and each account. In memory: a restart forgives, which does no
// harm.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/thread_annotations.hpp"
#include "base/time.hpp"

namespace tenantry::api {

struct Allowance {
    std::int64_t limit = 0;
    std::int64_t remaining = 0;
    std::int64_t resets_at = 0;  ///< Unix seconds
    bool exceeded = false;
};

/// Thread-safe.
class RateLimit {
  public:
    /// A limit of 0 counts nothing and allows everything.
    explicit RateLimit(std::int64_t per_minute) : limit_(per_minute) {}

    /// Counts one request of that key and says what is left.
    [[nodiscard]] Allowance count(std::string_view key, Instant now) EXCLUDES(mutex_);

  private:
    static constexpr std::size_t kKeys = 100'000;  ///< above that many in a minute, newcomers share one count

    std::int64_t limit_;
    Mutex mutex_;
    std::int64_t minute_ GUARDED_BY(mutex_) = 0;
    std::unordered_map<std::string, std::int64_t> counts_ GUARDED_BY(mutex_);
};

}  // namespace tenantry::api
