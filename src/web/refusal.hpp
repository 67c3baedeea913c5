// How the pages say no. What was written and could not be stored is kept on the page that says so: after an
// ended session, a page that was open too long, or a server that was busy, one button sends it again.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// With what is known of the call.
[[nodiscard]] http::Response refuse_call(Call& call, const Error& error);
/// Where nothing is.
[[nodiscard]] http::Response refuse(const Error& error);
[[nodiscard]] http::Response refuse_status(int status);

/// A field as it was sent.
struct Kept {
    std::string name;
    std::string value;
};
/// What a form sent, without secrets; nothing where another site sent it. With a prefix: the fields that
/// begin so, without it.
[[nodiscard]] std::vector<Kept> kept_fields(const Call& call, std::string_view prefix = {});

/// The page that sends what is kept to where it was going, after a person has looked at it.
[[nodiscard]] Page page_to_send_again(std::string heading, const std::string& text, const std::string& path,
                                      const std::vector<Kept>& kept);

/// The path, if it is one of ours, to be gone to after logging in; else "/".
[[nodiscard]] std::string safe_path(std::string_view path);

}  // namespace tenantry::web
