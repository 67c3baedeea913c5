#include "access/session.hpp"

#include <tuple>

#include "access/account_names.hpp"
#include "access/sql.hpp"
#include "audit/resealing.hpp"
#include "base/log.hpp"
#include "crypto/random.hpp"

namespace tenantry::access {

namespace {

constexpr std::chrono::minutes kTouchEvery{1};
constexpr std::size_t kUserAgentBytes = 300;
constexpr char kUnit = '\x1f';  // between address and user agent in the sealed column; neither can hold it

std::chrono::milliseconds lifetime(SessionKind kind, const SessionTimes& times) {
    switch (kind) {
        case SessionKind::Api:
            return times.api;
        case SessionKind::Browser:
            return times.browser;
        case SessionKind::Mobile:
            return times.mobile;
        case SessionKind::Remember:
            return times.remember;
    }
    VERIFY(false);
}

Literal action_of(SessionKind kind) {
    switch (kind) {
        case SessionKind::Api:
            return "session.opened_api";
        case SessionKind::Browser:
            return "session.opened_browser";
        case SessionKind::Mobile:
            return "session.opened_mobile";
        case SessionKind::Remember:
            return "session.remembered";
    }
    VERIFY(false);
}

std::string client_text(const Client& client) {
    std::string text = client.address + kUnit;
    for (const char c : client.user_agent.substr(0, kUserAgentBytes)) {
        text += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return text;
}

Client read_client(std::string_view text) {
    const auto unit = text.find(kUnit);
    if (unit == std::string_view::npos) {
        return {};
    }
    return {std::string{text.substr(0, unit)}, std::string{text.substr(unit + 1)}};
}

struct Ended {
    std::int64_t id = 0;
    std::int64_t account = 0;
};

/// Removes one session; with a browser's go the account's Remember Me tokens, which would open it again.
template <class Key>
Result<Ended> remove(db::Transaction& tx, const db::Sql& sql, const Key& key) {
    Ended ended;
    int kind = 0;
    TRY(tx.find(sql, std::tie(ended.id, ended.account, kind), key));
    if (static_cast<SessionKind>(kind) == SessionKind::Browser) {
        TRY(tx.execute(sql::session::remove_of_kind, ended.account, static_cast<int>(SessionKind::Remember)));
    }
    return ended;
}

}  // namespace

std::string_view name_of(SessionKind kind) {
    switch (kind) {
        case SessionKind::Api:
            return "api";
        case SessionKind::Browser:
            return "browser";
        case SessionKind::Mobile:
            return "mobile";
        case SessionKind::Remember:
            return "remember";
    }
    VERIFY(false);
}

Hash token_hash(const crypto::KeyRing& keys, std::string_view token) {
    return keys.keyed_hash(crypto::KeyPurpose::Token, "session", {bytes_of(token)});
}

namespace {

constexpr std::size_t kTokenMost = 128;

bool is_token(std::string_view token) {
    return !token.empty() && token.size() <= kTokenMost;
}

std::string_view key_if_any(std::optional<Permission> permission) {
    return permission ? key_of(*permission) : std::string_view{};
}

/// What the session's row, its account's and its role's say of whoever holds the token; whether or not they
/// let in now.
Result<FoundSession> find_session(db::Transaction& tx, const Hash& token, Needs needs) {
    FoundSession session;
    Caller& caller = session.caller;
    caller.token_hash = token;
    int kind = 0;
    int status = 0;
    int type = 0;
    bool first = false;
    bool second = false;
    const auto found = tx.find(sql::session::authenticate,
                               std::tie(caller.session, caller.session_uuid, kind, session.last_active,
                                        caller.expires_at, caller.account, caller.account_uuid, status, type,
                                        caller.role, caller.level, caller.password_at, first, second),
                               token, key_if_any(needs.permission), key_if_any(needs.or_permission));
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? kNotSignedIn : found.error();
    }
    caller.kind = static_cast<SessionKind>(kind);
    caller.type = static_cast<AccountType>(type);
    caller.permitted = !needs.permission || first || second;
    session.status = static_cast<AccountStatus>(status);
    return session;
}

/// The caller, if the session lets in now.
Result<Caller> let_in(const FoundSession& session, Instant now, const SessionTimes& times) {
    const Caller& caller = session.caller;
    const bool idle = caller.kind == SessionKind::Browser && now - session.last_active > times.browser_idle;
    if (now >= caller.expires_at || idle || caller.kind == SessionKind::Remember ||
        session.status != AccountStatus::Active) {
        return kNotSignedIn;
    }
    Caller let = caller;
    let.touch_due = now - session.last_active > kTouchEvery;
    return let;
}

}  // namespace

Result<Caller> authenticate(db::Transaction& tx, const crypto::KeyRing& keys, std::string_view token,
                            Needs needs, Instant now, const SessionTimes& times) {
    if (!is_token(token)) {
        return kNotSignedIn;
    }
    return let_in(TRY(find_session(tx, token_hash(keys, token), needs)), now, times);
}

Result<void> expect_session(db::Transaction& tx, const crypto::KeyRing& keys, std::string_view token,
                            Needs needs) {
    return is_token(token) ? tx.expect(sql::session::authenticate, token_hash(keys, token),
                                       key_if_any(needs.permission), key_if_any(needs.or_permission))
                           : Result<void>{};
}

Result<Caller> SessionCache::authenticate(db::Reader& reader, const crypto::KeyRing& keys,
                                          std::string_view token, Needs needs, Instant now,
                                          const SessionTimes& times) {
    if (!is_token(token)) {
        return kNotSignedIn;
    }
    if (const auto version = TRY(reader.data_version()); version != data_version_ || found_.size() >= kMost) {
        found_.clear();
        data_version_ = version;
    }
    const Key key{token_hash(keys, token), needs.permission, needs.or_permission};
    auto known = found_.find(key);
    if (known == found_.end()) {
        known = found_.emplace(key, TRY(find_session(reader, key.token, needs))).first;
    }
    return let_in(known->second, now, times);
}

Result<NewSession> create_session(audit::Work& work, std::int64_t account, SessionKind kind,
                                  const Client& client, const SessionTimes& times,
                                  std::optional<Instant> password_at) {
    if (kind == SessionKind::Api) {
        TRY(work.tx().execute(sql::session::remove_of_kind, account, static_cast<int>(kind)));
    }
    NewSession made;
    made.token = hex_encode(crypto::random_hash());
    made.uuid = crypto::new_uuid();
    made.expires_at = work.now() + lifetime(kind, times);
    std::int64_t id = 0;
    TRY(work.tx().find(sql::session::next_id, std::tie(id)));
    TRY(work.tx().execute(sql::session::insert, id, made.uuid, token_hash(work.keys(), made.token),
                          static_cast<int>(kind), account,
                          work.keys().seal({"session", "client", made.uuid, 1}, client_text(client)),
                          work.now(), made.expires_at, password_at));
    TRY(work.changed({.action = action_of(kind), .resource = id}));
    return made;
}

Result<std::int64_t> spend_remember_token(audit::Work& work, std::string_view token) {
    if (!is_token(token)) {
        return kNotSignedIn;
    }
    const auto session = TRY(find_session(work.tx(), token_hash(work.keys(), token), {}));
    if (session.caller.kind != SessionKind::Remember || work.now() >= session.caller.expires_at ||
        session.status != AccountStatus::Active) {
        return kNotSignedIn;
    }
    TRY(work.tx().execute(sql::session::remove, session.caller.session));
    return session.caller.account;
}

Result<void> touch_session(db::Transaction& tx, std::int64_t session, Instant now) {
    TRY(tx.send(sql::session::touch, session, now));
    return {};
}

Result<void> confirm_password(audit::Work& work, std::int64_t session) {
    TRY(work.tx().execute(sql::session::confirm_password, session, work.now()));
    return work.changed({.action = "session.password_confirmed", .resource = session});
}

Result<std::int64_t> account_of_session(db::Transaction& tx, const Uuid& session) {
    std::int64_t account = 0;
    const auto found = tx.find(sql::session::find_account, std::tie(account), session);
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? Error{Code::NotFound, "No such session"}
                                                    : found.error();
    }
    return account;
}

Result<void> end_session(audit::Work& work, const Uuid& session) {
    const Ended ended = TRY(remove(work.tx(), sql::session::remove_by_uuid, session));
    return work.changed({.action = "session.terminated", .resource = ended.id});
}

Result<void> end_session_of_token(audit::Work& work, std::string_view token) {
    const Ended ended = TRY(remove(work.tx(), sql::session::remove_by_token, token_hash(work.keys(), token)));
    work.set_actor({ended.account, work.actor().address});
    return work.changed({.action = "session.logged_out", .resource = ended.id});
}

Result<void> end_sessions_of(audit::Work& work, std::int64_t account) {
    TRY(work.tx().execute(sql::session::remove_of_account, account));
    return work.changed({.action = "user.logged_out", .resource = account});
}

namespace {

/// A row of sql::session::list.
struct StoredSession {
    SessionEntry entry;  ///< without what is sealed
    int kind = 0;
    ByteView client;
    SealedName name;
};

SessionEntry open_session(StoredSession stored, const crypto::KeyRing& keys) {
    SessionEntry& entry = stored.entry;
    entry.kind = static_cast<SessionKind>(stored.kind);
    const auto client = keys.open({"session", "client", entry.uuid, 1}, stored.client);
    if (client.ok()) {
        entry.client = read_client(*client);
    }
    entry.account_name = stored.name.open(keys);
    return std::move(entry);
}

}  // namespace

Result<SessionPage> list_sessions(audit::Work& work, std::optional<std::int64_t> account, std::int64_t limit,
                                  std::int64_t offset) {
    SessionPage page;
    TRY(work.tx().find(sql::session::count, std::tie(page.total), work.now(), account));
    std::vector<std::int64_t> damaged;
    {
        db::Rows rows = TRY(work.tx().query(sql::session::list, work.now(), account, limit, offset));
        while (TRY(rows.next())) {
            std::int64_t id = 0;
            StoredSession s;
            SessionEntry& e = s.entry;
            rows.into(id, e.uuid, s.kind, s.client, e.created_at, e.last_active_at, e.expires_at, e.account,
                      s.name.account, s.name.version, s.name.first_name, s.name.last_name);
            page.sessions.push_back(open_session(std::move(s), work.keys()));
            if (!page.sessions.back().client || !page.sessions.back().account_name) {
                damaged.push_back(id);
            }
        }
    }
    for (const auto id : damaged) {
        log(LogLevel::Error, "a sealed record did not open", {{"table", Literal{"session"}}, {"id", id}});
        TRY(work.read({.action = "session.damaged", .resource = id, .outcome = audit::Outcome::Failed}));
    }
    return page;
}

Result<bool> remove_expired(db::Transaction& tx, Instant now) {
    TRY(tx.execute(sql::session::remove_expired, now));
    TRY(tx.execute(sql::csrf::remove_expired, now));
    TRY(tx.execute(sql::throttle::remove_expired, now));
    return TRY(tx.execute(sql::kept_answer::remove_expired, now)) > 0;
}

Result<void> reseal_sessions(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::session::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        audit::SealedRow session;
        Uuid uuid;
        ByteView client;
        rows.into(session.id, uuid, client);
        some.fields(session, uuid, std::array{std::optional{client}});
    }
    return {};
}

}  // namespace tenantry::access
