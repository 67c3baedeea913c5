// Keyed BLAKE2b over length-prefixed parts. Its state holds the key, so it is wiped when its scope ends.
// One thread at a time.
#pragma once

#include <array>
#include <cstdint>

#include "base/bytes.hpp"
#include "crypto/sodium.hpp"

namespace tenantry::crypto {

template <class Integer>
[[nodiscard]] constexpr std::array<unsigned char, sizeof(Integer)> little_endian(Integer value) {
    std::array<unsigned char, sizeof(Integer)> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(value) >> (8 * i));
    }
    return bytes;
}

class KeyedHash {
  public:
    KeyedHash(ByteView key, std::size_t length) {
        crypto_generichash_init(&state_.value, key.data(), key.size(), length);
    }
    /// Goes on from a state that was keyed before.
    explicit KeyedHash(const crypto_generichash_state& keyed) : state_{keyed} {}

    /// Bytes whose length every hash of this kind shares.
    KeyedHash& fixed(ByteView bytes) {
        crypto_generichash_update(&state_.value, bytes.data(), bytes.size());
        return *this;
    }
    /// Bytes of any length, after their length: no two lists of parts are hashed as the same bytes.
    KeyedHash& part(ByteView bytes) { return fixed(little_endian(std::uint64_t{bytes.size()})).fixed(bytes); }
    [[nodiscard]] const crypto_generichash_state& state() const { return state_.value; }
    /// The hash, of the length that it was begun with.
    template <std::size_t Length>
    [[nodiscard]] std::array<unsigned char, Length> finish() {
        std::array<unsigned char, Length> hash;
        crypto_generichash_final(&state_.value, hash.data(), Length);
        return hash;
    }

  private:
    Wiped<crypto_generichash_state> state_;
};

}  // namespace tenantry::crypto
