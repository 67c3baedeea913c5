#include "http/forwarded.hpp"

#include <arpa/inet.h>

#include <array>

#include "base/ascii.hpp"

namespace tenantry::http {

namespace {

/// The last element of the last header of that name.
std::string_view last_entry(const Request& request, std::string_view name) {
    std::string_view last;
    for (const auto& header : request.headers) {
        if (same_text(header.name, name)) {
            last = header.value;
        }
    }
    const auto comma = last.rfind(',');
    return trim_blanks(comma == std::string_view::npos ? last : last.substr(comma + 1));
}

}  // namespace

std::optional<std::string> canonical_address(std::string_view text) {
    if (text.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    const std::string terminated{text};
    std::array<char, INET6_ADDRSTRLEN> written{};
    in_addr v4{};
    if (inet_pton(AF_INET, terminated.c_str(), &v4) == 1) {
        return inet_ntop(AF_INET, &v4, written.data(), written.size());
    }
    in6_addr v6{};
    if (inet_pton(AF_INET6, terminated.c_str(), &v6) != 1) {
        return std::nullopt;
    }
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
        return inet_ntop(AF_INET, &v6.s6_addr[12], written.data(), written.size());
    }
    return inet_ntop(AF_INET6, &v6, written.data(), written.size());
}

void believe_proxy(Request& request) {
    if (auto address = canonical_address(last_entry(request, "x-forwarded-for"))) {
        request.client_address = std::move(*address);
    }
    if (const auto scheme = last_entry(request, "x-forwarded-proto"); !scheme.empty()) {
        request.secure = same_text(scheme, "https");
    }
}

bool is_passed_on_here(const Request& request, std::string_view peer_address) {
    return is_loopback(peer_address) && (request.header("x-forwarded-for") || request.header("forwarded"));
}

bool is_loopback(std::string_view address) {
    return address == "::1" || address.starts_with("127.");
}

}  // namespace tenantry::http
