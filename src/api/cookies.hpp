// The two cookies of a browser session, and the client that it is opened for.
#pragma once

#include <string>

#include "api/route.hpp"
#include "api/services.hpp"

namespace tenantry::api {

inline constexpr std::string_view kRememberCookie = "remember_token";

/// What a session remembers of whoever sent the request.
[[nodiscard]] access::Client client_of(const http::Request& request);

/// Adds Set-Cookie lines for a new session (and Remember Me token, where there is one) to the call's answer.
void set_session_cookies(Call& call, const access::NewSession& session, const access::NewSession* remember);
/// Adds Set-Cookie lines that make the browser forget both.
void clear_session_cookies(Call& call);

}  // namespace tenantry::api
