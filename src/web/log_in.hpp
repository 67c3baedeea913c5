// Logging in and out.
#pragma once

#include "web/refusal.hpp"

namespace tenantry::web {

/// Where a person was going when they were asked to log in, and what they had written.
struct Interrupted {
    std::string path = {};
    std::vector<Kept> kept = {};
    bool session_ended = false;
};
/// The page that asks to log in; what was interrupted goes with it and comes back.
[[nodiscard]] http::Response show_log_in(const Interrupted& interrupted);

/// GET and POST /log-in
[[nodiscard]] Result<http::Response> read_log_in(Call& call);
[[nodiscard]] Result<http::Response> post_log_in(Call& call);
/// POST /log-out
[[nodiscard]] Result<http::Response> post_log_out(Call& call);

}  // namespace tenantry::web
