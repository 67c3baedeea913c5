// The two cookies of a browser session.
#pragma once

#include <string>

#include "api/route.hpp"
#include "api/services.hpp"

namespace tenantry::api {

inline constexpr std::string_view kRememberCookie = "remember_token";

/// Adds Set-Cookie lines for a new session (and Remember Me token, where there is one) to the call's answer.
void set_session_cookies(Call& call, const access::NewSession& session, const access::NewSession* remember);
/// Adds Set-Cookie lines that make the browser forget both.
void clear_session_cookies(Call& call);

}  // namespace tenantry::api
