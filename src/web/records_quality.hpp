// Records that are worth mending.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /records/quality
[[nodiscard]] Result<http::Response> read_quality(Call& call);
/// GET /records/quality/{flaw}
[[nodiscard]] Result<http::Response> read_flaw(Call& call);

}  // namespace tenantry::web
