// What an officer takes along on a visit: one page for a phone or for paper.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /homes/{property}/visit-sheet
[[nodiscard]] Result<http::Response> read_visit_sheet(Call& call);

}  // namespace tenantry::web
