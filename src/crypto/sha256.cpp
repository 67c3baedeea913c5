#include "crypto/sha256.hpp"

#include <sodium.h>

namespace tenantry::crypto {

Hash sha256(ByteView bytes) {
    Hash hash;
    crypto_hash_sha256(hash.data(), bytes.data(), bytes.size());
    return hash;
}

}  // namespace tenantry::crypto
