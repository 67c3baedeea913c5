#include "api/answer_headers.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace tenantry::api {

namespace {

constexpr std::string_view kSecurityHeaders =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";
/// On every answer but those that bring a policy of their own: pages and their files.
constexpr std::string_view kDataHeaders =
    "Content-Security-Policy: default-src 'none'; base-uri 'none'; frame-ancestors 'none'\r\n"
    "Cache-Control: no-store\r\n";

double millis(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

bool brings(const http::Response& response, std::string_view name) {
    return response.headers.find(name) != std::string::npos;
}

}  // namespace

void add_headers(http::Response& response, const Told& told, std::string_view of_call,
                 std::string_view of_api) {
    const Allowance& allowance = told.allowance;
    std::string headers;
    headers.reserve(kSecurityHeaders.size() + kDataHeaders.size() + response.headers.size() + of_call.size() +
                    of_api.size() + 256);
    headers += kSecurityHeaders;
    headers += brings(response, "Content-Security-Policy:") ? std::string_view{} : kDataHeaders;
    headers += response.headers;
    headers += of_call;
    headers += of_api;
    fmt::format_to(
        std::back_inserter(headers),
        FMT_COMPILE("X-RateLimit-Limit: {}\r\nX-RateLimit-Remaining: {}\r\nX-RateLimit-Reset: {}\r\n"
                    "X-Response-Time-ms: {:.3f}\r\nX-DB-Query-Time-ms: {:.3f}\r\nX-Request-Id: {}\r\n"),
        allowance.limit, allowance.remaining, allowance.resets_at, millis(told.took),
        millis(told.in_database), told.request.text());
    if (response.status == 429 && !brings(response, "Retry-After")) {
        const auto now = std::chrono::floor<std::chrono::seconds>(told.now).time_since_epoch().count();
        fmt::format_to(std::back_inserter(headers), "Retry-After: {}\r\n",
                       std::max<std::int64_t>(allowance.resets_at - now, 1));
    }
    if (response.status == 503) {
        headers += "Retry-After: 1\r\n";
    }
    response.headers = std::move(headers);
}

}  // namespace tenantry::api
