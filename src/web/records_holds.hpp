// Legal holds: a person's records stay, whatever they ask and whatever retention says.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /records/holds: a person's, or all that are in force
[[nodiscard]] Result<http::Response> read_holds(Call& call);
/// POST /records/holds: places one
[[nodiscard]] Result<http::Response> place_hold(Call& call);
/// GET and POST /records/holds/{hold}/lift
[[nodiscard]] Result<http::Response> read_lift(Call& call);
[[nodiscard]] Result<http::Response> lift_hold(Call& call);

}  // namespace tenantry::web
