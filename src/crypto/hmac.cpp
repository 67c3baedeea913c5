#include "crypto/hmac.hpp"

#include "crypto/sodium.hpp"

namespace tenantry::crypto {

Hash hmac_sha256(std::string_view key, std::string_view text) {
    Wiped<crypto_auth_hmacsha256_state> state{};
    const auto key_bytes = bytes_of(key);
    const auto text_bytes = bytes_of(text);
    crypto_auth_hmacsha256_init(&state.value, key_bytes.data(), key_bytes.size());
    crypto_auth_hmacsha256_update(&state.value, text_bytes.data(), text_bytes.size());
    Hash hash;
    crypto_auth_hmacsha256_final(&state.value, hash.data());
    return hash;
}

bool equal_in_constant_time(ByteView a, ByteView b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tenantry::crypto
