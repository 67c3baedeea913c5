#include "app/serve.hpp"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstring>
#include <thread>

#include "api/hackney/routes.hpp"
#include "api/operations.hpp"
#include "api/propops/routes.hpp"
#include "api/service.hpp"
#include "api/swagger.hpp"
#include "app/control.hpp"
#include "app/key_watch.hpp"
#include "app/process_figures.hpp"
#include "app/search_commands.hpp"
#include "app/signal_watch.hpp"
#include "app/stop_flag.hpp"
#include "app/token_secret.hpp"
#include "audit/person_index.hpp"
#include "base/log.hpp"
#include "http/forwarded.hpp"
#include "intake/import.hpp"
#include "rights/upkeep.hpp"
#include "web/routes.hpp"

namespace tenantry::app {

namespace {

constexpr std::chrono::seconds kHousekeepingEvery{60};
constexpr std::chrono::seconds kDutiesEvery{1};
/// How long answers in flight are waited for: with what is done after that, a stop takes ten seconds at most.
constexpr std::chrono::seconds kDrainTime{7};

/// Once a minute removes expired sessions, spent tokens, forgotten throttles, kept answers and changes of
/// names that memory has seen, and enters new events into the index of whose records they are about; once a
/// day carries out approved retention; and within a second or two does what changes ask for
/// (rights/duty.hpp).
class Housekeeping {
  public:
    Housekeeping(Instance& instance, std::chrono::hours retention_every)
        : instance_(instance),
          upkeep_(instance.database(), instance.keys(), instance.clock()),
          retention_every_(retention_every),
          thread_([this] { run(); }) {}
    ~Housekeeping() {
        stop_.set();
        thread_.join();
    }
    Housekeeping(const Housekeeping&) = delete;
    Housekeeping& operator=(const Housekeeping&) = delete;

    /// How often each task failed, for /metrics.
    void write_figures(api::MetricsText& text) const {
        constexpr std::string_view kTasks[] = {"task=\"expiry\"", "task=\"retention\"", "task=\"duties\"",
                                               "task=\"index\""};
        text.family(api::MetricsText::Kind::Counter, "tenantry_upkeep_failed_total",
                    "Times that a task that goes on by itself failed; it is tried again.");
        for (std::size_t i = 0; i < failed_.size(); ++i) {
            text.sample(failed_[i].load(std::memory_order_relaxed), kTasks[i]);
        }
    }

  private:
    enum class Task : std::uint8_t { Expiry, Retention, Duties, Index };

    template <class T>
    void note(Task task, Literal event, const Result<T>& done) {
        if (!done.ok()) {
            failed_[static_cast<std::size_t>(task)].fetch_add(1, std::memory_order_relaxed);
            log(LogLevel::Warning, event, {{"reason", done.error().text}});
        }
    }

    void run() {
        auto clean_at = std::chrono::steady_clock::now();
        do {
            if (clean_at <= std::chrono::steady_clock::now()) {
                clean_at += kHousekeepingEvery;
                clean();
                index_events();
                keep_up_retention();
            }
            do_duties();
            instance_.reads().try_again();
        } while (!stop_.within(kDutiesEvery));
    }

    /// In small writes with pauses, so that nobody else's wait for long.
    void clean() {
        for (bool more = true; more && !stop_.within(kPause);) {
            const auto cleaned = clean_up();
            note(Task::Expiry, "what has expired could not be removed", cleaned);
            more = cleaned.ok() && *cleaned;
        }
    }

    void keep_up_retention() {
        note(Task::Retention, "retention could not be carried out",
             upkeep_.run_if_due(retention_every_, [this] { return stop_.is_set(); }));
    }

    void do_duties() {
        note(Task::Duties, "what a change asks for could not be done",
             upkeep_.do_duties([this] { return stop_.is_set(); }));
    }

    /// With pauses likewise: what is not indexed yet is found all the same. A commit also makes each loop ask
    /// the database anew who holds a session.
    void index_events() {
        for (bool more = true; more && !stop_.within(kPause);) {
            const auto indexed =
                instance_.write([](audit::Work& work) { return audit::index_next_events(work.tx()); });
            note(Task::Index, "events could not be indexed", indexed);
            more = indexed.ok() && *indexed;
        }
    }

    /// Whether there may be more.
    Result<bool> clean_up() {
        TRY(follow_names(instance_));
        return instance_.write([this](audit::Work& work) -> Result<bool> {
            const bool more = TRY(access::remove_expired(work.tx(), work.now()));
            TRY(instance_.names().remove_changes(work));
            return more;
        });
    }

    static constexpr std::chrono::milliseconds kPause{150};

    Instance& instance_;
    rights::Upkeep upkeep_;
    const std::chrono::hours retention_every_;
    StopFlag stop_;
    std::array<std::atomic<std::uint64_t>, 4> failed_{};
    std::thread thread_;
};

/// One connection a client may need two descriptors with; the soft limit is often lower than the hard one.
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

/// Reads the names where they are searched in memory, and says in which mode people are found.
Result<void> load_names(Instance& instance) {
    constexpr unsigned kThreadsMost = 8;
    const auto began = std::chrono::steady_clock::now();
    const auto names =
        TRY(instance.names().load(instance.database(), instance.keys(),
                                  std::clamp(std::thread::hardware_concurrency(), 1U, kThreadsMost)));
    if (names == nullptr) {
        log(LogLevel::Info, "search mode plaintext: names are indexed in clear beside the sealed records");
        return {};
    }
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
    log(LogLevel::Info, "search mode memory: names were read into memory",
        {{"people", static_cast<std::int64_t>(names->people.size())},
         {"citizens", static_cast<std::int64_t>(names->citizens.size())},
         {"bytes", static_cast<std::int64_t>(names->people.bytes() + names->citizens.bytes())},
         {"ms", took.count()}});
    if (names->unreadable > 0) {
        log(LogLevel::Error, "names did not open: no search finds these records; run 'tenantry check'",
            {{"records", names->unreadable}});
    }
    return {};
}

void write_server_figures(api::MetricsText& text, const http::ServerFigures& server) {
    using Kind = api::MetricsText::Kind;
    text.one(Kind::Gauge, "tenantry_connections", "Open connections.", std::uint64_t{server.connections});
    text.one(Kind::Gauge, "tenantry_connections_limit", "How many may be open; one more is turned away.",
             std::uint64_t{server.connections_most});
    text.one(Kind::Counter, "tenantry_connections_accepted_total", "Connections that came.", server.accepted);
    text.one(Kind::Counter, "tenantry_connections_refused_total",
             "Connections turned away because too many were open.", server.turned_away);
    if (server.certificate_until) {
        text.one(Kind::Gauge, "tenantry_certificate_not_after_timestamp_seconds",
                 "When the certificate that new connections get ends, in seconds since 1970.",
                 api::seconds_of(server.certificate_until->time_since_epoch()));
    }
}

/// Answers until stopped. What is made last goes first; the database goes before the services that its jobs
/// use.
Result<void> serve_instance(const ServeOptions& options, const sigset_t& signals, Instance& instance,
                            Output& output) {
    const auto wanted = TRY(server_options(options));
    TRY(load_names(instance));
    auto post = TRY(open_post(options.mail, options.place.data));
    api::Metrics metrics;
    intake::Import import{instance.database(), instance.keys(), instance.clock(),
                          incoming_folder(options.place.data), options.settings.password_cost};
    api::Services services{instance.database(),
                           instance.keys(),
                           instance.reads(),
                           instance.names(),
                           instance.clock(),
                           options.settings,
                           metrics,
                           TRY(crypto::hash_password("nobody's password", options.settings.password_cost)),
                           TRY(token_secret(options.place.data, options.hackney_jwt_secret)),
                           &import};
    instance.reads().alarm_above(options.bulk_read_alarm);
    const auto service = TRY(api::Service::create(services, all_apis(), wanted.loops));
    {
        const auto server = TRY(http::Server::create(
            wanted, [&](http::Exchange exchange) { service->handle(std::move(exchange)); },
            [&](int status) { return service->refuse(status); }));
        // These two are made before whatever else writes, so that the last of it is in the copy and under a
        // head.
        const auto second_copy = TRY(SecondCopy::start(instance, options.second_copy));
        const AuditHeads audit_heads{instance, options.audit_heads, metrics};
        const Housekeeping housekeeping{instance, options.retention_every};
        const KeyWatch key_watch{instance};
        static_cast<void>(
            instance
                .resealer());  // it goes on with what a rotation left, and before other threads ask for it
        const MailSender mail_sender{instance, std::move(post), options.mail};
        const auto control = TRY(ControlServer::start(instance, options.place.data));
        const SignalWatch watch{*server, services, signals};
        metrics.add_source([&, data = options.place.data, started_at = services.clock.now()](auto& text) {
            write_build_figures(text);
            write_process_figures(text, started_at);
            write_disk_figures(text, data);
            write_server_figures(text, server->figures());
            watch.write_figures(text);
            housekeeping.write_figures(text);
        });
        const bool v6 = wanted.address.find(':') != std::string::npos;
        services.phase = api::Phase::Serving;
        log(LogLevel::Info, "serving",
            {{"version", SafeText{TENANTRY_VERSION}},
             {"port", std::int64_t{server->port()}},
             {"tls", std::int64_t{wanted.tls_certificate_file.empty() ? 0 : 1}}});
        output.line(fmt::format("listening on {}://{}:{}",
                                wanted.tls_certificate_file.empty() ? "http" : "https",
                                v6 ? '[' + wanted.address + ']' : wanted.address, server->port()));
        server->run();
        service->stop();
        // Before the control socket: a command may be waiting for it.
        instance.resealer().stop();
        import.stop();
    }
    instance.close();
    log(LogLevel::Info, "stopped");
    return {};
}

}  // namespace

int serve(const ServeOptions& options, Output& output) {
    // Before any thread is started: a signal goes to whichever thread does not block it.
    const sigset_t signals = block_signals();
    buffer_log();
    raise_descriptor_limit();
    const SystemClock clock;
    const auto instance = Instance::open(options.place, clock);
    const auto served =
        instance.ok() ? serve_instance(options, signals, **instance, output) : instance.error();
    if (!served.ok()) {
        log(LogLevel::Error, "not served", {{"reason", served.error().text}});
        return fail(output, served.error());
    }
    return kDone;
}

Result<http::ServerOptions> server_options(const ServeOptions& options) {
    const auto listen = TRY(parse_listen(options.listen));
    http::ServerOptions server;
    server.address = listen.address;
    server.port = listen.port;
    server.loops = options.loops == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options.loops;
    server.tls_certificate_file = options.tls_certificate;
    server.tls_key_file = options.tls_key;
    server.trusted_proxies = options.behind_proxy;
    server.limits.drain_time = kDrainTime;
    const bool in_the_clear = options.tls_certificate.empty() && options.behind_proxy.empty();
    if (in_the_clear && !http::is_loopback(listen.address)) {
        return Error{
            Code::Invalid,
            "plain HTTP is served on loopback only; give --tls-cert and --tls-key, or --behind-proxy ADDR",
            "--listen"};
    }
    return server;
}

std::vector<api::Api> all_apis() {
    return {api::propops::api(), api::hackney::api(), api::operations(), api::swagger(), web::pages()};
}

Result<ListenAddress> parse_listen(std::string_view text) {
    const Error invalid{Code::Invalid, "is an address and a port, as in 127.0.0.1:8080 or [::1]:8080",
                        "--listen"};
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return invalid;
    }
    std::string_view address = text.substr(0, colon);
    const std::string_view digits = text.substr(colon + 1);
    ListenAddress listen;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), listen.port);
    if (failure != std::errc{} || end != digits.data() + digits.size() || address.empty()) {
        return invalid;
    }
    if (address.front() == '[' && address.back() == ']') {
        address = address.substr(1, address.size() - 2);
    }
    listen.address = address;
    return listen;
}

}  // namespace tenantry::app
