#include "api/service.hpp"

#include "api/answer_headers.hpp"
#include "api/cookies.hpp"
#include "api/repeat.hpp"
#include "base/ascii.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "crypto/random.hpp"

namespace tenantry::api {

namespace {

constexpr std::size_t kSlowQueue = 64;
/// A reading waits a second for a thread, and then for the database no longer than a statement may take: who
/// asks is answered within five.
constexpr Pool::Limits kReadLimits{16, 1024, std::chrono::seconds{1}};
constexpr std::size_t kPasswordQueue = 16;

constexpr Error kUnknownProxy{Code::Unavailable,
                              "The proxy before this server is not named in its setting behind-proxy"};
constexpr Error kBusy{Code::Unavailable, "The server is busy; try again shortly"};

/// The token of an Authorization: Bearer header; empty for another scheme.
std::string_view bearer_of(std::string_view header) {
    constexpr std::string_view kScheme = "bearer ";
    return same_text(header.substr(0, kScheme.size()), kScheme) ? trim(header.substr(kScheme.size()))
                                                                : std::string_view{};
}

bool may_call(const Guard& guard, const access::Caller& caller) {
    const bool holds = caller.permitted || (guard.admits_meeting_token() && caller.meeting.has_value());
    return holds && (!guard.is_staff_only() || caller.type == access::AccountType::Staff);
}

bool takes_repeat_key(const Api& api, const Route& route) {
    return api.takes_repeat_keys && route.method == "POST";
}

/// Whose requests are counted together: an account's, or those of a signed token that names none.
std::string limit_key(const access::Caller& caller) {
    return caller.account != 0 ? std::to_string(caller.account)
                               : std::string{caller.token_hash.begin(), caller.token_hash.end()};
}

/// As the header and the parameters have it, which must not differ; empty where neither has.
Result<std::string> csrf_token_of(const http::Request& request, const Params& params) {
    const auto in_header = request.header("x-csrf-token");
    auto in_params = TRY(params.text("csrf_token", 256));
    if (in_header && in_params && *in_header != *in_params) {
        return Error{Code::Invalid, "", "csrf_token"};
    }
    return in_header ? std::string{*in_header} : std::move(in_params).value_or("");
}

}  // namespace

bool is_foreign(const http::Request& request) {
    const auto site = request.header("sec-fetch-site");
    return site && *site != "same-origin" && *site != "none";
}

std::string_view token_of(const http::Request& request, const Settings& settings) {
    if (const auto header = request.header("authorization")) {
        return bearer_of(*header);
    }
    return request.cookie(settings.session_cookie).value_or("");
}

struct Service::Pending {
    http::Exchange exchange;
    const Api* api;
    const Route* route;
    Instant now;
    Allowance allowance;
    Result<Params> params;
    std::vector<std::string> path_values;
    std::optional<Run> run = std::nullopt;  ///< as its route names it; none where it is not reached
    Uuid id = crypto::new_uuid();
    std::optional<std::int64_t> account = std::nullopt;
    std::string headers = {};
    Reading* reading = nullptr;  ///< of the thread that it runs on, while in a snapshot
    bool hash_first = false;     ///< a HashedWrite that was not hashed yet
    std::string password_hash = {};

    /// With the call, where it came so far.
    [[nodiscard]] http::Response refuse(const Error& error, Call* call = nullptr) const {
        if (call != nullptr && api->refuse_call != nullptr) {
            return api->refuse_call(*call, error);
        }
        return route->refuse != nullptr ? route->refuse(error) : api->refuse(error);
    }
};

/// A request on its way through the writer.
class Service::WriteRequest final : public db::WriteJob {
  public:
    WriteRequest(Service& service, std::unique_ptr<Pending> pending)
        : service_(service), pending_(std::move(pending)) {}

    Result<void> look_ahead(db::Transaction& tx) override {
        return service_.look_ahead_of_write(*pending_, tx);
    }
    Result<void> run(db::Transaction& tx) override {
        tx.reset_time_spent();
        response_ = service_.answer(*pending_, tx, nullptr).value_or(pending_->refuse(kBusy));
        in_database_ = tx.time_spent();
        ran_ = true;
        if (response_.status >= 400) {
            // Nothing of a refused write stays, a cookie for a session that it opened least of all.
            pending_->headers.clear();
            return Error{Code::Invalid, "refused"};
        }
        return {};
    }

    void finished(Result<void> outcome) noexcept override {
        if (!outcome.ok() && (!ran_ || response_.status < 400)) {
            pending_->headers.clear();
            response_ = pending_->refuse(outcome.error());
        }
        service_.finish(*pending_, std::move(response_), in_database_);
    }
    [[nodiscard]] bool is_brief() const override { return true; }
    [[nodiscard]] bool leaves_reserve() const override { return !pending_->route->guard.is_open(); }

  private:
    Service& service_;
    std::unique_ptr<Pending> pending_;
    http::Response response_;
    std::chrono::nanoseconds in_database_{};
    bool ran_ = false;
};

/// A request on its way through a pool.
class Service::ReadRequest final : public Pool::Task {
  public:
    ReadRequest(Service& service, std::unique_ptr<Pending> pending)
        : service_(service), pending_(std::move(pending)) {}

    void run(Reading& own) override { service_.run_in_snapshot(std::move(pending_), own); }
    void refuse(const Error& error) override { service_.finish(*pending_, pending_->refuse(error), {}); }
    [[nodiscard]] bool looks_ahead() const override {
        return pending_->run == Run::Read && pending_->route->look_ahead != nullptr;
    }
    Result<void> look_ahead(db::Reader& reader) override { return service_.look_ahead(*pending_, reader); }

  private:
    Service& service_;
    std::unique_ptr<Pending> pending_;
};

Service::Service(Services& services, std::vector<Api> apis)
    : services_(services),
      apis_(std::move(apis)),
      rate_limit_(services.settings.rate_limit),
      router_(apis_),
      counts_(apis_) {}

Result<std::unique_ptr<Service>> Service::create(Services& services, std::vector<Api> apis, unsigned loops) {
    std::unique_ptr<Service> service{new Service(services, std::move(apis))};
    for (unsigned i = 0; i < loops; ++i) {
        service->loops_.push_back({{TRY(services.database.open_reader(db::ReaderUse::Constant))}});
    }
    const auto pool_of = [&](const Pool::Limits& limits) {
        return Pool::create(services.database, limits,
                            [&metrics = services.metrics](auto held) { metrics.count_snapshot(held); });
    };
    const unsigned threads = services.settings.pool_threads;
    if (services.database.is_shared()) {
        service->read_pool_ = TRY(pool_of(kReadLimits));
    }
    service->slow_pool_ = TRY(pool_of({threads, kSlowQueue}));
    service->password_pool_ = TRY(pool_of({threads, kPasswordQueue}));
    services.metrics.add_source([&self = *service](MetricsText& text) { self.write_metrics(text); });
    return service;
}

void Service::stop() {
    slow_pool_->stop();
    password_pool_->stop();
}

std::optional<http::Response> Service::refusal_of(const http::Request& request, const Match& match,
                                                  const Allowance& allowance) const {
    if (request.through_unknown_proxy) {
        // Whoever it lets through would be taken for somebody on this machine, by limits and by /metrics.
        log(LogLevel::Error, "a proxy on this machine is not named in behind-proxy");
        return match.api->refuse(kUnknownProxy);
    }
    if (match.route == nullptr && match.allowed.empty()) {
        return match.api->refuse_status(404);
    }
    if (match.route == nullptr && request.method == "OPTIONS" && match.api->preflight != nullptr) {
        return match.api->preflight();
    }
    if (match.route == nullptr) {
        auto response = match.api->refuse_status(405);
        if (response.status == 405) {
            response.add_header("Allow", match.allowed);
        }
        return response;
    }
    if (allowance.exceeded) {
        services_.metrics.count_rate_limited();
        return match.api->refuse_status(429);
    }
    if (!match.api->supports_body(request)) {
        return match.api->refuse_status(415);
    }
    if (takes_repeat_key(*match.api, *match.route) && has_bad_repeat_key(request)) {
        return match.api->refuse_status(422);
    }
    return std::nullopt;
}

void Service::handle(http::Exchange exchange) {
    const http::Request& request = exchange.request();
    const Instant now = services_.clock.now();
    Match match = router_.find(request.method, request.path);
    const Allowance allowance = rate_limit_.count(request.client_address, now);
    auto refusal = refusal_of(request, match, allowance);
    auto params = refusal || !match.api->reads_params ? Result<Params>{Params{}} : Params::read(request);
    auto pending = std::make_unique<Pending>(Pending{std::move(exchange), match.api, match.route, now,
                                                     allowance, std::move(params), std::move(match.values)});
    if (refusal) {
        finish(*pending, std::move(*refusal), {});
        return;
    }
    const Route& route = *pending->route;
    const bool choosable = route.choose_run != nullptr && pending->params.ok();
    const Run run = choosable ? route.choose_run(*pending->params) : route.run;
    pending->run = run;
    dispatch(std::move(pending), run);
}

void Service::dispatch(std::unique_ptr<Pending> pending, Run run) {
    const auto on = [&](Pool& pool) { pool.run(std::make_unique<ReadRequest>(*this, std::move(pending))); };
    switch (run) {
        case Run::Alone:
            run_alone(*pending);
            return;
        case Run::Read:
            // Asking another process for each row would keep the loop waiting.
            if (read_pool_) {
                on(*read_pool_);
            } else {
                run_on_loop(std::move(pending));
            }
            return;
        case Run::Write:
            services_.database.write(std::make_unique<WriteRequest>(*this, std::move(pending)),
                                     db::Urgency::Now);
            return;
        case Run::Slow:
            on(*slow_pool_);
            return;
        case Run::HashedWrite:
            pending->hash_first = true;
            on(*password_pool_);
            return;
        case Run::Password:
            on(*password_pool_);
            return;
    }
    VERIFY(false);
}

void Service::run_alone(Pending& pending) {
    auto response =
        answer(pending, *loops_[pending.exchange.loop().index()].reading.reader, &services_.reads);
    VERIFY(response);
    finish(pending, std::move(*response), {});
}

void Service::run_on_loop(std::unique_ptr<Pending> pending) {
    http::Loop& loop = pending->exchange.loop();
    LoopState& own = loops_[loop.index()];
    db::Reader& reader = *own.reading.reader;
    if (!reader.in_snapshot()) {
        const auto begun = reader.begin();
        if (!begun.ok()) {
            finish(*pending, pending->refuse(begun.error()), {});
            return;
        }
        // One snapshot serves all reads of this turn of the loop; what arrives later sees later commits.
        own.snapshot_since = std::chrono::steady_clock::now();
        loop.post([this, &own] { end_snapshot(own); });
    }
    run_in_snapshot(std::move(pending), own.reading);
}

void Service::end_snapshot(LoopState& own) {
    own.reading.reader->end();
    services_.metrics.count_snapshot(std::chrono::steady_clock::now() - own.snapshot_since);
}

void Service::run_in_snapshot(std::unique_ptr<Pending> pending, Reading& own) {
    own.reader->reset_time_spent();
    pending->reading = &own;
    auto response = answer(*pending, *own.reader, &services_.reads);
    pending->reading = nullptr;
    if (response) {
        finish(*pending, std::move(*response), own.reader->time_spent());
    } else {
        dispatch(std::move(pending), Run::Write);
    }
}

Result<void> Service::look_ahead(const Pending& pending, db::Transaction& tx) const {
    const auto look = pending.route->look_ahead;
    return look != nullptr && pending.params.ok() ? look(*pending.params, tx) : Result<void>{};
}

Result<void> Service::look_ahead_of_write(const Pending& pending, db::Transaction& tx) const {
    const http::Request& request = pending.exchange.request();
    const auto session = token_of(request, services_.settings);
    if (!pending.route->guard.is_open()) {
        TRY(access::expect_session(tx, services_.keys, session, pending.route->guard.needs()));
    }
    TRY(audit::expect_append(tx, services_.keys, request.client_address));
    if (takes_repeat_key(*pending.api, *pending.route) && has_repeat_key(request)) {
        return {};  // what was answered already is not done again, and must change nothing
    }
    const bool spends = pending.route->csrf == Csrf::Spent && pending.params.ok() &&
                        services_.settings.csrf_mode == access::CsrfMode::SingleUse;
    if (const auto token = spends ? csrf_token_of(request, *pending.params) : ""; token.ok()) {
        TRY(access::expect_csrf_token(tx, services_.keys, access::token_hash(services_.keys, session),
                                      *token));
    }
    return look_ahead(pending, tx);
}

std::optional<http::Response> Service::answer(Pending& pending, db::Transaction& tx, audit::ReadLog* reads) {
    static const Params kNone;
    const http::Request& request = pending.exchange.request();
    audit::Work work{tx, services_.keys, {std::nullopt, request.client_address}, pending.now, reads};
    Call call{request, pending.params.ok() ? *pending.params : kNone, services_, work, std::nullopt};
    call.password_hash = std::move(pending.password_hash);
    call.path_values = pending.path_values;
    bool run_as_write = false;
    auto answered = checked_answer(pending, call, run_as_write);
    if (run_as_write) {
        return std::nullopt;
    }
    pending.headers = std::move(call.headers);
    if (!answered.ok()) {
        if (!pending.route->refused_as.empty()) {
            journal_failure(pending, call, pending.route->refused_as, audit::Outcome::Denied);
        } else if (answered.error().code == Code::Forbidden) {
            journal_failure(pending, call, "access.denied", audit::Outcome::Denied);
        } else if (answered.error().code == Code::Corrupt && (work.writes() || !work.has_reported_damage())) {
            // What the write itself journaled is rolled back with it; not every reading has a report.
            journal_failure(pending, call, "record.damaged", audit::Outcome::Failed);
        }
        return pending.refuse(answered.error(), &call);
    }
    return std::move(answered).value();
}

Result<http::Response> Service::checked_answer(Pending& pending, Call& call, bool& run_as_write) {
    const Guard& guard = pending.route->guard;
    const auto asks = pending.route->asks_credentials;
    const bool open_but_asks = asks != nullptr && pending.params.ok() && asks(*pending.params);
    if (!guard.is_open() || open_but_asks) {
        call.caller = TRY(identify(pending, call, run_as_write));
        if (run_as_write) {
            return kBusy;
        }
        call.work.set_actor({call.caller->account_if_any(), call.request.client_address});
        if (!pending.account) {
            pending.account = call.caller->account;
            pending.allowance = rate_limit_.count(limit_key(*call.caller), pending.now);
        }
        if (pending.allowance.exceeded) {
            services_.metrics.count_rate_limited();
            return Error{Code::Throttled, "Too many requests; try again shortly"};
        }
    }
    if (!pending.params.ok()) {
        return pending.params.error();
    }
    if (takes_repeat_key(*pending.api, *pending.route)) {
        call.repeat_key = repeat_key_of(call, pending.route->path);
    }
    const auto earlier = TRY(find_answer(call, call.work, pending.api->refuse_status));
    if (pending.route->csrf == Csrf::Spent || open_but_asks) {
        // A call that is only repeated spends nothing: its token may be the one that the first call spent.
        // Nor does one whose password is hashed first; the write that follows spends it.
        const bool spends = !earlier && !pending.hash_first;
        TRY(spend_csrf(pending, call, spends ? services_.settings.csrf_mode : access::CsrfMode::Session));
    }
    if (call.caller && !may_call(guard, *call.caller)) {
        return access::kNotPermitted;
    }
    if (earlier) {
        return *earlier;
    }
    if (pending.hash_first) {
        pending.hash_first = false;
        if (const auto password = TRY(call.params.secret("password"))) {
            TRY(access::check_new_password(*password));
            pending.password_hash = TRY(crypto::hash_password(*password, services_.settings.password_cost));
        }
        run_as_write = true;
        return kBusy;
    }
    auto response = TRY(pending.route->handler(call));
    return keep_answer(call, call.work, std::move(response));
}

Result<access::Caller> Service::holder_of_session(const Pending& pending, Call& call,
                                                  std::string_view token) const {
    const auto needs = pending.route->guard.needs();
    const auto& times = services_.settings.session_times;
    return pending.reading != nullptr
               ? pending.reading->sessions.authenticate(*pending.reading->reader, services_.keys, token,
                                                        needs, pending.now, times)
               : access::authenticate(call.work.tx(), services_.keys, token, needs, pending.now, times);
}

Result<access::Caller> Service::identify(const Pending& pending, Call& call, bool& run_as_write) {
    if (pending.api->credentials == CredentialKind::Token) {
        return identify_by_token(pending, call);
    }
    const auto& settings = services_.settings;
    auto caller = holder_of_session(pending, call, token_of(call.request, settings));
    if (caller.ok() && caller->touch_due) {
        touch(*caller);
    }
    // Neither a bearer client nor a password on its way to be hashed is worth a new session.
    const bool may_reopen = !call.request.header("authorization") && !pending.hash_first;
    const auto remember = may_reopen ? call.request.cookie(kRememberCookie) : std::nullopt;
    if (caller.ok() || caller.error().code != Code::Unauthenticated || !remember) {
        return caller;
    }
    // The session ended, but the browser is remembered: open a new one, which takes a write.
    if (pending.route->run != Run::Write && !call.work.writes()) {
        run_as_write = true;
        return access::Caller{};
    }
    const auto account = TRY(access::spend_remember_token(call.work, *remember));
    call.work.set_actor({account, call.request.client_address});
    const auto client = client_of(call.request);
    const auto session = TRY(access::create_session(call.work, account, access::SessionKind::Browser, client,
                                                    settings.session_times));
    const auto again = TRY(access::create_session(call.work, account, access::SessionKind::Remember, client,
                                                  settings.session_times));
    set_session_cookies(call, session, &again);
    return holder_of_session(pending, call, session.token);
}

Result<access::Caller> Service::identify_by_token(const Pending& pending, Call& call) {
    const auto header = call.request.header("authorization");
    if (!header) {
        return access::kNotSignedIn;
    }
    const auto token = bearer_of(*header);
    if (access::is_signed_token(token)) {
        auto known =
            pending.reading != nullptr
                ? TRY(pending.reading->tokens.authenticate(*pending.reading->reader, services_.keys,
                                                           services_.token_secret, token, pending.now))
                : TRY(access::authenticate_token(call.work.tx(), services_.keys, services_.token_secret,
                                                 token, pending.now));
        call.claims = std::move(known.claims);
        return known.caller_for(pending.route->guard.needs());
    }
    auto caller = holder_of_session(pending, call, token);
    if (caller.ok() && caller->touch_due) {
        touch(*caller);
    }
    if (!caller.ok() && caller.error().code == Code::Unauthenticated) {
        return access::kTokenRefused;
    }
    return caller;
}

Result<void> Service::spend_csrf(const Pending& pending, Call& call, access::CsrfMode mode) {
    const auto token = TRY(csrf_token_of(call.request, call.params));
    const bool by_cookie = !call.request.header("authorization");
    if (by_cookie && is_foreign(call.request)) {
        return access::kCsrfRefused;
    }
    return access::spend_csrf_token(call.work.tx(), services_.keys, call.who(), token, mode, pending.now);
}

void Service::journal_failure(const Pending& pending, const Call& call, Literal action,
                              audit::Outcome outcome) {
    audit::Event event;
    event.at = pending.now;
    event.action = action;
    event.outcome = outcome;
    event.account = call.caller ? call.caller->account_if_any() : std::nullopt;
    event.address = call.request.client_address;
    const auto recorded = services_.reads.record(std::move(event));
    if (!recorded.ok()) {
        log(LogLevel::Error, "a refusal could not be journaled", {{"request", pending.id}});
    }
}

void Service::touch(const access::Caller& caller) {
    class Touch final : public db::WriteJob {
      public:
        Touch(std::int64_t session, Instant now) : session_(session), now_(now) {}
        Result<void> run(db::Transaction& tx) override { return access::touch_session(tx, session_, now_); }
        void finished(Result<void> /*outcome*/) noexcept override {
            // A missed touch makes an idle session end a minute early, and the next request touches again.
        }
        [[nodiscard]] bool is_brief() const override { return true; }

      private:
        std::int64_t session_;
        Instant now_;
    };
    services_.database.write(std::make_unique<Touch>(caller.session, services_.clock.now()),
                             db::Urgency::MayWait);
}

void Service::finish(Pending& pending, http::Response response, std::chrono::nanoseconds in_database) {
    const http::Request& request = pending.exchange.request();
    const auto took = std::chrono::steady_clock::now() - request.received;
    const auto millis = [](std::chrono::nanoseconds time) {
        return std::chrono::duration<double, std::milli>(time).count();
    };
    counts_.count(*pending.api, pending.route, response.status);
    if (pending.run) {
        services_.metrics.count_run(*pending.run, took, in_database);
    }
    log(LogLevel::Info, "request",
        {{"request", pending.id},
         {"method", SafeText{pending.route != nullptr ? pending.route->method : std::string_view{"-"}}},
         {"path", SafeText{pending.route != nullptr ? pending.route->path : std::string_view{"unknown"}}},
         {"status", std::int64_t{response.status}},
         {"ms", millis(took)},
         {"db_ms", millis(in_database)},
         {"account", pending.account.value_or(0)}});
    add_headers(response, {pending.id, pending.now, pending.allowance, took, in_database}, pending.headers,
                pending.api->headers);
    pending.exchange.respond(std::move(response));
}

http::Response Service::refuse(int status) {
    http::Response response = apis_.front().refuse_status(status);
    counts_.count_unknown(status);
    log(LogLevel::Info, "request refused", {{"status", std::int64_t{status}}});
    // The request never became one that a client could be counted for; the headers say that nothing was.
    const Instant now = services_.clock.now();
    add_headers(response, {crypto::new_uuid(), now, RateLimit{0}.count({}, now)});
    return response;
}

void Service::write_metrics(MetricsText& text) const {
    counts_.write(text);
    const auto slow = slow_pool_->figures();
    const auto password = password_pool_->figures();
    constexpr std::string_view kSlow = "pool=\"slow\"";
    constexpr std::string_view kPassword = "pool=\"password\"";
    text.family(MetricsText::Kind::Gauge, "tenantry_pool_waiting",
                "Requests that wait for a thread of a pool.");
    text.sample(slow.waiting, kSlow);
    text.sample(password.waiting, kPassword);
    text.family(MetricsText::Kind::Counter, "tenantry_pool_refused_total",
                "Requests refused because too many waited for a pool.");
    text.sample(slow.refused, kSlow);
    text.sample(password.refused, kPassword);
}

}  // namespace tenantry::api
