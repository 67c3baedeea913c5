// Responses as bytes.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace tenantry::http {

/// "Date: Sun, 06 Nov 1994 08:49:37 GMT" with its CR LF.
[[nodiscard]] std::string date_line(std::time_t at);

struct Framing {
    bool without_body;  ///< the answer to HEAD: the length is told, the body stays here
    bool close;
};
/// Appends the whole response. A status outside 200 to 599 is a bug.
void append_response(std::string& out, const Response& response, Framing framing, std::string_view date);

}  // namespace tenantry::http
