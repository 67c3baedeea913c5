// Officers: who has nothing to look after yet, and who joins and leaves.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /desk/officers; the query's "show" is "all" for those who have something, too
[[nodiscard]] Result<http::Response> read_officers(Call& call);
/// GET and POST /desk/officers/new
[[nodiscard]] Result<http::Response> read_new_officer(Call& call);
[[nodiscard]] Result<http::Response> post_new_officer(Call& call);
/// GET and POST /desk/officers/{officer}/disable
[[nodiscard]] Result<http::Response> read_disable_officer(Call& call);
[[nodiscard]] Result<http::Response> post_disable_officer(Call& call);

}  // namespace tenantry::web
