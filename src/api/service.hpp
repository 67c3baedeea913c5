// Takes a request through its life: route, limits, credentials, CSRF, permission, handler, headers; on the
// thread and in the transaction that its route names. The one place where these checks are made, in one
// order.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "api/metrics.hpp"
#include "api/pool.hpp"
#include "api/rate_limit.hpp"
#include "api/route.hpp"
#include "api/services.hpp"
#include "http/server.hpp"

namespace tenantry::api {

/// One API: its routes, and how it says no.
struct Api {
    std::span<const Route> routes;
    http::Response (*refuse)(const Error& error);
    http::Response (*refuse_status)(int status);
};

/// The token that a request carries: of its Authorization: Bearer header or, without that header, of the
/// session cookie. Empty where there is none.
[[nodiscard]] std::string_view token_of(const http::Request& request, const Settings& settings);

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

  private:
    struct Pending;
    class WriteRequest;

    /// A route and the API that it belongs to.
    struct Place {
        const Api* api;
        const Route* route;
    };

    /// What each loop has for itself.
    struct LoopState {
        std::unique_ptr<db::Reader> reader;
        access::SessionCache sessions;
    };

    Service(Services& services, std::vector<Api> apis);

    /// The request's place; without a route where there is none, and then the refusal is made.
    [[nodiscard]] Place find_place(const http::Request& request, http::Response& refusal) const;
    void dispatch(std::unique_ptr<Pending> pending, Run run);
    void run_on_loop(Pending& pending);
    void run_on_pool(std::unique_ptr<Pending> pending, Pool& pool);

    /// The answer, in this transaction. Nothing: the call must run as a write (a Remember Me cookie opens a
    /// session).
    [[nodiscard]] std::optional<http::Response> answer(Pending& pending, db::Transaction& tx,
                                                       audit::ReadLog* reads);
    [[nodiscard]] Result<http::Response> checked_answer(Pending& pending, Call& call, bool& run_as_write);
    [[nodiscard]] Result<access::Caller> identify(const Pending& pending, Call& call, bool& run_as_write);
    [[nodiscard]] Result<void> spend_csrf(const Pending& pending, Call& call);
    void journal_failure(const Pending& pending, const Call& call, Literal action, audit::Outcome outcome);
    void touch(const access::Caller& caller);
    void finish(Pending& pending, http::Response response, std::chrono::nanoseconds in_database);

    Services& services_;
    std::vector<Api> apis_;
    RateLimit rate_limit_;
    std::unordered_map<std::string_view, std::vector<Place>> by_path_;
    std::vector<LoopState> loops_;
    std::unique_ptr<Pool> slow_pool_;
    std::unique_ptr<Pool> password_pool_;
};

}  // namespace tenantry::api
