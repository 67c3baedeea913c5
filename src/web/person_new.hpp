// A new person: entered, looked at beside those who may be the same, and stored.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /people/new
[[nodiscard]] Result<http::Response> read_new_person(Call& call);
/// POST /people/new/check: writes nothing
[[nodiscard]] Result<http::Response> check_new_person(Call& call);
/// POST /people/new
[[nodiscard]] Result<http::Response> post_new_person(Call& call);

}  // namespace tenantry::web
