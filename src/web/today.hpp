// Where a day begins: an officer's open work and what is new in their patches, a manager's area in short; for
// whoever has neither, what they may do here.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /
[[nodiscard]] Result<http::Response> read_today(Call& call);
/// GET /today/alerts: everybody in the officer's patches whom officers are warned of.
[[nodiscard]] Result<http::Response> read_alerts_in_patch(Call& call);

}  // namespace tenantry::web
