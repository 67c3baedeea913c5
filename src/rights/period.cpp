#include "rights/period.hpp"

namespace tenantry::rights {

Date after_months(Date from, std::int64_t months) {
    const Date later = from + std::chrono::months{static_cast<int>(months)};
    return later.ok() ? later : Date{later.year() / later.month() / std::chrono::last};
}

Date day_of(Instant at) {
    return Date{std::chrono::floor<std::chrono::days>(at)};
}

}  // namespace tenantry::rights
