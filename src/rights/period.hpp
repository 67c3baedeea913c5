// Calendar periods, as the law counts them.
#pragma once

#include <cstdint>

#include "base/time.hpp"

namespace tenantry::rights {

/// The same day of the month so many months later; that month's last day where it has no such day.
[[nodiscard]] Date after_months(Date from, std::int64_t months);

/// The day of an instant, in UTC.
[[nodiscard]] Date day_of(Instant at);

}  // namespace tenantry::rights
