// Sessions: bearer tokens, browser sessions, Remember Me. A token is 256 random bits, given out once and kept
// as a keyed hash; who holds it is looked up on every request, so a change of status, role or permission
// counts at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "access/account.hpp"
#include "db/database.hpp"

namespace tenantry::access {

/// What a caller without a live session is told, and one whose permissions or level do not reach.
inline constexpr Error kNotSignedIn{Code::Unauthenticated, "Authentication required. Please log in."};
inline constexpr Error kNotPermitted{Code::Forbidden, "You do not have permission to perform this action"};

enum class SessionKind : std::uint8_t {
    Api = 1,       ///< POST /api/auth/login: one an account, a new log-in ends the earlier
    Browser = 2,   ///< session cookie: ends after idle time as well
    Mobile = 3,    ///< POST /api/security/mobile-auth
    Remember = 4,  ///< Remember Me cookie: opens browser sessions, is no credential by itself
};

[[nodiscard]] std::string_view name_of(SessionKind kind);

/// How long each kind lasts (contract section 9, item 15).
struct SessionTimes {
    std::chrono::hours api{24 * 90};
    std::chrono::minutes browser{120};
    std::chrono::minutes browser_idle{30};
    std::chrono::hours mobile{24 * 365};
    std::chrono::hours remember{24 * 30};
};

/// Who a request comes from.
struct Caller {
    std::int64_t session = 0;
    Uuid session_uuid;
    SessionKind kind = SessionKind::Api;
    Hash token_hash{};  ///< what the session's CSRF tokens are bound to
    Instant expires_at;
    bool touch_due = false;    ///< last_active_at is more than a minute old
    std::int64_t account = 0;  ///< 0: a signed token that names no account
    Uuid account_uuid;
    AccountType type = AccountType::Staff;
    std::int64_t role = 0;
    std::int64_t level = 0;
    std::optional<Instant> password_at = std::nullopt;  ///< when it was last entered in this session
    bool permitted = false;                             ///< holds one of the permissions asked for
    std::optional<Uuid> meeting = std::nullopt;  ///< of a token that opens this meeting and nothing else

    [[nodiscard]] std::optional<std::int64_t> account_if_any() const {
        return account != 0 ? std::optional{account} : std::nullopt;
    }
};

/// The permissions of which a route needs one; none: any signed-in caller.
struct Needs {
    std::optional<Permission> permission = std::nullopt;
    std::optional<Permission> or_permission = std::nullopt;
};

[[nodiscard]] Hash token_hash(const crypto::KeyRing& keys, std::string_view token);

/// The live session of a token. Unauthenticated: unknown, ended, expired or idle, or its account is not
/// active, or it is a Remember Me token. Caller::permitted answers the needs in the same statement.
[[nodiscard]] Result<Caller> authenticate(db::Transaction& tx, const crypto::KeyRing& keys,
                                          std::string_view token, Needs needs, Instant now,
                                          const SessionTimes& times);

/// Says that authenticate() will be asked for the holder of this token (db::Transaction::expect).
[[nodiscard]] Result<void> expect_session(db::Transaction& tx, const crypto::KeyRing& keys,
                                          std::string_view token, Needs needs);

/// What a session's row, its account's and its role's say of whoever holds its token.
struct FoundSession {
    Caller caller;
    Instant last_active;
    AccountStatus status = AccountStatus::Disabled;
};

/// Answers as authenticate() does, from memory while nothing was committed since: the database itself says so
/// (db::Reader::data_version), so a change of session, account, role or permission counts at once. One
/// thread.
class SessionCache {
  public:
    [[nodiscard]] Result<Caller> authenticate(db::Reader& reader, const crypto::KeyRing& keys,
                                              std::string_view token, Needs needs, Instant now,
                                              const SessionTimes& times);

  private:
    static constexpr std::size_t kMost = 1000;

    struct Key {
        Hash token;
        std::optional<Permission> permission;
        std::optional<Permission> or_permission;
        bool operator<(const Key& other) const {
            return std::tie(token, permission, or_permission) <
                   std::tie(other.token, other.permission, other.or_permission);
        }
    };

    std::int64_t data_version_ = -1;
    std::map<Key, FoundSession> found_;
};

struct NewSession {
    std::string token;  ///< 64 hexadecimal digits; the only copy
    Uuid uuid;
    Instant expires_at;
};

/// What a session remembers of the client, sealed.
struct Client {
    std::string address;
    std::string user_agent;
};

/// Opens a session. Of kind Api it ends the account's earlier ones of that kind. password_at: when the
/// password was entered for it; nothing where it was not.
[[nodiscard]] Result<NewSession> create_session(audit::Work& work, std::int64_t account, SessionKind kind,
                                                const Client& client, const SessionTimes& times,
                                                std::optional<Instant> password_at = std::nullopt);

/// Notes that the holder has just entered their password in the session.
[[nodiscard]] Result<void> confirm_password(audit::Work& work, std::int64_t session);

/// The account of a live Remember Me token, which is spent by this. Unauthenticated otherwise.
[[nodiscard]] Result<std::int64_t> spend_remember_token(audit::Work& work, std::string_view token);

/// Notes that the session was active now.
[[nodiscard]] Result<void> touch_session(db::Transaction& tx, std::int64_t session, Instant now);

/// Whose session it is. NotFound where there is none.
[[nodiscard]] Result<std::int64_t> account_of_session(db::Transaction& tx, const Uuid& session);
/// Ends a session; with a browser's go the account's Remember Me tokens, which would open it again. NotFound
/// where there is none.
[[nodiscard]] Result<void> end_session(audit::Work& work, const Uuid& session);
/// Ends the session of the token that the caller holds, who is its account; Remember Me tokens go as above.
/// NotFound where there is none.
[[nodiscard]] Result<void> end_session_of_token(audit::Work& work, std::string_view token);
/// Ends all sessions of an account.
[[nodiscard]] Result<void> end_sessions_of(audit::Work& work, std::int64_t account);

struct SessionEntry {
    Uuid uuid;
    SessionKind kind = SessionKind::Api;
    std::int64_t account = 0;
    std::optional<std::string> account_name;  ///< absent where it does not open
    std::optional<Client> client;             ///< likewise
    Instant created_at;
    Instant last_active_at;
    Instant expires_at;
};
struct SessionPage {
    std::vector<SessionEntry> sessions;
    std::int64_t total = 0;
};
/// Live sessions, the most recently active first; of one account where it is named. A name or client that
/// does not open is absent, and reported: a session must be seen to be ended.
[[nodiscard]] Result<SessionPage> list_sessions(audit::Work& work, std::optional<std::int64_t> account,
                                                std::int64_t limit, std::int64_t offset);

/// Removes expired sessions, spent tokens, forgotten throttles and kept answers, a bounded number at a time.
/// Whether there may be more answers than that.
[[nodiscard]] Result<bool> remove_expired(db::Transaction& tx, Instant now);

/// Gives what is sealed of the sessions to a resealing.
[[nodiscard]] Result<void> reseal_sessions(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::access
