// Administration: accounts, roles and sessions, and what state the register's keys and search are in.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// A page of this part, with its own menu; `here` is the part of it that is open: its path.
[[nodiscard]] http::Response show_administration(Call& call, const Visitor& visitor, std::string_view here,
                                                 Page page);

/// GET /administration
[[nodiscard]] Result<http::Response> read_administration(Call& call);
/// GET /administration/sessions, POST /administration/sessions/{session}/end
[[nodiscard]] Result<http::Response> read_all_sessions(Call& call);
[[nodiscard]] Result<http::Response> end_any_session(Call& call);

}  // namespace tenantry::web
