// Who sent a request, where a proxy in front says so. Only the entry that the proxy itself added is believed:
// the last one; what stands before came from the client.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.hpp"

namespace tenantry::http {

/// The one way to write a numeric address; an IPv4 address in IPv6 clothes becomes IPv4. Nothing for any
/// other text.
[[nodiscard]] std::optional<std::string> canonical_address(std::string_view text);

/// Sets client_address and secure from X-Forwarded-For and X-Forwarded-Proto, where they are present and make
/// sense.
void believe_proxy(Request& request);
/// Whether a peer on this machine says that the request is another's: a proxy that nobody has named.
[[nodiscard]] bool is_passed_on_here(const Request& request, std::string_view peer_address);
/// Whether a numeric address is this machine's own.
[[nodiscard]] bool is_loopback(std::string_view address);

}  // namespace tenantry::http
