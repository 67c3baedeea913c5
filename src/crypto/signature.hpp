// Ed25519 signatures: anybody who has the public key can check what only the holder of a key ring can sign.
#pragma once

#include <array>
#include <memory>
#include <string_view>

#include "base/bytes.hpp"
#include "crypto/key_ring.hpp"

namespace tenantry::crypto {

using PublicKey = std::array<unsigned char, 32>;
using Signature = std::array<unsigned char, 64>;

/// Signs with a key that is derived from one of the ring's keys, so there is none to keep besides.
/// Thread-safe.
class Signer {
  public:
    /// A domain of its own for everything that is signed: another domain is another key.
    Signer(const KeyRing& keys, KeyPurpose purpose, std::string_view domain);
    Signer(Signer&&) noexcept;
    Signer& operator=(Signer&&) noexcept;
    ~Signer();

    [[nodiscard]] const PublicKey& public_key() const { return public_key_; }
    [[nodiscard]] Signature sign(std::string_view text) const;

  private:
    struct Secret;
    std::unique_ptr<Secret> secret_;
    PublicKey public_key_{};
};

/// Whether the holder of the key signed exactly this text.
[[nodiscard]] bool is_signed(const PublicKey& key, std::string_view text, const Signature& signature);

}  // namespace tenantry::crypto
