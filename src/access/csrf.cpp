#include "access/csrf.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "access/sql.hpp"
#include "crypto/password.hpp"
#include "crypto/random.hpp"

namespace tenantry::access {

namespace {

constexpr std::size_t kNonceBytes = 16;
constexpr std::size_t kExpiryBytes = 8;
constexpr std::size_t kTokenBytes = kNonceBytes + kExpiryBytes + 32;

Hash authenticator(const crypto::KeyRing& keys, const Hash& session, ByteView nonce_and_expiry) {
    return keys.keyed_hash(crypto::KeyPurpose::Csrf, "csrf", {session, nonce_and_expiry});
}

struct Token {
    std::array<unsigned char, kNonceBytes> nonce;
    Instant expires_at;
};
/// Nothing unless it was issued for this session.
std::optional<Token> read_token(const crypto::KeyRing& keys, const Hash& session, std::string_view text) {
    const auto bytes = base64url_decode(text.substr(0, 2 * kTokenBytes));
    if (!bytes || bytes->size() != kTokenBytes) {
        return std::nullopt;
    }
    const ByteView signed_part = ByteView{*bytes}.first(kNonceBytes + kExpiryBytes);
    const Hash proof = authenticator(keys, session, signed_part);
    if (!crypto::equal_constant_time(text_of(proof), text_of(ByteView{*bytes}.last(proof.size())))) {
        return std::nullopt;
    }
    std::uint64_t expiry = 0;
    for (std::size_t i = 0; i < kExpiryBytes; ++i) {
        expiry |= static_cast<std::uint64_t>((*bytes)[kNonceBytes + i]) << (8 * i);
    }
    Token token{{}, from_millis(static_cast<std::int64_t>(expiry))};
    std::copy_n(bytes->begin(), kNonceBytes, token.nonce.begin());
    return token;
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
    const Hash proof = authenticator(keys, caller.token_hash, token);
    token.insert(token.end(), proof.begin(), proof.end());
    return base64url_encode(token);
}

Result<void> spend_csrf_token(db::Transaction& tx, const crypto::KeyRing& keys, const Caller& caller,
                              std::string_view text, CsrfMode mode, Instant now) {
    const auto token = read_token(keys, caller.token_hash, text);
    if (!token || now >= token->expires_at) {
        return kCsrfRefused;
    }
    if (mode == CsrfMode::Session) {
        return {};
    }
    int spent = 0;
    const auto found = tx.find(sql::csrf::find, std::tie(spent), token->expires_at, token->nonce);
    if (found.ok()) {
        return kCsrfRefused;
    }
    if (found.error().code != Code::NotFound) {
        return found;
    }
    return tx.send(sql::csrf::insert, token->expires_at, token->nonce);
}

Result<void> expect_csrf_token(db::Transaction& tx, const crypto::KeyRing& keys, const Hash& session,
                               std::string_view text) {
    const auto token = read_token(keys, session, text);
    return token ? tx.expect(sql::csrf::find, token->expires_at, token->nonce) : Result<void>{};
}

}  // namespace tenantry::access
