#include "api/rate_limit.hpp"

#include <algorithm>
#include <limits>

namespace tenantry::api {

Allowance RateLimit::count(std::string_view key, Instant now) {
    const std::int64_t minute = std::chrono::floor<std::chrono::minutes>(now).time_since_epoch().count();
    Allowance allowance;
    allowance.resets_at = (minute + 1) * 60;
    if (limit_ == 0) {
        allowance.limit = allowance.remaining = std::numeric_limits<std::int32_t>::max();
        return allowance;
    }
    const Lock lock{mutex_};
    if (minute != minute_) {
        minute_ = minute;
        counts_.clear();
    }
    std::string name{counts_.size() < kKeys ? key : std::string_view{"others"}};
    const std::int64_t used = ++counts_[std::move(name)];
    allowance.limit = limit_;
    allowance.remaining = std::max<std::int64_t>(limit_ - used, 0);
    allowance.exceeded = used > limit_;
    return allowance;
}

}  // namespace tenantry::api
