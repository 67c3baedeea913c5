// What a person does with their own account: see and end their sessions, change their password.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /account
[[nodiscard]] Result<http::Response> read_account(Call& call);
/// POST /account/sessions/{session}/end
[[nodiscard]] Result<http::Response> end_own_session(Call& call);
/// GET and POST /account/password
[[nodiscard]] Result<http::Response> read_password(Call& call);
[[nodiscard]] Result<http::Response> post_password(Call& call);

}  // namespace tenantry::web
