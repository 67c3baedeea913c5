// HMAC-SHA256 (RFC 2104), for tokens that other systems sign and check with a secret shared with them.
// Thread-safe.
#pragma once

#include <string_view>

#include "base/bytes.hpp"

namespace tenantry::crypto {

[[nodiscard]] Hash hmac_sha256(std::string_view key, std::string_view text);
/// Whether the two are equal, in a time that does not tell where they differ.
[[nodiscard]] bool equal_in_constant_time(ByteView a, ByteView b);

}  // namespace tenantry::crypto
