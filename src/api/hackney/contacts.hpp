// What the handlers of contacts, alerts and the citizen index search share (contract 4.4, 4.5).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "api/hackney/input.hpp"
#include "api/hackney/reply.hpp"
#include "api/route.hpp"
#include "register/resident.hpp"

namespace tenantry::api::hackney {

[[nodiscard]] Result<http::Response> list_alerts(Call& call);
[[nodiscard]] Result<http::Response> create_alerts(Call& call);
[[nodiscard]] Result<http::Response> remove_alerts(Call& call);
[[nodiscard]] Result<http::Response> search_citizens(Call& call);

/// The UPRN of a text of 1 to 12 digits; nothing for any other.
[[nodiscard]] std::optional<std::int64_t> parse_uprn(std::string_view text);

/// What is said where the misspelt parameter "urpn" is missing.
inline constexpr Message kNoUprn{"Please a valid URPN", "Pleasea valid URPN"};

/// Three lines of an address under these keys.
void write_lines(json::Writer& w, const housing::Address& address, const std::array<Literal, 3>& keys);

}  // namespace tenantry::api::hackney
