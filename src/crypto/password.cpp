#include "crypto/password.hpp"

#include <algorithm>
#include <array>

#include "crypto/sodium.hpp"

namespace tenantry::crypto {

namespace {

/// Zero-terminated, as libsodium reads it; all zeros for what cannot be an encoded hash.
using EncodedHash = std::array<char, crypto_pwhash_argon2id_STRBYTES>;

EncodedHash encoded_hash(std::string_view encoded) {
    EncodedHash terminated{};
    if (encoded.size() < terminated.size() && encoded.find('\0') == std::string_view::npos) {
        std::ranges::copy(encoded, terminated.begin());
    }
    return terminated;
}

/// libsodium takes no null, which is where an empty view may point.
const char* data_of(std::string_view password) {
    return password.empty() ? "" : password.data();
}

}  // namespace

Result<std::string> hash_password(std::string_view password, PasswordCost cost) {
    start_sodium();
    EncodedHash encoded{};
    if (crypto_pwhash_argon2id_str(encoded.data(), data_of(password), password.size(), cost.passes,
                                   cost.memory_bytes) != 0) {
        return Error{Code::Internal, "there is no memory for a password hash"};
    }
    return std::string(encoded.data());
}

bool verify_password(std::string_view encoded, std::string_view password) {
    start_sodium();
    return crypto_pwhash_argon2id_str_verify(encoded_hash(encoded).data(), data_of(password),
                                             password.size()) == 0;
}

bool needs_rehash(std::string_view encoded, PasswordCost cost) {
    start_sodium();
    return crypto_pwhash_argon2id_str_needs_rehash(encoded_hash(encoded).data(), cost.passes,
                                                   cost.memory_bytes) != 0;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tenantry::crypto
