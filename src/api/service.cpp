#include "api/service.hpp"

#include "api/answer_headers.hpp"
#include "api/pending.hpp"
#include "api/repeat.hpp"
#include "base/log.hpp"
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

}  // namespace

/// A request on its way through the writer.
class Service::WriteRequest final : public db::WriteJob {
  public:
    WriteRequest(Service& service, std::unique_ptr<Pending> pending)
        : service_(service), pending_(std::move(pending)), only_adds_(service.only_adds(*pending_)) {}

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
    [[nodiscard]] bool only_adds() const override { return only_adds_; }
    [[nodiscard]] bool is_brief() const override { return true; }
    [[nodiscard]] bool leaves_reserve() const override { return !pending_->route->guard.is_open(); }

  private:
    Service& service_;
    std::unique_ptr<Pending> pending_;
    const bool only_adds_;
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
