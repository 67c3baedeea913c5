// The search box on every page. What was typed is sent in a body, so that it stands in no address, history or
// log.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /search: what it finds.
[[nodiscard]] Result<http::Response> read_search(Call& call);
/// POST /search: what it found. With part=1, as the script asks while somebody types, the results alone.
[[nodiscard]] Result<http::Response> post_search(Call& call);

}  // namespace tenantry::web
