// A route table's line: verb, path, who may call it, whether a CSRF token is spent, how it runs, and the
// handler.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "access/csrf.hpp"
#include "access/kept_answer.hpp"
#include "access/permission.hpp"
#include "access/session.hpp"
#include "api/params.hpp"
#include "audit/work.hpp"
#include "http/message.hpp"
#include "json/value.hpp"

namespace tenantry::api {

struct Services;

/// Who may call a route. There is no default: a route without one does not compile.
class Guard {
  public:
    /// No credentials asked for. The reason is for the reader of the table.
    [[nodiscard]] static constexpr Guard open(Literal /*why*/) { return Guard{Kind::Open}; }
    /// Any signed-in caller.
    [[nodiscard]] static constexpr Guard signed_in() { return Guard{Kind::SignedIn}; }
    /// A caller who holds the permission, or the other one where it is named.
    [[nodiscard]] static constexpr Guard needs(
        access::Permission permission, std::optional<access::Permission> or_permission = std::nullopt) {
        Guard guard{Kind::SignedIn};
        guard.needs_ = {permission, or_permission};
        return guard;
    }
    /// And whose account is of type Staff.
    [[nodiscard]] constexpr Guard staff_only() const {
        Guard guard = *this;
        guard.staff_only_ = true;
        return guard;
    }

    /// Or a caller whose token is a meeting's own. No other route lets one in.
    [[nodiscard]] constexpr Guard or_meeting_token() const {
        Guard guard = *this;
        guard.admits_meeting_token_ = true;
        return guard;
    }

    [[nodiscard]] constexpr bool is_open() const { return kind_ == Kind::Open; }
    [[nodiscard]] constexpr const access::Needs& needs() const { return needs_; }
    [[nodiscard]] constexpr bool is_staff_only() const { return staff_only_; }
    [[nodiscard]] constexpr bool admits_meeting_token() const { return admits_meeting_token_; }

  private:
    enum class Kind : std::uint8_t { Open, SignedIn };
    explicit constexpr Guard(Kind kind) : kind_(kind) {}

    Kind kind_;
    bool staff_only_ = false;
    bool admits_meeting_token_ = false;
    access::Needs needs_;
};

enum class Csrf : std::uint8_t { NotNeeded, Spent };

/// On which thread a handler runs, and in which transaction (docs/adr/0007).
enum class Run : std::uint8_t {
    Alone,  ///< at once, on the loop's thread, and without the register
    Read,   ///< at once, on the loop's thread, in its read snapshot; on the pool where the register is shared
    Write,  ///< on the writer's thread, in a savepoint; the answer leaves after the commit
    Slow,   ///< on the pool for wide searches, in a read snapshot
    Password,  ///< on the pool for password hashing, in a read snapshot; such a handler queues its own writes
    HashedWrite,  ///< the checks and the hash of the "password" parameter on that pool, then as Write
};

/// Everything a handler may need for one call.
struct Call {
    const http::Request& request;
    const Params& params;
    Services& services;
    audit::Work& work;
    std::optional<access::Caller> caller;
    std::string headers = {};                   ///< header lines to add to the answer, whatever it is
    std::string password_hash = {};             ///< of the "password" parameter, in a HashedWrite
    json::Value claims = {};                    ///< of the caller's signed token; null where there is none
    std::vector<std::string> path_values = {};  ///< what stands in the path's places, in order
    /// Under what the answer is kept for who repeats the call (api/repeat.hpp). A handler whose answer is a
    /// secret takes it away.
    std::optional<access::RepeatKey> repeat_key = std::nullopt;

    /// The signed-in caller. A route that is open has none.
    [[nodiscard]] const access::Caller& who() const {
        VERIFY(caller.has_value());
        return *caller;
    }
};

/// An error becomes the API's own refusal; a write whose answer is one is rolled back.
using Handler = Result<http::Response> (*)(Call& call);

struct Route {
    std::string_view method;
    std::string_view path;
    Guard guard;
    Csrf csrf;
    Run run;
    Handler handler;
    /// Where the parameters decide how it runs; null where they do not.
    Run (*choose_run)(const Params& params) = nullptr;
    /// Where this route says no in a way of its own; null where the API's way is its.
    http::Response (*refuse)(const Error& error) = nullptr;
    /// What a refused call is journaled as, whyever it was refused; empty: as "access.denied", and only where
    /// the caller lacks a right.
    Literal refused_as = "";
    /// Where an open route asks for credentials and a CSRF token after all, because of what is sent; null
    /// where it never does.
    bool (*asks_credentials)(const Params& params) = nullptr;
    /// Says what the handler will ask first (db::Transaction::expect), where its parameters tell; null where
    /// they do not. Not for what takes long: such readings wait for one another.
    Result<void> (*look_ahead)(const Params& params, db::Transaction& tx) = nullptr;
    /// Whether a write with these parameters does nothing but add what is new (db::WriteJob::only_adds); null
    /// where none does.
    bool (*only_adds)(const Params& params) = nullptr;
};

}  // namespace tenantry::api
