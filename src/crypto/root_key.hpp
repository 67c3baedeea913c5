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
/// Writes a new root key into root.key.next beside the present one. Conflict where there is one already.
[[nodiscard]] Result<SecretBytes> make_next_root_key(const std::filesystem::path& keys_folder);
/// The root key; where there is a next one beside it, the one of the two that unwraps these keys, after which
/// the other is gone and this one is root.key. Both stay where neither does, or where there is no key to try
/// them on. Whether the root key unwraps the keys where there is but one is for the caller to find out.
/// NotFound: no such file. Forbidden: others can read or write it. Corrupt: it is not a key.
[[nodiscard]] Result<SecretBytes> fitting_root_key(const std::filesystem::path& keys_folder,
                                                   std::span<const WrappedKey> keys);

/// A new random key, wrapped.
[[nodiscard]] WrappedKey make_data_key(const SecretBytes& root, std::uint32_t id, KeyPurpose purpose,
                                       KeyState state);
/// A key, wrapped for the id and purpose of `whose`.
[[nodiscard]] Bytes wrap(const SecretBytes& root, const WrappedKey& whose, const SecretBytes& key);
/// Corrupt: not wrapped by this root key for this id and purpose.
[[nodiscard]] Result<SecretBytes> unwrap(const SecretBytes& root, const WrappedKey& key);

}  // namespace tenantry::crypto
