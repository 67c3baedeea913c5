// Randomness from the operating system, through libsodium. Thread-safe.
#pragma once

#include <span>

#include "base/ids.hpp"

namespace tenantry::crypto {

/// Fills the span with random bytes; small draws come from a per-thread buffer, wiped as it is used.
void fill_random(std::span<unsigned char> out);
/// A version 4 uuid.
[[nodiscard]] Uuid new_uuid();
/// 256 bits for a token, a session id or a key.
[[nodiscard]] Hash random_hash();

}  // namespace tenantry::crypto
