#include "crypto/sha256.hpp"

#include <sodium.h>

namespace tenantry::crypto {

Hash sha256(ByteView bytes) {
    Hash hash;
    crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
    return hash;
}

struct Sha256::State {
    crypto_hash_sha256_state sum;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
    crypto_hash_sha256_init(&state_->sum);
}

Sha256::~Sha256() = default;

void Sha256::add(ByteView bytes) {
    crypto_hash_sha256_update(&state_->sum, bytes.data(), bytes.size());
}

Hash Sha256::finish() {
    Hash hash;
    crypto_hash_sha256_final(&state_->sum, hash.data());
    return hash;
}

}  // namespace tenantry::crypto
