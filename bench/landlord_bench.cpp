// The program behind script/bench --landlord: the import of a large landlord's register, the Hackney API and
// the officers' pages over it.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "app/demo/household.hpp"
#include "app/demo/officers.hpp"
#include "app/demo/places.hpp"
#include "app/demo/tenancies.hpp"
#include "app/token_secret.hpp"
#include "base/log.hpp"
#include "bench/dataset.hpp"
#include "bench/landlord.hpp"
#include "bench/load.hpp"
#include "bench/pages.hpp"
#include "bench/server_process.hpp"

namespace tenantry::bench {

namespace {

constexpr std::uint64_t kSeed = 1;
constexpr std::size_t kPrepared = 5000;
/// Written last: with it the data are complete.
constexpr const char* kTokenFile = "bench-token";

struct Options {
    std::filesystem::path programs;
    std::filesystem::path data;
    std::uint64_t homes = 125'000;
    std::uint64_t interactions = 2'000'000;
    int seconds = 5;
    bool keep = false;
    bool only_pages = false;
};

Result<Options> parse(int argc, char** argv) {
    constexpr Error kUsage{Code::Invalid,
                           "usage: landlord_bench --programs DIR --data DIR [--homes N] [--interactions N] "
                           "[--seconds S] [--only-pages] [--keep]"};
    Options options;
    const auto number = [](std::string_view text, auto& out) {
        return std::from_chars(text.data(), text.data() + text.size(), out).ptr ==
                   text.data() + text.size() &&
               out > 0;
    };
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--keep" || name == "--only-pages") {
            (name == "--keep" ? options.keep : options.only_pages) = true;
            continue;
        }
        if (i + 1 == argc) {
            return kUsage;
        }
        const std::string_view value = argv[++i];
        const bool known = (name == "--programs" && !(options.programs = value).empty()) ||
                           (name == "--data" && !(options.data = value).empty()) ||
                           (name == "--homes" && number(value, options.homes)) ||
                           (name == "--interactions" && number(value, options.interactions)) ||
                           (name == "--seconds" && number(value, options.seconds));
        if (!known) {
            return kUsage;
        }
    }
    return options.programs.empty() || options.data.empty() ? Result<Options>{kUsage}
                                                            : Result<Options>{options};
}

template <class... Values>
void say(fmt::format_string<Values...> form, Values&&... values) {
    fmt::print(form, std::forward<Values>(values)...);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

/// A home in which somebody lives.
std::uint64_t draw_home(Random& random, std::uint64_t homes) {
    for (;;) {
        const auto home = random.below(homes);
        if (app::plan_home(kSeed, home).residents() > 0) {
            return home;
        }
    }
}

std::string tag_of(std::uint64_t home) {
    return app::tag_reference_of(home, app::plan_home(kSeed, home).former_tenants + 1);
}

/// A letter-only part of some tenant's surname, so that it needs no escape.
std::string draw_surname(Random& random, std::uint64_t homes) {
    for (;;) {
        const auto name = app::make_people(kSeed, draw_home(random, homes)).front().last_name;
        const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        });
        if (plain && name.size() >= 4) {
            return name;
        }
    }
}

/// Whose token a measurement's requests carry: another system's signed one, or the administrator's.
enum class As : std::uint8_t { Service, Admin };

struct Measurement {
    std::string_view name;
    unsigned connections;
    double most_ms;  ///< p99
    std::function<std::string(Random&)> target;
    As as = As::Service;
};

std::vector<Measurement> measurements(std::uint64_t homes) {
    return {
        {"transactions of one tenancy", 32, 10,
         [homes](Random& r) { return "/v1/Transactions?tagReference=" + tag_of(draw_home(r, homes)); }},
        {"contacts by UPRN", 32, 10,
         [homes](Random& r) {
             return fmt::format("/v1/Contacts/GetContactsByUprn?urpn={}",
                                app::uprn_of(kSeed, draw_home(r, homes)));
         }},
        {"account by reference", 32, 10,
         [homes](Random& r) {
             return "/v1/Accounts/AccountDetailsByPaymentorTagReference?referencenumber=" +
                    tag_of(draw_home(r, homes));
         }},
        {"one officer's work tray", 32, 10,
         [homes](Random& r) {
             return fmt::format("/v1/TenancyManagementInteractions?personType=officer&contactId={}",
                                app::patch_uuid(kSeed, r.below(app::count_patches(homes))).text());
         }},
        {"area tray, 2,000 open items, alone", 1, 150,
         [](Random& r) {
             return fmt::format("/v1/TenancyManagementInteractions/GetAreaTrayIneractions?OfficeId={}",
                                1 + r.below(app::kAreas.size()));
         }},
        {"citizen search by surname, alone", 1, 50,
         [homes](Random& r) { return "/v1/CitizenIndexSearch?surname=" + draw_surname(r, homes); }},
        {"citizen search by surname, 4 connections", 4, 50,
         [homes](Random& r) { return "/v1/CitizenIndexSearch?surname=" + draw_surname(r, homes); }},
        {"subject access report, 4 connections", 4, 200,
         [homes](Random& r) {
             return "/api/tenants/gdpr-report?tenant_uuid=" +
                    app::person_uuid(kSeed, draw_home(r, homes), 0).text();
         },
         As::Admin},
    };
}

/// Sends prepared requests for a while and says how it went.
Result<void> measure(std::string_view name, unsigned connections, double most_ms,
                     const std::vector<std::string>& requests, const Options& options,
                     const ServerProcess& server) {
    std::uint64_t bytes = 0;
    std::size_t at = 0;
    Load load{server.port(), connections, std::chrono::milliseconds{500}, [&]() -> std::string_view {
                  at = (at + 1) % requests.size();
                  return requests[at];
              }};
    TRY(run_load(load));
    load.time = std::chrono::seconds{options.seconds};
    load.answered = [&bytes](std::string_view body) { bytes += body.size(); };
    const auto before = processor_time(server.process());
    const Outcome outcome = TRY(run_load(load));
    const auto used = processor_time(server.process()) - before;
    const auto ms = [&outcome](double share) {
        return std::chrono::duration<double, std::milli>(outcome.latency.quantile(share)).count();
    };
    say("  {:<42} {:>8.0f}/s  p50 {:>8.2f}  p99 {:>8.2f} ms  cpu {:>8.1f} µs  {:>8.1f} kB  (at most {:.0f} "
        "ms: {})",
        name, outcome.per_second, ms(0.5), ms(0.99), used.count() * 1e6 / static_cast<double>(outcome.done),
        static_cast<double>(bytes) / 1000 / static_cast<double>(outcome.done), most_ms,
        ms(0.99) <= most_ms ? "met" : "MISSED");
    return {};
}

Result<void> measure(const Measurement& one, const Options& options, const ServerProcess& server,
                     std::string_view token) {
    Random random{3};
    std::vector<std::string> requests;
    requests.reserve(kPrepared);
    for (std::size_t i = 0; i < kPrepared; ++i) {
        requests.push_back(
            fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {}\r\n\r\n",
                        one.target(random), token));
    }
    return measure(one.name, one.connections, one.most_ms, requests, options, server);
}

/// The officers' pages, at 16 connections.
Result<void> measure_pages(const PageSubjects& subjects, const Options& options,
                           const ServerProcess& server) {
    constexpr unsigned kConnections = 16;
    constexpr std::uint64_t kTypedLeast = 3;
    const auto draw_search = [&options](Random& random) {
        const auto name = draw_surname(random, options.homes);
        return name.substr(0, kTypedLeast + random.below(name.size() - kTypedLeast + 1));
    };
    for (const auto& page : page_requests(subjects, draw_search)) {
        Random random{5};
        std::vector<std::string> requests;
        requests.reserve(kPrepared);
        for (std::size_t i = 0; i < kPrepared; ++i) {
            requests.push_back(page.make(random));
        }
        TRY(measure(page.name, kConnections, page.most_ms, requests, options, server));
    }
    return {};
}

Result<void> prepare(const Options& options, const std::filesystem::path& data) {
    if (std::filesystem::exists(data / kTokenFile)) {
        say("data: kept from an earlier run");
        return {};
    }
    const auto figures =
        TRY(import_landlord(options.programs / "tenantry", data.string() + "-import", data, options.homes));
    say("import: {} rows in {:.1f} s, {:.0f} rows/s (at least 50000: {}), {:.0f} MiB at most (at most 300: "
        "{})",
        figures.rows, figures.took.count(), figures.rows_per_second(),
        figures.rows_per_second() >= 50'000 ? "met" : "MISSED", figures.peak_mib,
        figures.peak_mib <= 300 ? "met" : "MISSED");
    const auto begun = std::chrono::steady_clock::now();
    TRY(add_interactions(data, options.homes, options.interactions));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    say("interactions: {} in {:.1f} s; register.db {} MiB", options.interactions, took.count(),
        std::filesystem::file_size(data / "register.db") >> 20);
    const SystemClock clock;
    const auto instance = TRY(app::Instance::open(data, clock));
    // In ten years the server has done it.
    TRY(instance->index_events());
    std::ofstream{data / kTokenFile} << TRY(open_account(*instance));
    instance->close();
    return {};
}

Result<PageSubjects> open_subjects(const std::filesystem::path& data) {
    const SystemClock clock;
    const auto instance = TRY(app::Instance::open(data, clock));
    auto subjects = TRY(draw_page_subjects(*instance));
    instance->close();
    std::ifstream{data / kTokenFile} >> subjects.admin;
    return subjects;
}

Result<void> measure_all(const Options& options) {
    const auto data = options.data / fmt::format("landlord-{}", options.homes);
    std::filesystem::create_directories(options.data);
    TRY(prepare(options, data));
    const auto subjects = TRY(open_subjects(data));
    const auto service = app::make_token(TRY(app::token_secret(data, "")), {.role = "service", .subject = ""},
                                         SystemClock{}.now());
    {
        const auto server = TRY(
            ServerProcess::start({(options.programs / "tenantry").string(), "serve", "--data", data.string(),
                                  "--listen", "127.0.0.1:0", "--rate-limit", "0", "--reports-an-hour", "0"},
                                 data / "server.log"));
        for (const auto& one :
             options.only_pages ? std::vector<Measurement>{} : measurements(options.homes)) {
            TRY(measure(one, options, *server, one.as == As::Admin ? subjects.admin : service));
        }
        TRY(measure_pages(subjects, options, *server));
        say("  server: ready after {:.2f} s, {:.0f} MiB at most",
            std::chrono::duration<double>(server->start_time()).count(),
            memory_mib(server->process(), "VmHWM"));
    }
    if (!options.keep) {
        std::filesystem::remove_all(data);
        std::filesystem::remove_all(data.string() + "-import");
    }
    return {};
}

}  // namespace

}  // namespace tenantry::bench

int main(int argc, char** argv) {
    using namespace tenantry;
    const auto options = bench::parse(argc, argv);
    if (!options.ok()) {
        fmt::print(stderr, "{}\n", options.error().text.view());
        return 2;
    }
    set_log_level(LogLevel::Error);
    const auto done = bench::measure_all(*options);
    if (!done.ok()) {
        fmt::print(stderr, "bench: {}\n", done.error().text.view());
    }
    return done.ok() ? 0 : 1;
}
