// Requests that two readers could take for two things, and what each must be answered with before the
// connection closes. For tests: of the reader alone, and of the whole server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tenantry::http {

struct RefusedRequest {
    std::string bytes;
    int status;
};

/// A POST with these header lines beside Host, each ended by CR LF, and these bytes behind its head.
[[nodiscard]] inline std::string post(std::string_view headers, std::string_view body = "") {
    std::string bytes = "POST / HTTP/1.1\r\nHost: a\r\n";
    bytes += headers;
    bytes += "\r\n";
    return bytes.append(body);
}
[[nodiscard]] inline std::string chunked_post(std::string_view body) {
    return post("Transfer-Encoding: chunked\r\n", body);
}
/// A GET with these bytes where the header lines stand, the last one's CR LF included.
[[nodiscard]] inline std::string get(std::string_view headers) {
    return std::string{"GET / HTTP/1.1\r\n"}.append(headers) + "\r\n";
}
/// A GET of that target with nothing else strange.
[[nodiscard]] inline std::string get_target(std::string_view target) {
    return std::string{"GET "}.append(target) + " HTTP/1.1\r\nHost: a\r\n\r\n";
}

[[nodiscard]] std::vector<RefusedRequest> refused_requests();

}  // namespace tenantry::http
