#include "api/pool.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <map>

#include "db/sqlite/sqlite.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::api {
namespace {

constexpr db::Sql kForEver{
    "test/for_ever", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    ""};
constexpr db::Sql kFiveThousand{
    "test/five_thousand",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT max(i) FROM n",
    ""};

/// A task that is a function.
template <class Do>
class Doing final : public Pool::Task {
  public:
    Doing(Do todo, std::atomic<int>& refused) : todo_(std::move(todo)), refused_(refused) {}
    void run(Reading& own) override { todo_(*own.reader); }
    void refuse(const Error& error) override {
        EXPECT_EQ(error.code, Code::Unavailable);
        ++refused_;
    }

  private:
    Do todo_;
    std::atomic<int>& refused_;
};

class PoolTest : public testing::Test {
  protected:
    PoolTest() {
        const auto file = folder_.path() / "register.db";
        EXPECT_TRUE(db::create_sqlite(file, clock_).ok());
        database_ = db::open_sqlite(file, clock_).value();
    }

    std::unique_ptr<Pool> make_pool(std::size_t queue = 2, std::chrono::milliseconds wait = Pool::kAnyTime) {
        return Pool::create(*database_, {1, queue, wait}, [this](auto /*held*/) { ++snapshots_; }).value();
    }

    template <class Do>
    void run(Pool& pool, Do todo) {
        pool.run(std::make_unique<Doing<Do>>(std::move(todo), refused_));
    }

    /// Keeps the pool's thread until the promise is kept.
    std::promise<void> occupy(Pool& pool) {
        std::promise<void> running;
        std::promise<void> go_on;
        run(pool, [&running, goes_on = go_on.get_future().share()](db::Reader& /*reader*/) {
            running.set_value();
            goes_on.wait();
        });
        running.get_future().wait();
        return go_on;
    }

    static Result<std::int64_t> ask(db::Reader& reader, const db::Sql& sql) {
        std::int64_t number = 0;
        const auto found = reader.find(sql, std::tie(number));
        return found.ok() ? Result<std::int64_t>{number} : found.error();
    }

    test::TemporaryFolder folder_;
    SystemClock clock_;
    std::unique_ptr<db::Database> database_;
    std::atomic<int> refused_ = 0;
    std::atomic<int> snapshots_ = 0;
};

TEST_F(PoolTest, who_does_not_fit_in_is_told_and_counted) {
    const auto pool = make_pool();
    std::promise<void> go_on = occupy(*pool);
    std::atomic<int> ran = 0;
    const auto count = [&](db::Reader& /*reader*/) { ++ran; };
    run(*pool, count);
    run(*pool, count);
    EXPECT_EQ(refused_, 0);
    run(*pool, count);
    EXPECT_EQ(refused_, 1);
    EXPECT_EQ(pool->figures().waiting, 2U);
    EXPECT_EQ(pool->figures().refused, 1U);
    go_on.set_value();
    while (ran < 2) {
        std::this_thread::yield();
    }
    EXPECT_EQ(pool->figures().waiting, 0U);
}

/// The database keeps what it knows of a connection: those that are seldom used cost it more.
TEST_F(PoolTest, who_rested_last_is_asked_first) {
    constexpr int kTasks = 40;
    const auto pool = Pool::create(*database_, {8, kTasks, Pool::kAnyTime}, [this](auto /*held*/) {
                          ++snapshots_;
                      }).value();
    std::map<db::Reader*, int> asked;
    for (int i = 0; i < kTasks; ++i) {
        std::promise<void> ran;
        run(*pool, [&](db::Reader& reader) {
            ++asked[&reader];
            ran.set_value();
        });
        ran.get_future().wait();
        std::this_thread::sleep_for(std::chrono::milliseconds{2});  // most times enough to come to rest
    }
    const auto most = std::ranges::max_element(asked, {}, [](const auto& one) { return one.second; });
    EXPECT_GT(most->second, kTasks / 4) << "each in turn has five";
}

TEST_F(PoolTest, who_waited_too_long_for_a_thread_is_told_and_the_next_is_not) {
    constexpr std::chrono::milliseconds kWait{50};
    const auto pool = make_pool(10, kWait);
    std::promise<void> running;
    run(*pool, [&](db::Reader& /*reader*/) {
        running.set_value();
        std::this_thread::sleep_for(2 * kWait);
    });
    running.get_future().wait();
    for (int i = 0; i < 3; ++i) {
        run(*pool, [](db::Reader& /*reader*/) { ADD_FAILURE(); });
    }
    while (refused_ < 3) {
        std::this_thread::yield();
    }
    std::promise<void> ran;
    run(*pool, [&](db::Reader& /*reader*/) { ran.set_value(); });
    ran.get_future().wait();
    EXPECT_EQ(refused_, 3);
}

/// Asks what it said before that it would.
class Asking final : public Pool::Task {
  public:
    struct Seen {
        std::vector<std::string> events;
        std::promise<void> all;
    };
    Asking(int number, bool looks_ahead, Seen& seen)
        : number_(number), looks_ahead_(looks_ahead), seen_(seen) {}
    void run(Reading& own) override {
        EXPECT_TRUE(own.reader->in_snapshot());
        note("run");
        if (number_ == 0) {
            seen_.all.set_value();
        }
    }
    void refuse(const Error& /*error*/) override { note("refuse"); }
    [[nodiscard]] bool looks_ahead() const override { return looks_ahead_; }
    Result<void> look_ahead(db::Reader& reader) override {
        EXPECT_TRUE(reader.in_snapshot());
        note("look");
        return number_ == 9 ? Result<void>{Error{Code::Internal, "cannot"}} : Result<void>{};
    }

  private:
    void note(const char* what) { seen_.events.push_back(fmt::format("{} {}", what, number_)); }

    int number_;
    bool looks_ahead_;
    Seen& seen_;
};

TEST_F(PoolTest, those_that_look_ahead_share_a_snapshot) {
    const auto pool = make_pool(10);
    std::promise<void> go_on = occupy(*pool);
    Asking::Seen seen;
    for (const auto& [number, looks_ahead] :
         {std::pair{1, true}, {2, true}, {3, false}, {4, false}, {5, true}, {0, false}}) {
        pool->run(std::make_unique<Asking>(number, looks_ahead, seen));
    }
    go_on.set_value();
    seen.all.get_future().wait();
    pool->stop();
    const std::vector<std::string> expected{"look 1", "look 2", "look 5", "run 1", "run 2",  "run 5",
                                            "look 3", "run 3",  "look 4", "run 4", "look 0", "run 0"};
    EXPECT_EQ(seen.events, expected);
    EXPECT_EQ(snapshots_, 5) << "one for each that goes alone, and for all that go together";
}

TEST_F(PoolTest, those_that_share_a_snapshot_with_one_that_fails_are_refused) {
    const auto pool = make_pool(10);
    std::promise<void> go_on = occupy(*pool);
    Asking::Seen seen;
    for (const auto& [number, looks_ahead] : {std::pair{5, true}, {9, true}, {0, false}}) {
        pool->run(std::make_unique<Asking>(number, looks_ahead, seen));
    }
    go_on.set_value();
    seen.all.get_future().wait();
    pool->stop();
    const std::vector<std::string> expected{"look 5", "look 9", "refuse 5", "refuse 9", "look 0", "run 0"};
    EXPECT_EQ(seen.events, expected);
}

TEST_F(PoolTest, a_stop_ends_what_would_run_for_ever_and_drops_what_waits) {
    const auto pool = make_pool();
    std::promise<void> running;
    std::promise<Result<std::int64_t>> answer;
    run(*pool, [&](db::Reader& reader) {
        running.set_value();
        answer.set_value(ask(reader, kForEver));
    });
    running.get_future().wait();
    auto waits = std::make_shared<int>(0);
    const std::weak_ptr<int> held = waits;
    run(*pool, [waits = std::move(waits)](db::Reader& /*reader*/) { ADD_FAILURE(); });
    const auto began = std::chrono::steady_clock::now();
    pool->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{5});
    EXPECT_EQ(answer.get_future().get().error().code, Code::Unavailable);
    EXPECT_TRUE(held.expired()) << "what it holds is let go";
    run(*pool, [](db::Reader& /*reader*/) { ADD_FAILURE(); });
    EXPECT_EQ(refused_, 1);
}

TEST_F(PoolTest, a_reader_that_is_interrupted_at_any_time_goes_on_with_the_next_statement) {
    const auto reader = database_->open_reader().value();
    std::atomic<bool> done = false;
    std::thread interrupts{[&] {
        while (!done) {
            reader->interrupt();
        }
    }};
    constexpr int kRounds = 1000;
    int answered = 0;
    const auto ask_in_snapshot = [&]() -> Result<std::int64_t> {
        TRY(reader->begin());
        const auto asked = ask(*reader, kFiveThousand);
        reader->end();
        return asked;
    };
    for (int i = 0; i < kRounds; ++i) {
        const auto asked = ask_in_snapshot();
        ASSERT_TRUE(asked.ok() || asked.error().code == Code::Unavailable);
        answered += asked.ok() ? 1 : 0;
    }
    done = true;
    interrupts.join();
    EXPECT_EQ(ask_in_snapshot().value(), 5000);
    EXPECT_LT(answered, kRounds) << "some were interrupted";
}

}  // namespace
}  // namespace tenantry::api
