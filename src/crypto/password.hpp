// Passwords: Argon2id (RFC 9106) in libsodium's encoded form.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tenantry::crypto {

/// Work of one hash. The default takes about 0.1 s on one core; the floor is OWASP's (19 MiB, 2 passes).
struct PasswordCost {
    std::uint64_t memory_bytes = 64ULL << 20;
    std::uint64_t passes = 3;
};
inline constexpr PasswordCost kPasswordFloor{19ULL << 20, 2};

/// The encoded hash. Internal: no memory.
[[nodiscard]] Result<std::string> hash_password(std::string_view password, PasswordCost cost);
/// Whether the password is the one of the encoded hash. False for a malformed hash.
[[nodiscard]] bool verify_password(std::string_view encoded, std::string_view password);
/// Whether the encoded hash was made with another cost than this one.
[[nodiscard]] bool needs_rehash(std::string_view encoded, PasswordCost cost);
/// Equality in a time that depends on the lengths only.
[[nodiscard]] bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace tenantry::crypto
