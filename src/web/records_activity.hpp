// The activity log, as a records officer or a manager looks through it.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /records/activity
[[nodiscard]] Result<http::Response> read_activity_log(Call& call);

}  // namespace tenantry::web
