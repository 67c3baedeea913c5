// The root key's file and what it wraps. Thread-safe.
// A wrapped key is nonce(24) | XSalsa20-Poly1305 box of the key, under a hash of id and purpose keyed with
// the root key: under another id or for another purpose it does not unwrap.
#pragma once

#include <filesystem>

#include "crypto/key_ring.hpp"
#include "crypto/sodium.hpp"

namespace tenantry::crypto {

inline constexpr std::size_t kKeyBytes = 32;

/// Writes a new root key into root.key (0600) of the folder, which becomes 0700. Conflict where there is one.
[[nodiscard]] Result<SecretBytes> make_root_key(const std::filesystem::path& keys_folder);
/// NotFound: no such file. Forbidden: others can read or write it. Corrupt: it is not a key.
[[nodiscard]] Result<SecretBytes> read_root_key(const std::filesystem::path& keys_folder);

/// A new random key, wrapped.
[[nodiscard]] WrappedKey make_data_key(const SecretBytes& root, std::uint32_t id, KeyPurpose purpose,
                                       KeyState state);
/// Corrupt: not wrapped by this root key for this id and purpose.
[[nodiscard]] Result<SecretBytes> unwrap(const SecretBytes& root, const WrappedKey& key);

}  // namespace tenantry::crypto
