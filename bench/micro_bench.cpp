// The parts that a request is made of, one by one.
#include <benchmark/benchmark.h>

#include "audit/journal.hpp"
#include "bench/dataset.hpp"
#include "bench/in_process.hpp"
#include "json/writer.hpp"
#include "tests/support/test_keys.hpp"

namespace tenantry::bench {

namespace {

constexpr std::uint64_t kPeople = 20'000;
constexpr std::size_t kEventsPerCommit = 64;
constexpr std::string_view kText = "somebody.with.a.name@mail.example";

const crypto::KeyRing& keys() {
    static test::TestKeys made;
    return made.ring;
}

crypto::FieldContext context() {
    return {"person", "email", Uuid{}, 1};
}

/// A register of kPeople, made when it is first used.
app::Instance& instance() {
    static SystemClock clock;
    static test::TemporaryFolder folder;
    static auto opened = [] {
        VERIFY(build_dataset(folder.path() / "data", kPeople).ok());
        return app::Instance::open(folder.path() / "data", clock).value();
    }();
    return *opened;
}

void seal(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(keys().seal(context(), kText));
    }
}
BENCHMARK(seal);

void open(benchmark::State& state) {
    const Bytes blob = keys().seal(context(), kText);
    for (auto _ : state) {
        benchmark::DoNotOptimize(keys().open(context(), blob));
    }
}
BENCHMARK(open);

void row_seal(benchmark::State& state) {
    const std::array<unsigned char, 64> facts{};
    const std::array<unsigned char, 32> tag{};
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            keys().row_seal("person", {Uuid{}.bytes(), facts, tag, tag, tag, tag, {}, {}, {}}));
    }
}
BENCHMARK(row_seal);

void keyed_hash(benchmark::State& state) {
    for (auto _ : state) {
        benchmark::DoNotOptimize(keys().keyed_hash(crypto::KeyPurpose::Token, "session", {bytes_of(kText)}));
    }
}
BENCHMARK(keyed_hash);

void json_writer(benchmark::State& state) {
    for (auto _ : state) {
        std::string body;
        body.reserve(768);
        json::Writer w{body};
        w.begin_object().key("success").boolean(true).key("data").begin_object();
        for (int i = 0; i < 6; ++i) {
            w.key("tenant_email").text(kText).key("version").integer(1'234'567);
        }
        w.end_object().end_object();
        benchmark::DoNotOptimize(body);
    }
}
BENCHMARK(json_writer);

void find_person(benchmark::State& state) {
    auto& housing_register = instance();
    const auto reader = housing_register.database().open_reader().value();
    VERIFY(reader->begin().ok());
    audit::Work work{
        *reader, housing_register.keys(), {}, housing_register.clock().now(), &housing_register.reads()};
    Random random{1};
    for (auto _ : state) {
        const auto uuid = uuid_of(random.below(kPeople));
        benchmark::DoNotOptimize(housing::find_person(work, uuid, housing::Depth::Contact));
    }
    reader->end();
}
BENCHMARK(find_person);

void journal_append(benchmark::State& state) {
    audit::Event event;
    event.action = "tenant.viewed";
    event.account = 1;
    event.address = "127.0.0.1";
    event.resource = event.person = 1;
    const std::vector<audit::Event> events(kEventsPerCommit, event);
    for (auto _ : state) {
        VERIFY(instance()
                   .write([&](audit::Work& work) { return audit::append(work.tx(), work.keys(), events); })
                   .ok());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEventsPerCommit));
}
BENCHMARK(journal_append)->UseRealTime();

/// Bar L5: at least 200,000 events a second.
void journal_verify(benchmark::State& state) {
    constexpr std::int64_t kEvents = 100'000;
    static const bool kFilled = [] {
        const std::vector<audit::Event> events(kEvents, {.at = from_millis(1'900'000'000'000),
                                                         .action = "tenant.viewed",
                                                         .account = 1,
                                                         .address = "192.0.2.7",
                                                         .resource = 1,
                                                         .version = 1,
                                                         .person = 1});
        return instance()
            .write([&](audit::Work& work) { return audit::append(work.tx(), work.keys(), events); })
            .ok();
    }();
    VERIFY(kFilled);
    std::int64_t verified = 0;
    for (auto _ : state) {
        const auto verdict =
            instance().read([](db::Transaction& tx) { return audit::verify_journal(tx, instance().keys()); });
        VERIFY(verdict.ok() && !verdict->first_broken);
        verified += verdict->events;
    }
    state.SetItemsProcessed(verified);
}
BENCHMARK(journal_verify)->UseRealTime()->Unit(benchmark::kMillisecond);

/// What a reading costs whoever reads; to be held against find_person, and against a request (bench.cpp).
void record_reading(benchmark::State& state) {
    instance().reads().alarm_above(state.range(0));
    const Instant now = instance().clock().now();
    for (auto _ : state) {
        const auto recorded = instance().reads().record({.at = now,
                                                         .action = "tenant.viewed",
                                                         .account = 1,
                                                         .address = "192.0.2.7",
                                                         .resource = 1,
                                                         .version = 1,
                                                         .person = 1});
        benchmark::DoNotOptimize(recorded.ok());
    }
}
BENCHMARK(record_reading)->ArgName("alarm_above")->Arg(0)->Arg(300)->Iterations(50'000);

}  // namespace

}  // namespace tenantry::bench

BENCHMARK_MAIN();
