// A request as it arrived and the answer to it. No housing words here.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace tenantry::http {

/// One header line's name and value, as received.
struct Header {
    std::string name;
    std::string value;
};

/// A request that passed the gate: one Host, one body length, a method and target of legal characters, all
/// bounds kept.
struct Request {
    std::string method;  ///< "GET", as sent (methods are case-sensitive)
    std::string path;    ///< before the '?', not percent-decoded, begins with '/'
    std::string query;   ///< after the '?', raw; never log it
    std::string body;
    std::vector<Header> headers;
    std::string client_address;  ///< numeric; of the trusted proxy's X-Forwarded-For where one is configured
    bool secure = false;         ///< came over TLS, or the trusted proxy says so
    /// Something on this machine passed it on that is not a trusted proxy: nobody knows whose it is.
    bool through_unknown_proxy = false;
    std::chrono::steady_clock::time_point received;

    /// The value of the first header of that name, any case.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
    /// How many headers have that name, any case.
    [[nodiscard]] std::size_t header_count(std::string_view name) const;
    /// The value of that cookie; nothing where absent or sent twice.
    [[nodiscard]] std::optional<std::string_view> cookie(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::string headers;  ///< complete lines, each ended by CR LF; use add_header
    std::string body;

    /// Appends a line. A CR, LF or NUL in the value is a bug.
    void add_header(std::string_view name, std::string_view value);
};

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Names and values of a query string or an application/x-www-form-urlencoded body, in order, decoded. Empty
/// pieces (as in
/// "?&a=1") are skipped. Invalid: a bad percent escape, or more than 200 fields.
[[nodiscard]] Result<Fields> parse_form(std::string_view text);
/// Percent-decodes a path segment ('+' stays). Invalid: a bad escape.
[[nodiscard]] Result<std::string> percent_decode(std::string_view text);

}  // namespace tenantry::http
