#include "api/pool.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

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

class PoolTest : public testing::Test {
  protected:
    PoolTest() {
        const auto file = folder_.path() / "register.db";
        EXPECT_TRUE(db::create_sqlite(file, clock_).ok());
        database_ = db::open_sqlite(file, clock_).value();
    }

    static Result<std::int64_t> ask(db::Reader& reader, const db::Sql& sql) {
        TRY(reader.begin());
        std::int64_t number = 0;
        const auto found = reader.find(sql, std::tie(number));
        reader.end();
        return found.ok() ? Result<std::int64_t>{number} : found.error();
    }

    test::TemporaryFolder folder_;
    SystemClock clock_;
    std::unique_ptr<db::Database> database_;
};

TEST_F(PoolTest, who_does_not_fit_in_is_told_and_counted) {
    const auto pool = Pool::create(*database_, 1, 2).value();
    std::promise<void> running;
    std::promise<void> go_on;
    ASSERT_TRUE(pool->run([&, goes_on = go_on.get_future().share()](db::Reader& /*reader*/) {
                        running.set_value();
                        goes_on.wait();
                    })
                    .ok());
    running.get_future().wait();
    std::atomic<int> ran = 0;
    const auto count = [&](db::Reader& /*reader*/) { ++ran; };
    EXPECT_TRUE(pool->run(count).ok());
    EXPECT_TRUE(pool->run(count).ok());
    EXPECT_EQ(pool->run(count).error().code, Code::Unavailable);
    EXPECT_EQ(pool->figures().waiting, 2U);
    EXPECT_EQ(pool->figures().refused, 1U);
    go_on.set_value();
    while (ran < 2) {
        std::this_thread::yield();
    }
    EXPECT_EQ(pool->figures().waiting, 0U);
}

TEST_F(PoolTest, a_stop_ends_what_would_run_for_ever_and_drops_what_waits) {
    const auto pool = Pool::create(*database_, 1, 2).value();
    std::promise<void> running;
    std::promise<Result<std::int64_t>> answer;
    ASSERT_TRUE(pool->run([&](db::Reader& reader) {
                        running.set_value();
                        answer.set_value(ask(reader, kForEver));
                    })
                    .ok());
    running.get_future().wait();
    auto waits = std::make_shared<int>(0);
    const std::weak_ptr<int> held = waits;
    ASSERT_TRUE(pool->run([waits = std::move(waits)](db::Reader& /*reader*/) { ADD_FAILURE(); }).ok());
    const auto began = std::chrono::steady_clock::now();
    pool->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds{5});
    EXPECT_EQ(answer.get_future().get().error().code, Code::Unavailable);
    EXPECT_TRUE(held.expired()) << "what it holds is let go";
    EXPECT_EQ(pool->run([](db::Reader& /*reader*/) { ADD_FAILURE(); }).error().code, Code::Unavailable);
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
    for (int i = 0; i < kRounds; ++i) {
        const auto asked = ask(*reader, kFiveThousand);
        ASSERT_TRUE(asked.ok() || asked.error().code == Code::Unavailable);
        answered += asked.ok() ? 1 : 0;
    }
    done = true;
    interrupts.join();
    EXPECT_EQ(ask(*reader, kFiveThousand).value(), 5000);
    EXPECT_LT(answered, kRounds) << "some were interrupted";
}

}  // namespace
}  // namespace tenantry::api
