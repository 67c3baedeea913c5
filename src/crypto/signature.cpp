#include "crypto/signature.hpp"

#include "crypto/sodium.hpp"

namespace tenantry::crypto {

static_assert(std::tuple_size_v<PublicKey> == crypto_sign_PUBLICKEYBYTES);
static_assert(std::tuple_size_v<Signature> == crypto_sign_BYTES);
static_assert(std::tuple_size_v<Hash> == crypto_sign_SEEDBYTES);

struct Signer::Secret {
    SecretBytes key = SecretBytes(crypto_sign_SECRETKEYBYTES);
};

Signer::Signer(const KeyRing& keys, KeyPurpose purpose, std::string_view domain)
    : secret_(std::make_unique<Secret>()) {
    start_sodium();
    const Wiped<Hash> seed{keys.keyed_hash(purpose, domain, {})};
    VERIFY(crypto_sign_seed_keypair(public_key_.data(), secret_->key.data(), seed.value.data()) == 0);
}
Signer::Signer(Signer&&) noexcept = default;
Signer& Signer::operator=(Signer&&) noexcept = default;
Signer::~Signer() = default;

Signature Signer::sign(std::string_view text) const {
    Signature signature{};
    const ByteView bytes = bytes_of(text);
    VERIFY(crypto_sign_detached(signature.data(), nullptr, bytes.data(), bytes.size(), secret_->key.data()) ==
           0);
    return signature;
}

bool is_signed(const PublicKey& key, std::string_view text, const Signature& signature) {
    start_sodium();
    const ByteView bytes = bytes_of(text);
    return crypto_sign_verify_detached(signature.data(), bytes.data(), bytes.size(), key.data()) == 0;
}

}  // namespace tenantry::crypto
