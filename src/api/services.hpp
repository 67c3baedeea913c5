// What the handlers share: the register's store, its keys, the journal, the clock and the settings. Lives as
// long as the server; everything in it is thread-safe.
#pragma once

#include <atomic>
#include <chrono>
#include <string>

#include "access/csrf.hpp"
#include "access/session.hpp"
#include "api/metrics.hpp"
#include "audit/read_log.hpp"
#include "base/time.hpp"
#include "crypto/key_ring.hpp"
#include "crypto/password.hpp"
#include "db/database.hpp"
#include "register/names_in_memory.hpp"

namespace tenantry::intake {
class Import;
}

namespace tenantry::api {

struct Settings {
    access::SessionTimes session_times;
    access::CsrfMode csrf_mode = access::CsrfMode::SingleUse;
    crypto::PasswordCost password_cost;
    std::string session_cookie = "DYNAMO_SESSION";
    std::int64_t rate_limit = 12'000;  ///< requests a minute for each account and each address; 0 is off
    bool tenants_may_log_in = false;
    std::size_t citizen_search_most = 1000;  ///< records that one citizen index search answers
    bool login_by_get = true;                ///< whether the Hackney API's log-in takes a password in a query
    unsigned pool_threads = 2;
    /// What a meeting's token is appended to in a letter; empty: the letter has the token alone.
    std::string meeting_link = {};
    bool report_needs_reason = false;  ///< whether a subject access report must say what it is for
    /// How long ago the password may have been entered for one; 0: any time.
    std::chrono::minutes report_password_within{0};
    std::int64_t reports_an_hour = 10;   ///< subject access reports that one account is given; 0: any number
    std::int64_t tray_closed_days = 28;  ///< how long a tray shows what was closed; 0 is for ever
    bool signs_audit_heads = false;      ///< whether signed heads of the journal are handed out
};

/// Whether the server takes requests: told by /readyz.
enum class Phase : std::uint8_t { Starting, Serving, Stopping };

struct Services {
    db::Database& database;
    const crypto::KeyRing& keys;
    audit::ReadLog& reads;
    housing::NamesInMemory& names;  ///< what is searched in mode memory
    const Clock& clock;
    const Settings& settings;
    Metrics& metrics;
    std::string unknown_password;      ///< a hash of nobody's password: verifying against it takes as long as
                                       ///< against a real one
    std::string token_secret = {};     ///< of the Hackney API's signed tokens
    intake::Import* import = nullptr;  ///< of the instance's folders; none where there is no page for it
    std::atomic<Phase> phase = Phase::Starting;
};

}  // namespace tenantry::api
