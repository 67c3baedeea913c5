// The program behind script/bench: measures the product and what it is held against, and prints a table.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>

#include "app/search_commands.hpp"
#include "base/log.hpp"
#include "bench/dataset.hpp"
#include "bench/measure.hpp"
#include "bench/postgres.hpp"

namespace tenantry::bench {

namespace {

struct Options {
    std::filesystem::path programs;
    std::filesystem::path data;
    std::string database;
    std::uint64_t people = 100'000;
    int rounds = 3;
    int seconds = 3;
    std::string only;
    housing::SearchMode search_mode = housing::SearchMode::Plaintext;
    bool scale = false;
    bool keep = false;
};

Result<Options> parse(int argc, char** argv) {
    constexpr Error kUsage{
        Code::Invalid,
        "usage: bench --programs DIR --data DIR [--people N] [--rounds N] [--seconds S] "
        "[--only gets|lists|creates|rotation] [--search-mode plaintext|memory] [--scale] [--keep] "
        "[--database scratch|postgresql://…]"};
    Options options;
    const auto number = [](std::string_view text, auto& out) {
        return std::from_chars(text.data(), text.data() + text.size(), out).ptr ==
                   text.data() + text.size() &&
               out > 0;
    };
    const auto search_mode = [](std::string_view text, housing::SearchMode& out) {
        const auto mode = app::parse_search_mode(text);
        out = mode.ok() ? *mode : out;
        return mode.ok();
    };
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        if (name == "--scale" || name == "--keep") {
            (name == "--scale" ? options.scale : options.keep) = true;
            continue;
        }
        if (i + 1 == argc) {
            return kUsage;
        }
        const std::string_view value = argv[++i];
        const bool known =
            (name == "--programs" && !(options.programs = value).empty()) ||
            (name == "--data" && !(options.data = value).empty()) ||
            (name == "--database" && (value == "scratch" || value.starts_with("postgres")) &&
             !(options.database = value).empty()) ||
            (name == "--only" &&
             (value == "gets" || value == "lists" || value == "creates" || value == "rotation") &&
             !(options.only = value).empty()) ||
            (name == "--search-mode" && search_mode(value, options.search_mode)) ||
            (name == "--people" && number(value, options.people)) ||
            (name == "--rounds" && number(value, options.rounds)) ||
            (name == "--seconds" && number(value, options.seconds));
        if (!known) {
            return kUsage;
        }
    }
    if (options.programs.empty() || options.data.empty() || (options.scale && !options.database.empty())) {
        return kUsage;
    }
    return options;
}

template <class... Values>
void say(fmt::format_string<Values...> form, Values&&... values) {
    fmt::print(form, std::forward<Values>(values)...);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void print_series(std::string_view name, const Series& series, double per_step = 1) {
    const std::string rate =
        fmt::format("{:.0f}/s ({:.0f}-{:.0f})", series.median(), series.least(), series.most());
    say("  {:<52} {:<24} p50 {:>8.3f} ms  p99 {:>8.3f} ms  cpu {:>6.1f} µs", name, rate,
        series.latency_ms(0.5) / per_step, series.latency_ms(0.99) / per_step, series.processor_us());
}

/// A figure and whether it meets its target.
void print_least(std::string_view name, double value, double target) {
    say("  {:<52} {:.2f}  (at least {:.2f}: {})", name, value, target, value >= target ? "met" : "MISSED");
}
void print_most(std::string_view name, double value, double target, std::string_view unit) {
    say("  {:<52} {:.2f} {}  (at most {:.0f}: {})", name, value, unit, target,
        value <= target ? "met" : "MISSED");
}

/// The data set of that size, made unless an earlier run kept it.
Result<Plan> prepare(const Options& options, const std::string& database, std::uint64_t people) {
    Plan plan{options.programs,
              {options.data / fmt::format("{}-{}{}", people, app::name_of(options.search_mode),
                                          database.empty() ? "" : "-postgres"),
               database},
              {},
              people,
              options.rounds,
              std::chrono::seconds{options.seconds},
              std::max(1U, std::thread::hardware_concurrency())};
    const auto token_file = plan.place.data / "bench-token";
    // What a server of our own held is gone with it.
    if (options.database != "scratch" && std::getline(std::ifstream{token_file}, plan.token)) {
        say("data: {} people, kept from an earlier run", people);
        return plan;
    }
    std::filesystem::remove_all(plan.place.data);
    const auto begun = std::chrono::steady_clock::now();
    plan.token = TRY(build_dataset(plan.place, people, options.search_mode));
    std::ofstream{token_file} << plan.token << '\n';
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    say("data: {} people made in {:.1f} s{}", people, took.count(),
        plan.is_postgres() ? std::string{}
                           : fmt::format(", register.db {} MiB",
                                         std::filesystem::file_size(plan.place.data / "register.db") >> 20));
    return plan;
}

void print_gets(const Plan& plan, const GetFigures& figures) {
    say("\nGET /api/tenants/manage?action=get&uuid=…, 32 connections");
    print_series("1 product", figures.product);
    print_series("2 bare Beast server", figures.bare);
    if (plan.is_postgres()) {
        print_series("3 libpq alone, 16 connections", figures.libpq);
        print_least("1/2", figures.product.median() / figures.bare.median(), 0.8);
        say("  {:<52} {:.2f}", "1/3", figures.product.median() / figures.libpq.median());
    } else {
        print_series("3 in process, without HTTP (a step is 16 readings)", figures.in_process, 16);
        print_least("1/2", figures.product.median() / figures.bare.median(), 0.6);
        say("  {:<52} {:.2f}", "1/3", figures.product.median() / figures.in_process.median());
    }
    say("  {:<52} {:.2f}", "processor time of 2 / of 1",
        figures.bare.processor_us() / figures.product.processor_us());
    print_most("1, p99", figures.product.latency_ms(0.99), 5, "ms");
}

void print_lists(const ListFigures& figures) {
    say("\nGET …?action=list&search=<5 letters>, 32 connections");
    for (std::size_t i = 0; i < kPoints; ++i) {
        print_series(fmt::format("4 product, limit {}", kListLimits[i]), figures.product[i]);
        print_series(fmt::format("  in process, one thread, limit {}", kListLimits[i]),
                     figures.in_process[i]);
    }
}

void print_creates(const Plan& plan, const CreateFigures& figures) {
    say("\nPOST /api/tenants/manage, a fresh CSRF token each, 64 connections");
    print_series("5 product", figures.product);
    print_series("  in process, groups of 64 (a step is a group)", figures.in_process);
    if (plan.is_postgres()) {
        print_series("  libpq alone, the same rows, 64 connections", figures.commits);
        print_least("5/libpq alone", figures.product.median() / figures.commits.median(), 0.6);
        return;
    }
    print_series("  SQLite alone, one row a commit", figures.commits);
    print_least("5/in process", figures.product.median() / figures.in_process.median(), 0.7);
    say("  {:<52} {:.2f}", "processor time in process / of 5",
        figures.in_process.processor_us() / figures.product.processor_us());
    print_least("5, normalised to 5,000 commits/s",
                figures.product.median() * 5000 / figures.commits.median(), 4000);
}

void print_rotation(const RotationFigures& figures) {
    say("\nkeys rotate while 8 clients read, search and create");
    print_series("8 clients, no rotation", figures.idle);
    print_series("8 clients, meanwhile", figures.meanwhile);
    print_least("7 people sealed anew a second, slowest", figures.slowest(), 20'000);
    print_most("7 p99 meanwhile / without",
               figures.meanwhile.latency_ms(0.99) / figures.idle.latency_ms(0.99), 2, "times");
}

/// In mode memory: how long a start reads names, and how long a search goes through all of them in vain.
Result<void> measure_names(const Plan& plan) {
    using Clock = std::chrono::steady_clock;
    const auto millis = [](Clock::duration time) {
        return std::chrono::duration<double, std::milli>(time).count();
    };
    const SystemClock clock;
    const auto instance = TRY(app::Instance::open(plan.place, clock));
    const auto begun = Clock::now();
    const auto names = TRY(instance->names().load(instance->database(), instance->keys(), plan.loops));
    if (names == nullptr) {
        return {};
    }
    say("\nsearch mode memory");
    say("  {:<52} {:.0f} ms, {} MiB",
        fmt::format("reading {} names, {} threads", names->people.size(), plan.loops),
        millis(Clock::now() - begun), names->people.bytes() >> 20);
    for (const std::string_view word : {"zzzzz", "qx", "%"}) {
        const std::array<std::string_view, 1> words{word};
        Clock::duration slowest{};
        for (int i = 0; i < 100; ++i) {
            const auto start = Clock::now();
            static_cast<void>(names->people.find({words, {}}, 0, 250));
            slowest = std::max(slowest, Clock::now() - start);
        }
        say("  {:<52} {:.2f} ms", fmt::format("going through all for '{}', slowest of 100", word),
            millis(slowest));
    }
    return {};
}

/// Everything on one data set, or the one part that was asked for.
Result<void> measure_all(const Plan& plan, std::string_view only) {
    const auto wanted = [only](std::string_view part) { return only.empty() || only == part; };
    const auto print_process = [](std::string_view load, double resident_mib, double peak_mib) {
        print_most(fmt::format("6 resident under {}", load), resident_mib, 150, "MiB");
        print_most(fmt::format("6 peak under {} (VmHWM)", load), peak_mib, 150, "MiB");
    };
    if (wanted("gets")) {
        const auto gets = TRY(measure_gets(plan, Against::All));
        print_gets(plan, gets);
        print_most("6 start to ready, slowest", gets.slowest_start(), 1, "s");
        print_process("load 1", gets.resident_mib, gets.peak_mib);
    }
    if (wanted("lists")) {
        print_lists(TRY(measure_lists(plan, Against::All)));
        TRY(measure_names(plan));
    }
    if (wanted("creates")) {
        const auto creates = TRY(measure_creates(plan, Against::All));
        print_creates(plan, creates);
        print_process("load 5", creates.resident_mib, creates.peak_mib);
    }
    if (wanted("rotation")) {
        print_rotation(TRY(measure_rotation(plan)));
    }
    return {};
}

/// What must stay as it is however many people there are.
Result<void> measure_scale(const Plan& plan) {
    const auto gets = TRY(measure_gets(plan, Against::Nothing));
    print_series("1 get", gets.product);
    const auto lists = TRY(measure_lists(plan, Against::Nothing));
    print_series("4 search, limit 20", lists.product[0]);
    print_series("4 search, limit 50", lists.product[1]);
    TRY(measure_names(plan));
    print_most("4 search, limit 20, p99", lists.product[0].latency_ms(0.99), 20, "ms");
    const auto creates = TRY(measure_creates(plan, Against::Nothing));
    print_series("5 create", creates.product);
    print_most("6 start to ready, slowest", gets.slowest_start(), 1, "s");
    print_most("6 peak memory (VmHWM)", std::max(gets.peak_mib, creates.peak_mib), 150, "MiB");
    return {};
}

/// Runs measure(plan) on a data set of that size, which is taken away afterwards unless it is to be kept.
template <class Measure>
Result<void> on_data(const Options& options, std::uint64_t people, Measure measure) {
    std::unique_ptr<ScratchPostgres> scratch;
    if (options.database == "scratch") {
        std::filesystem::create_directories(options.data);
        scratch = TRY(ScratchPostgres::start(options.data / "postgres"));
    }
    const auto plan = TRY(prepare(options, scratch ? scratch->address() : options.database, people));
    auto measured = measure(plan);
    if (!options.keep) {
        std::filesystem::remove_all(plan.place.data);
    }
    return measured;
}

Result<void> measure_as_asked(const Options& options) {
    if (!options.scale) {
        return on_data(options, options.people,
                       [&](const Plan& plan) { return measure_all(plan, options.only); });
    }
    for (const std::uint64_t people : {1'000U, 100'000U, 1'000'000U}) {
        say("");
        TRY(on_data(options, people, measure_scale));
    }
    return {};
}

int run(int argc, char** argv) {
    const auto options = parse(argc, argv);
    if (!options.ok()) {
        fmt::print(stderr, "{}\n", options.error().text.view());
        return 2;
    }
    set_log_level(LogLevel::Error);
    say("{} rounds of {} s each, in turn: median (least-most); latencies over all rounds, coordinated "
        "omission not "
        "corrected; client and server share {} cores",
        options->rounds, options->seconds, std::thread::hardware_concurrency());
    const auto done = measure_as_asked(*options);
    if (!done.ok()) {
        fmt::print(stderr, "bench: {}\n", done.error().text.view());
    }
    return done.ok() ? 0 : 1;
}

}  // namespace

}  // namespace tenantry::bench

int main(int argc, char** argv) {
    return tenantry::bench::run(argc, argv);
}
