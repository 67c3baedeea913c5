// Handlers of officers' accounts and of their log-in; their routes are with those of patches (patches.cpp).
#pragma once

#include "api/route.hpp"
#include "api/services.hpp"

namespace tenantry::api::hackney {

// officers.cpp
[[nodiscard]] Result<http::Response> create_officer_account(Call& call);
[[nodiscard]] Result<http::Response> disable_officer_account(Call& call);

// login.cpp
[[nodiscard]] Result<http::Response> log_in_by_query(Call& call);
[[nodiscard]] Result<http::Response> log_in_by_body(Call& call);

}  // namespace tenantry::api::hackney
