#include "api/cookies.hpp"

#include <fmt/format.h>

namespace tenantry::api {

namespace {

/// HttpOnly and SameSite=Lax always; Secure unless the request came in the clear, which only loopback may.
void add_cookie(Call& call, std::string_view name, std::string_view value, std::int64_t max_age_seconds) {
    fmt::format_to(std::back_inserter(call.headers),
                   "Set-Cookie: {}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}\r\n", name, value,
                   max_age_seconds, call.request.secure ? "; Secure" : "");
}

std::int64_t seconds_left(const access::NewSession& session, Instant now) {
    return std::chrono::duration_cast<std::chrono::seconds>(session.expires_at - now).count();
}

}  // namespace

access::Client client_of(const http::Request& request) {
    return {request.client_address, std::string{request.header("user-agent").value_or("")}};
}

void set_session_cookies(Call& call, const access::NewSession& session, const access::NewSession* remember) {
    const Instant now = call.work.now();
    add_cookie(call, call.services.settings.session_cookie, session.token, seconds_left(session, now));
    if (remember != nullptr) {
        add_cookie(call, kRememberCookie, remember->token, seconds_left(*remember, now));
    }
}

void clear_session_cookies(Call& call) {
    add_cookie(call, call.services.settings.session_cookie, "", 0);
    add_cookie(call, kRememberCookie, "", 0);
}

}  // namespace tenantry::api
