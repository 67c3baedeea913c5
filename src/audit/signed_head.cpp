#include "audit/signed_head.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tenantry::audit {

std::string SignedHead::signed_text() const {
    return fmt::format("tenantry audit head 1\n{}\n{}\n{}\n{}\n", install.text(), head.event,
                       hex_encode(head.hash), at);
}

crypto::Signer head_signer(const crypto::KeyRing& keys) {
    return {keys, crypto::KeyPurpose::Audit, "signing seed of heads"};
}

SignedHead sign_head(const crypto::Signer& signer, const Uuid& install, const Head& head, Instant now) {
    SignedHead made{install, head, format_instant(now), {}};
    made.signature = signer.sign(made.signed_text());
    return made;
}

Result<HeadCheck> check_head(db::Transaction& tx, const crypto::PublicKey& key, const Uuid& install,
                             const SignedHead& signed_head) {
    if (!crypto::is_signed(key, signed_head.signed_text(), signed_head.signature)) {
        return HeadCheck::Unsigned;
    }
    if (signed_head.install != install) {
        return HeadCheck::Stranger;
    }
    const auto hash = find_hash(tx, signed_head.head.event);
    if (!hash.ok()) {
        return hash.error().code == Code::NotFound ? Result<HeadCheck>{HeadCheck::Missing} : hash.error();
    }
    return std::ranges::equal(*hash, signed_head.head.hash) ? HeadCheck::Holds : HeadCheck::Different;
}

}  // namespace tenantry::audit
