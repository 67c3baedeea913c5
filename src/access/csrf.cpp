#include "access/csrf.hpp"

#include <algorithm>

#include "access/sql.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"

namespace tenantry::access {

namespace {

constexpr std::size_t kNonceBytes = 16;
constexpr std::size_t kExpiryBytes = 8;
constexpr std::size_t kTokenBytes = kNonceBytes + kExpiryBytes + 32;

Hash authenticator(const crypto::KeyRing& keys, const Caller& caller, ByteView nonce_and_expiry) {
    return keys.keyed_hash(crypto::KeyPurpose::Csrf, "csrf", {caller.token_hash, nonce_and_expiry});
}

}  // namespace

std::string issue_csrf_token(const crypto::KeyRing& keys, const Caller& caller, Instant now) {
    const auto expiry =
        static_cast<std::uint64_t>(to_millis(std::min<Instant>(now + kCsrfLifetime, caller.expires_at)));
    Bytes token(kNonceBytes);
    crypto::fill_random(token);
    for (unsigned shift = 0; shift < 64; shift += 8) {
        token.push_back(static_cast<unsigned char>(expiry >> shift & 0xffU));
    }
    const Hash proof = authenticator(keys, caller, token);
    token.insert(token.end(), proof.begin(), proof.end());
    return base64url_encode(token);
}

Result<void> spend_csrf_token(db::Transaction& tx, const crypto::KeyRing& keys, const Caller& caller,
                              std::string_view text, CsrfMode mode, Instant now) {
    const auto token = base64url_decode(text.substr(0, 2 * kTokenBytes));
    if (!token || token->size() != kTokenBytes) {
        return kCsrfRefused;
    }
    const ByteView signed_part = ByteView{*token}.first(kNonceBytes + kExpiryBytes);
    const Hash proof = authenticator(keys, caller, signed_part);
    if (!crypto::equal_constant_time(text_of(proof), text_of(ByteView{*token}.last(proof.size())))) {
        return kCsrfRefused;
    }
    std::uint64_t expiry = 0;
    for (std::size_t i = 0; i < kExpiryBytes; ++i) {
        expiry |= static_cast<std::uint64_t>((*token)[kNonceBytes + i]) << (8 * i);
    }
    const Instant expires_at = from_millis(static_cast<std::int64_t>(expiry));
    if (now >= expires_at) {
        return kCsrfRefused;
    }
    if (mode == CsrfMode::Session) {
        return {};
    }
    const auto spent = tx.execute(sql::csrf::spend, signed_part.first(kNonceBytes), expires_at);
    if (!spent.ok()) {
        return spent.error().code == Code::Conflict ? kCsrfRefused : spent.error();
    }
    return {};
}

}  // namespace tenantry::access
