// Roles and what each may do.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /administration/roles: every permission by role
[[nodiscard]] Result<http::Response> read_roles(Call& call);
/// GET /administration/roles/{role}: what it may do, to be changed
[[nodiscard]] Result<http::Response> read_role(Call& call);
/// POST /administration/roles/{role}: shows what would change; with "confirmed", changes it
[[nodiscard]] Result<http::Response> post_role(Call& call);

}  // namespace tenantry::web
