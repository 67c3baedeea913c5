// Accounts as an administrator deals with them.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET and POST /administration/accounts: all of them, or those that a search finds
[[nodiscard]] Result<http::Response> read_accounts(Call& call);
/// GET /administration/accounts/{account}
[[nodiscard]] Result<http::Response> read_one_account(Call& call);

// account_changes.cpp
/// GET and POST /administration/accounts/new
[[nodiscard]] Result<http::Response> read_new_account(Call& call);
[[nodiscard]] Result<http::Response> post_new_account(Call& call);
/// GET and POST /administration/accounts/{account}/edit
[[nodiscard]] Result<http::Response> read_account_edit(Call& call);
[[nodiscard]] Result<http::Response> post_account_edit(Call& call);
/// GET and POST /administration/accounts/{account}/status: disables who is active, enables who is not
[[nodiscard]] Result<http::Response> read_account_status(Call& call);
[[nodiscard]] Result<http::Response> post_account_status(Call& call);
/// POST /administration/accounts/{account}/log-out: ends all its sessions
[[nodiscard]] Result<http::Response> post_account_log_out(Call& call);
/// POST /administration/accounts/{account}/sessions/{session}/end
[[nodiscard]] Result<http::Response> end_account_session(Call& call);

}  // namespace tenantry::web
