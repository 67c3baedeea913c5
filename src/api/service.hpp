// Takes a request through its life: route, limits, credentials, CSRF, permission, handler, headers; on the
// thread and in the transaction that its route names. The one place where these checks are made, in one
// order.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "access/token.hpp"
#include "api/metrics.hpp"
#include "api/pool.hpp"
#include "api/rate_limit.hpp"
#include "api/route.hpp"
#include "api/route_counts.hpp"
#include "api/router.hpp"
#include "api/services.hpp"
#include "http/server.hpp"

namespace tenantry::api {

enum class Paths : std::uint8_t { Exact, AnyCase };
enum class CredentialKind : std::uint8_t {
    Session,  ///< a session's token, in the Authorization header or the session cookie
    Token,    ///< a session's token or a signed one, in the Authorization header only: no site can make a
              ///< browser send it
};

/// One API: its routes, how it is reached, and how it says no.
struct Api {
    std::span<const Route> routes;
    http::Response (*refuse)(const Error& error);
    http::Response (*refuse_status)(int status);
    Paths paths = Paths::Exact;
    std::string_view other_prefix = {};  ///< its paths answer under this, too; lower case
    std::span<const std::string_view> own_prefixes =
        {};  ///< unknown paths that begin so are its own to refuse
    CredentialKind credentials = CredentialKind::Session;
    /// Whether the request's query and body are read into Params before the handler. Else it reads them
    /// itself.
    bool reads_params = true;
    /// Whether a body of this media type can be read.
    bool (*supports_body)(const http::Request& request) = Params::is_supported_body;
    std::string_view headers = {};  ///< on each of its answers
    /// How it says no where more is known than the error; null where that makes no difference.
    http::Response (*refuse_call)(Call& call, const Error& error) = nullptr;
    /// Whether a POST may name itself by an Idempotency-Key (api/repeat.hpp).
    bool takes_repeat_keys = false;
    /// The answer to OPTIONS on one of its paths; null where that is a method like any other.
    http::Response (*preflight)() = nullptr;
};

/// The token that a request carries: of its Authorization: Bearer header or, without that header, of the
/// session cookie. Empty where there is none.
[[nodiscard]] std::string_view token_of(const http::Request& request, const Settings& settings);

/// Whether the browser says that another site made this request.
[[nodiscard]] bool is_foreign(const http::Request& request);

class Service {
  public:
    /// Opens a reader for each loop and each pool thread. The services must outlive this. A path that no API
    /// has is refused in the first one's way.
    [[nodiscard]] static Result<std::unique_ptr<Service>> create(Services& services, std::vector<Api> apis,
                                                                 unsigned loops);

    /// The server's handler. Called on a loop's thread; never blocks.
    void handle(http::Exchange exchange);
    /// The answer to what never reached handle(), with the headers of every other answer.
    [[nodiscard]] http::Response refuse(int status);
    /// Ends what still runs on the pools, unanswered, and takes nothing new there. To be called when the
    /// server has ended and before its database does, so that nothing that took too long keeps either.
    void stop();

  private:
    struct Pending;
    class WriteRequest;
    class ReadRequest;

    /// What each loop has for itself.
    struct LoopState {
        Reading reading;
        std::chrono::steady_clock::time_point snapshot_since = {};  ///< while the reader is in one
    };

    Service(Services& services, std::vector<Api> apis);

    /// The answer to a request that never gets to a handler; nothing where it does.
    [[nodiscard]] std::optional<http::Response> refusal_of(const http::Request& request, const Match& match,
                                                           const Allowance& allowance) const;
    void dispatch(std::unique_ptr<Pending> pending, Run run);
    void run_on_loop(std::unique_ptr<Pending> pending);
    void run_in_snapshot(std::unique_ptr<Pending> pending, Reading& own);
    void run_alone(Pending& pending);
    void end_snapshot(LoopState& own);

    /// Says what the call will ask first, where that is known before.
    [[nodiscard]] Result<void> look_ahead(const Pending& pending, db::Transaction& tx) const;
    /// The same, with what the checks before it and the journal after it will ask.
    [[nodiscard]] Result<void> look_ahead_of_write(const Pending& pending, db::Transaction& tx) const;
    [[nodiscard]] bool only_adds(const Pending& pending) const;
    /// The answer, in this transaction. Nothing: the call must run as a write (a Remember Me cookie opens a
    /// session).
    [[nodiscard]] std::optional<http::Response> answer(Pending& pending, db::Transaction& tx,
                                                       audit::ReadLog* reads);
    [[nodiscard]] Result<http::Response> checked_answer(Pending& pending, Call& call, bool& run_as_write);
    [[nodiscard]] Result<access::Caller> holder_of_session(const Pending& pending, Call& call,
                                                           std::string_view token) const;
    [[nodiscard]] Result<access::Caller> identify(const Pending& pending, Call& call, bool& run_as_write);
    [[nodiscard]] Result<access::Caller> identify_by_token(const Pending& pending, Call& call);
    [[nodiscard]] Result<void> spend_csrf(const Pending& pending, Call& call, access::CsrfMode mode);
    void journal_failure(const Pending& pending, const Call& call, Literal action, audit::Outcome outcome);
    void touch(const access::Caller& caller);
    void finish(Pending& pending, http::Response response, std::chrono::nanoseconds in_database);
    void write_metrics(MetricsText& text) const;

    Services& services_;
    std::vector<Api> apis_;
    RateLimit rate_limit_;
    Router router_;
    RouteCounts counts_;
    std::vector<LoopState> loops_;
    std::unique_ptr<Pool> read_pool_;  ///< where the register is shared
    std::unique_ptr<Pool> slow_pool_;
    std::unique_ptr<Pool> password_pool_;
};

}  // namespace tenantry::api
