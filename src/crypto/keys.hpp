// What a KeyRing holds. Only .cpp files of this room include it. Constant after KeyRing::open.
#pragma once

#include <array>
#include <vector>

#include "crypto/key_ring.hpp"
#include "crypto/sodium.hpp"

namespace tenantry::crypto {

inline constexpr std::size_t kHashBytes = std::tuple_size_v<Hash>;
inline constexpr std::size_t kCommitmentBytes = 16;
/// A field's box key and its commitment come from one hash.
inline constexpr std::size_t kFieldKeyBytes = crypto_secretbox_KEYBYTES + kCommitmentBytes;

/// A data key as it is used: BLAKE2b states, keyed and fed with the install id, to be copied for each use.
struct DataKey {
    crypto_generichash_state field;  ///< for kFieldKeyBytes
    crypto_generichash_state hash;   ///< for kHashBytes: row seals and keyed hashes
    std::uint32_t id = 0;
};

struct KeyRing::Keys {
    std::vector<DataKey, LockedAllocator<DataKey>> all;
    std::array<const DataKey*, 6> active{};  ///< by purpose

    [[nodiscard]] const DataKey& active_key(KeyPurpose purpose) const {
        return *active[static_cast<std::size_t>(purpose)];
    }
    /// The key of an id as it is stored (4 bytes, little endian); null where there is none.
    [[nodiscard]] const DataKey* find(ByteView id) const;
};

}  // namespace tenantry::crypto
