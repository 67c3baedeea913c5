// CSRF tokens: a keyed hash over the session, random bytes and the expiry, so issuing one writes nothing.
// Spending one inserts it in the transaction of the write that it allows, so it works exactly once however
// many requests carry it.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "access/session.hpp"

namespace tenantry::access {

enum class CsrfMode : std::uint8_t {
    SingleUse,  ///< the default
    Session,    ///< reusable until it expires: one of PropOps' pages allows it (contract section 9, item 6)
};

inline constexpr std::chrono::hours kCsrfLifetime{2};

/// What a write without a good token is told.
inline constexpr Error kCsrfRefused{Code::Forbidden, "Invalid or expired CSRF token"};

/// A token for the caller's session: 75 characters of base64url. Lives kCsrfLifetime, at most as long as the
/// session.
[[nodiscard]] std::string issue_csrf_token(const crypto::KeyRing& keys, const Caller& caller, Instant now);

/// Spends the token in this transaction. Forbidden: not one of this session's, expired, or spent.
[[nodiscard]] Result<void> spend_csrf_token(db::Transaction& tx, const crypto::KeyRing& keys,
                                            const Caller& caller, std::string_view token, CsrfMode mode,
                                            Instant now);

/// Says that a token will be spent for the session of this hash (db::Transaction::expect). One of another
/// session is not sent.
[[nodiscard]] Result<void> expect_csrf_token(db::Transaction& tx, const crypto::KeyRing& keys,
                                             const Hash& session, std::string_view token);

}  // namespace tenantry::access
