// Erasure at a person's request: what would go and what must stay, and why, before anything is done.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /records/erasure
[[nodiscard]] Result<http::Response> read_erasure(Call& call);
/// POST /records/erasure: asks once more, then erases
[[nodiscard]] Result<http::Response> post_erasure(Call& call);

}  // namespace tenantry::web
