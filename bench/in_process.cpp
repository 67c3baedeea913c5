#include "bench/in_process.hpp"

#include <fstream>
#include <thread>
#include <vector>

#include "access/csrf.hpp"
#include "api/propops/reply.hpp"
#include "api/propops/tenant_record.hpp"
#include "bench/dataset.hpp"
#include "db/sqlite/connection.hpp"

namespace tenantry::bench {

namespace {

using Steady = std::chrono::steady_clock;

constexpr int kReadingsPerTurn = 16;
constexpr std::uint64_t kCreatesPerCommit = 64;
constexpr int kLogPagesMax = 4000;
constexpr std::int64_t kAccount = 1;
constexpr db::Sql kInsertRow{"bench/insert_row", "INSERT INTO row (text) VALUES ($1)", ""};

/// Counts what step() returns, and how long each took, until the time is over.
template <class Step>
Result<Outcome> repeat(std::chrono::nanoseconds time, Step step) {
    Outcome outcome;
    const auto begun = Steady::now();
    auto now = begun;
    while (now < begun + time) {
        outcome.done += TRY(step());
        const auto after = Steady::now();
        outcome.latency.add(after - now);
        now = after;
    }
    outcome.per_second =
        static_cast<double>(outcome.done) / std::chrono::duration<double>(now - begun).count();
    return outcome;
}

audit::Work reading(const Ground& ground, db::Reader& reader) {
    return {reader,
            ground.instance.keys(),
            {kAccount, "127.0.0.1"},
            ground.instance.clock().now(),
            &ground.instance.reads()};
}

Result<Outcome> get_people(const Ground& ground, std::uint64_t seed) {
    const auto reader = TRY(ground.instance.database().open_reader());
    Random random{seed};
    return repeat(ground.time, [&]() -> Result<std::uint64_t> {
        TRY(reader->begin());
        auto work = reading(ground, *reader);
        std::uint64_t done = 0;
        for (int i = 0; i < kReadingsPerTurn; ++i) {
            const auto answer = answer_get(work, uuid_of(random.below(ground.people)));
            // The journal takes no more for the moment: a server's client would be told so.
            done += answer.ok() ? 1U : 0U;
            if (!answer.ok() && answer.error().code != Code::Unavailable) {
                reader->end();
                return answer.error();
            }
        }
        reader->end();
        return done;
    });
}

/// A session as the spending of its tokens sees it.
access::Caller caller_of(const crypto::KeyRing& keys, const std::string& token, Instant now) {
    access::Caller caller;
    caller.token_hash = access::token_hash(keys, token);
    caller.expires_at = now + access::kCsrfLifetime;
    return caller;
}

}  // namespace

Result<std::string> answer_get(audit::Work& work, const Uuid& uuid) {
    const auto person = TRY(housing::find_person(work, uuid, housing::Depth::Contact));
    return api::propops::record_reply([&](json::Writer& w) { api::propops::write_tenant(w, person); }).body;
}

Result<Outcome> run_gets(const Ground& ground, unsigned threads) {
    std::vector<Result<Outcome>> outcomes(threads, Result<Outcome>{Outcome{}});
    std::vector<std::thread> running;
    for (unsigned i = 0; i < threads; ++i) {
        running.emplace_back([&, i] { outcomes[i] = get_people(ground, i); });
    }
    for (auto& thread : running) {
        thread.join();
    }
    Outcome all;
    for (const auto& one : outcomes) {
        const Outcome outcome = TRY(one);
        all.per_second += outcome.per_second;
        all.done += outcome.done;
        all.latency.add(outcome.latency);
    }
    return all;
}

Result<Outcome> run_lists(const Ground& ground, std::int64_t limit) {
    const auto reader = TRY(ground.instance.database().open_reader());
    Random random{7};
    return repeat(ground.time, [&]() -> Result<std::uint64_t> {
        housing::PersonFilter filter;
        filter.search = draw_search(random, ground.people);
        filter.paging.limit = limit;
        TRY(reader->begin());
        auto work = reading(ground, *reader);
        const auto page = housing::list_people(work, ground.instance.names(), filter);
        reader->end();
        if (!page.ok()) {
            return page.error();
        }
        return std::uint64_t{1};
    });
}

Result<Outcome> run_creates(const Ground& ground, const std::string& token) {
    const auto& keys = ground.instance.keys();
    const auto now = ground.instance.clock().now();
    const auto caller = caller_of(keys, token, now);
    Random random{static_cast<std::uint64_t>(to_millis(now))};
    const auto homes = homes_of(ground.people);
    return repeat(ground.time, [&]() -> Result<std::uint64_t> {
        std::vector<std::string> tokens;
        for (std::uint64_t i = 0; i < kCreatesPerCommit; ++i) {
            tokens.push_back(access::issue_csrf_token(keys, caller, now));
        }
        return ground.instance.write([&](audit::Work& work) -> Result<std::uint64_t> {
            work.set_actor({kAccount, "127.0.0.1"});
            for (const auto& csrf : tokens) {
                TRY(access::spend_csrf_token(work.tx(), keys, caller, csrf, access::CsrfMode::SingleUse,
                                             now));
                TRY(housing::create_person(work, make_person(random.next(), homes)));
            }
            return kCreatesPerCommit;
        });
    });
}

Result<Outcome> run_commits(const std::filesystem::path& folder, std::chrono::nanoseconds time) {
    const auto file = folder / "commits.db";
    std::ofstream(file).close();
    const auto connection = TRY(db::Connection::open(file, db::Access::Write));
    TRY(connection->run_script("bench/make_table",
                               "CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT) STRICT"));
    const std::string text(200, 'x');
    auto outcome = repeat(time, [&]() -> Result<std::uint64_t> {
        const std::array<db::Param, 1> params{db::Param{text}};
        {
            db::Rows rows{*TRY(connection->prepare(kInsertRow, params))};
            TRY(rows.next());
        }
        if (connection->log_pages() > kLogPagesMax) {
            TRY(connection->checkpoint(db::Checkpoint::Truncate));
        }
        return std::uint64_t{1};
    });
    for (const char* suffix : {"", "-wal", "-shm"}) {
        std::filesystem::remove(file.native() + suffix);
    }
    return outcome;
}

}  // namespace tenantry::bench
