// Signed tokens of the Hackney API: JWT (RFC 7519) under HS256 with a secret that the organisation's other
// systems share. A token with a "role" claim may do what that role may; one without acts as "service". A
// "sub" that is the username of an account says whose deed it was, and a disabled account's tokens are
// refused. A token with a "meetingId" claim is a meeting's own: it holds no permission at all, whatever else
// it claims.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "access/session.hpp"
#include "json/value.hpp"

namespace tenantry::access {

inline constexpr Error kTokenRefused{Code::Unauthenticated, "The token is invalid or expired"};
/// How far the clocks of two systems may differ: what .NET's validation allows.
inline constexpr std::chrono::minutes kClockSkew{5};

/// Whether the text has the three parts of a signed token; a session's token has one.
[[nodiscard]] bool is_signed_token(std::string_view token);

/// The claims, a JSON object, signed.
[[nodiscard]] std::string sign_token(std::string_view secret, std::string_view claims);

/// The claims of a token whose signature holds and whose time is now: "exp" is required, "nbf" counts where
/// it is there. Unauthenticated otherwise.
[[nodiscard]] Result<json::Value> verify_token(std::string_view secret, std::string_view token, Instant now);

/// Whom a token stands for.
struct TokenHolder {
    Caller caller;  ///< permitted for nothing yet; its level and role are the role's
    std::vector<Permission> permissions;
    json::Value claims;

    [[nodiscard]] Caller caller_for(Needs needs) const;
};

/// Unauthenticated: the token does not hold, or its account is disabled. A role that does not exist may do
/// nothing.
[[nodiscard]] Result<TokenHolder> authenticate_token(db::Transaction& tx, const crypto::KeyRing& keys,
                                                     std::string_view secret, std::string_view token,
                                                     Instant now);

/// Answers as authenticate_token() does, from memory while nothing was committed since (see SessionCache).
/// One thread.
class TokenCache {
  public:
    [[nodiscard]] Result<TokenHolder> authenticate(db::Reader& reader, const crypto::KeyRing& keys,
                                                   std::string_view secret, std::string_view token,
                                                   Instant now);

  private:
    static constexpr std::size_t kMost = 200;

    std::int64_t data_version_ = -1;
    std::unordered_map<std::string, TokenHolder> found_;
};

}  // namespace tenantry::access
