#include "bench/measure.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "app/control.hpp"
#include "bench/dataset.hpp"
#include "bench/in_process.hpp"
#include "bench/postgres.hpp"
#include "bench/server_process.hpp"

namespace tenantry::bench {

namespace {

constexpr unsigned kReadConnections = 32;
constexpr unsigned kWriteConnections = 64;
constexpr unsigned kRotationConnections = 8;
/// So many connections to PostgreSQL read for the product (api/service.cpp).
constexpr unsigned kReaders = 16;
constexpr std::size_t kPrepared = 20'000;
/// More creates than any machine makes in a second: so many tokens are fetched beforehand.
constexpr double kTokensPerSecond = 20'000;
constexpr std::chrono::milliseconds kWarmUp{500};

using Requests = std::vector<std::string>;

std::string get_request(const Plan& plan, const std::string& target) {
    return fmt::format(
        "GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nAuthorization: Bearer {}\r\n\r\n",
        target, plan.token);
}

Requests make_gets(const Plan& plan) {
    Random random{1};
    Requests requests;
    for (std::size_t i = 0; i < kPrepared; ++i) {
        requests.push_back(get_request(
            plan, "/api/tenants/manage?action=get&uuid=" + uuid_of(random.below(plan.people)).text()));
    }
    return requests;
}

Requests make_lists(const Plan& plan, std::int64_t limit) {
    Random random{2};
    Requests requests;
    for (std::size_t i = 0; i < kPrepared; ++i) {
        requests.push_back(get_request(plan, fmt::format("/api/tenants/manage?action=list&search={}&limit={}",
                                                         draw_search(random, plan.people), limit)));
    }
    return requests;
}

std::string create_request(const Plan& plan, const std::string& csrf_token, std::uint64_t number) {
    const auto person = make_person(number, homes_of(plan.people));
    const auto body = fmt::format(
        R"({{"action":"create","tenant_name":"{}","tenant_email":"{}","tenant_number_primary":"{}",)"
        R"("tenant_number_work":"{}","tenant_address_id":{}}})",
        person.name.full(), *person.email, *person.telephone_1, *person.telephone_2, person.property->value);
    return fmt::format(
        "POST /api/tenants/manage HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\nX-CSRF-Token: "
        "{}\r\n"
        "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        plan.token, csrf_token, body.size(), body);
}

/// Each request in turn, over and over.
std::function<std::string_view()> cycle(const Requests& requests) {
    return [&requests, at = std::size_t{0}]() mutable -> std::string_view {
        at = (at + 1) % requests.size();
        return requests[at];
    };
}

/// Each request once.
std::function<std::string_view()> once(const Requests& requests) {
    return [&requests, at = std::size_t{0}]() mutable -> std::string_view {
        return at < requests.size() ? std::string_view{requests[at++]} : std::string_view{};
    };
}

/// Adds what run() measures to the series, with the processor time that the process used meanwhile.
template <class Run>
Result<void> add_run(Series& series, pid_t process, Run run) {
    const auto before = processor_time(process);
    const Outcome outcome = TRY(run());
    series.add(outcome, processor_time(process) - before);
    return {};
}

/// Runs the load a little, then as long as planned, and adds that.
Result<void> add_load(Series& series, const Plan& plan, const ServerProcess& server, Load load) {
    load.port = server.port();
    load.time = kWarmUp;
    TRY(run_load(load));
    load.time = plan.time;
    return add_run(series, server.process(), [&load] { return run_load(load); });
}

/// So many creates with a token each, fetched from the server beforehand.
Result<Requests> make_creates(const Plan& plan, const ServerProcess& server, std::size_t count) {
    const Requests fetches(count, get_request(plan, "/api/security/csrf-token"));
    Requests creates;
    auto number = static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch().count());
    bool all_found = true;
    const Load load{
        server.port(), kReadConnections, std::chrono::minutes{1}, once(fetches), [&](std::string_view body) {
            constexpr std::string_view kBefore = R"("token":")";
            const auto at = body.find(kBefore);
            all_found = all_found && at != std::string_view::npos;
            const auto rest = body.substr(std::min(at + kBefore.size(), body.size()));
            creates.push_back(create_request(plan, std::string{rest.substr(0, rest.find('"'))}, ++number));
        }};
    TRY(run_load(load));
    if (!all_found) {
        return Error{Code::Internal, "the server answered without a token"};
    }
    return creates;
}

Result<std::unique_ptr<ServerProcess>> start_product(const Plan& plan) {
    std::vector<std::string> command{(plan.programs / "tenantry").string(),
                                     "serve",
                                     "--data",
                                     plan.place.data.string(),
                                     "--listen",
                                     "127.0.0.1:0",
                                     "--rate-limit",
                                     "0",
                                     "--loops",
                                     std::to_string(plan.loops)};
    if (plan.is_postgres()) {
        command.insert(command.end(), {"--database", plan.place.database});
    }
    return ServerProcess::start(std::move(command), plan.place.data / "server.log");
}

Result<std::unique_ptr<ServerProcess>> start_bare(const Plan& plan) {
    std::vector<std::string> command{(plan.programs / "bench" / "bare_server").string(),
                                     plan.place.data.string(),
                                     std::to_string(plan.is_postgres() ? kReaders : plan.loops)};
    if (plan.is_postgres()) {
        command.push_back(plan.place.database);
    }
    return ServerProcess::start(std::move(command), plan.place.data / "bare.log");
}

/// Runs measure(Ground) on the register, opened in this process.
template <class Measure>
Result<void> on_ground(const Plan& plan, Measure measure) {
    const SystemClock clock;
    const auto instance = TRY(app::Instance::open(plan.place, clock));
    TRY(instance->names().load(instance->database(), instance->keys(), plan.loops));
    TRY(measure(Ground{*instance, plan.people, plan.time}));
    instance->close();
    return {};
}

/// Eight readings, a search and a create in turn; a reading in its place once the creates are used up.
std::function<std::string_view()> mix(const Requests& gets, const Requests& lists, const Requests& creates) {
    return [get = cycle(gets), list = cycle(lists), create = once(creates), at = 0U]() mutable {
        ++at;
        const auto next = at % 10 == 0 ? create() : at % 10 == 5 ? list() : get();
        return next.empty() ? get() : next;
    };
}

/// How many there are by now: the clients of earlier rounds created some.
Result<double> count_people(const Plan& plan) {
    static constexpr db::Sql kCount{"bench/count_people", "SELECT count(*) FROM person", ""};
    std::int64_t people = 0;
    TRY(on_ground(plan, [&](const Ground& ground) {
        return ground.instance.read([&](db::Transaction& tx) { return tx.find(kCount, std::tie(people)); });
    }));
    return static_cast<double>(people);
}

class Silence final : public app::Output {
  public:
    void line(std::string_view /*text*/) override {}
    void error(std::string_view /*text*/) override {}
    void progress(std::string_view /*text*/) override {}
    [[nodiscard]] app::Progress::Look look() const override { return app::Progress::Look::Lines; }
};

/// Has the server rotate its field key while the load runs, and ends both together. Returns how long it took.
Result<std::chrono::duration<double>> rotate_under(Load load, Series& series, const Plan& plan,
                                                   const ServerProcess& server) {
    std::atomic<bool> done = false;
    Result<int> code = app::kFailed;
    const auto begun = std::chrono::steady_clock::now();
    std::chrono::duration<double> took{};
    std::thread rotating([&] {
        Silence silence;
        code = app::run_remotely(plan.place.data, {"keys rotate", {}}, silence);
        took = std::chrono::steady_clock::now() - begun;
        done = true;
    });
    load.time = std::chrono::hours{1};
    load.next = [&done, next = std::move(load.next)]() { return done ? std::string_view{} : next(); };
    const auto ran = add_run(series, server.process(), [&load] { return run_load(load); });
    rotating.join();
    TRY(ran);
    if (TRY(code) != app::kDone) {
        return Error{Code::Internal, "the rotation failed"};
    }
    return took;
}

}  // namespace

void Series::add(const Outcome& outcome, std::chrono::duration<double> processor_time) {
    sorted_.insert(std::upper_bound(sorted_.begin(), sorted_.end(), outcome.per_second), outcome.per_second);
    latency_.add(outcome.latency);
    done_ += outcome.done;
    processor_time_ += processor_time;
}

double Series::median() const {
    return sorted_.empty() ? 0 : (sorted_[(sorted_.size() - 1) / 2] + sorted_[sorted_.size() / 2]) / 2;
}

double Series::least() const {
    return sorted_.empty() ? 0 : sorted_.front();
}

double Series::most() const {
    return sorted_.empty() ? 0 : sorted_.back();
}

double Series::latency_ms(double share) const {
    return std::chrono::duration<double, std::milli>(latency_.quantile(share)).count();
}

double Series::processor_us() const {
    return done_ == 0 ? 0 : processor_time_.count() * 1e6 / static_cast<double>(done_);
}

Result<GetFigures> measure_gets(const Plan& plan, Against against) {
    GetFigures figures;
    const auto requests = make_gets(plan);
    for (int round = 0; round < plan.rounds; ++round) {
        {
            const auto server = TRY(start_product(plan));
            figures.start_seconds.push_back(std::chrono::duration<double>(server->start_time()).count());
            TRY(add_load(figures.product, plan, *server,
                         {.connections = kReadConnections, .next = cycle(requests)}));
            figures.resident_mib = std::max(figures.resident_mib, memory_mib(server->process(), "VmRSS"));
            figures.peak_mib = std::max(figures.peak_mib, memory_mib(server->process(), "VmHWM"));
        }
        if (against == Against::Nothing) {
            continue;
        }
        {
            const auto server = TRY(start_bare(plan));
            TRY(add_load(figures.bare, plan, *server,
                         {.connections = kReadConnections, .next = cycle(requests)}));
        }
        if (plan.is_postgres()) {
            TRY(add_run(figures.libpq, ::getpid(), [&] {
                return run_postgres_gets({plan.place.database, kReaders, plan.time}, plan.people);
            }));
            continue;
        }
        TRY(on_ground(plan, [&](const Ground& ground) {
            return add_run(figures.in_process, ::getpid(), [&] { return run_gets(ground, plan.loops); });
        }));
    }
    return figures;
}

Result<ListFigures> measure_lists(const Plan& plan, Against against) {
    ListFigures figures;
    const std::array requests{make_lists(plan, kListLimits[0]), make_lists(plan, kListLimits[1])};
    for (int round = 0; round < plan.rounds; ++round) {
        {
            const auto server = TRY(start_product(plan));
            for (std::size_t i = 0; i < kPoints; ++i) {
                TRY(add_load(figures.product[i], plan, *server,
                             {.connections = kReadConnections, .next = cycle(requests[i])}));
            }
        }
        if (against == Against::Nothing) {
            continue;
        }
        TRY(on_ground(plan, [&](const Ground& ground) -> Result<void> {
            for (std::size_t i = 0; i < kPoints; ++i) {
                TRY(add_run(figures.in_process[i], ::getpid(),
                            [&] { return run_lists(ground, kListLimits[i]); }));
            }
            return {};
        }));
    }
    return figures;
}

Result<CreateFigures> measure_creates(const Plan& plan, Against against) {
    CreateFigures figures;
    for (int round = 0; round < plan.rounds; ++round) {
        {
            const auto server = TRY(start_product(plan));
            const auto seconds = std::chrono::duration<double>(plan.time + kWarmUp).count();
            const auto requests =
                TRY(make_creates(plan, *server, static_cast<std::size_t>(kTokensPerSecond * seconds)));
            TRY(add_load(figures.product, plan, *server,
                         {.connections = kWriteConnections, .next = once(requests)}));
            figures.resident_mib = std::max(figures.resident_mib, memory_mib(server->process(), "VmRSS"));
            figures.peak_mib = std::max(figures.peak_mib, memory_mib(server->process(), "VmHWM"));
        }
        if (against == Against::Nothing) {
            continue;
        }
        TRY(on_ground(plan, [&](const Ground& ground) {
            return add_run(figures.in_process, ::getpid(), [&] { return run_creates(ground, plan.token); });
        }));
        TRY(add_run(figures.commits, ::getpid(), [&] {
            return plan.is_postgres()
                       ? run_postgres_creates({plan.place.database, kWriteConnections, plan.time})
                       : run_commits(plan.place.data, plan.time);
        }));
    }
    return figures;
}

Result<RotationFigures> measure_rotation(const Plan& plan) {
    RotationFigures figures;
    const auto gets = make_gets(plan);
    const auto lists = make_lists(plan, kListLimits[0]);
    for (int round = 0; round < plan.rounds; ++round) {
        const double people = TRY(count_people(plan));
        const auto server = TRY(start_product(plan));
        const auto creates = TRY(make_creates(plan, *server, kPrepared));
        Load load{
            .port = server->port(), .connections = kRotationConnections, .next = mix(gets, lists, creates)};
        TRY(add_load(figures.idle, plan, *server, load));
        const auto more = TRY(make_creates(plan, *server, kPrepared));
        load.next = mix(gets, lists, more);
        const auto took = TRY(rotate_under(load, figures.meanwhile, plan, *server));
        figures.people_per_second.push_back(people / took.count());
    }
    return figures;
}

}  // namespace tenantry::bench
