#include "audit/read_log.hpp"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "db/sqlite/sqlite.hpp"
#include "tests/support/memory_register.hpp"

namespace tenantry::audit {
namespace {

constexpr db::Sql kCount{"test/count", "SELECT count(*) FROM audit_event", ""};
constexpr db::Sql kBreak{
    "test/break",
    "CREATE TRIGGER broken BEFORE INSERT ON audit_event BEGIN SELECT RAISE(ABORT, 'broken'); END", ""};
constexpr db::Sql kMend{"test/mend", "DROP TRIGGER broken", ""};

/// Keeps the writer busy until it is let go.
class Holding final : public db::WriteJob {
  public:
    explicit Holding(std::promise<void>& started, std::future<void> until)
        : started_(started), until_(std::move(until)) {}
    Result<void> run(db::Transaction& /*tx*/) override {
        started_.set_value();
        until_.wait();
        return {};
    }
    void finished(Result<void> /*outcome*/) noexcept override {}

  private:
    std::promise<void>& started_;
    std::future<void> until_;
};

class ReadLogTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::create_sqlite(file(), clock_).ok());
        open({});
    }
    void open(db::WriterOptions options) {
        database_.reset();
        database_ = db::open_sqlite(file(), clock_, options).value();
        log_.emplace(*database_, keys_.ring);
    }
    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "register.db"; }

    [[nodiscard]] Result<void> record(std::int64_t person = 1) {
        return log_->record({.at = clock_.now(), .action = "tenant.viewed", .account = 1, .person = person});
    }
    void run(const db::Sql& sql) {
        ASSERT_TRUE(database_
                        ->write_and_wait([&](db::Transaction& tx) -> Result<void> {
                            TRY(tx.execute(sql));
                            return {};
                        })
                        .ok());
    }
    /// A write of its own comes after the flush that was queued before it, in the same commit.
    [[nodiscard]] std::int64_t stored() {
        return database_
            ->write_and_wait([](db::Transaction& tx) -> Result<std::int64_t> {
                std::int64_t count = 0;
                TRY(tx.find(kCount, std::tie(count)));
                return count;
            })
            .value();
    }
    [[nodiscard]] bool journal_holds() {
        const auto verdict =
            database_->write_and_wait([&](db::Transaction& tx) { return verify_journal(tx, keys_.ring); });
        return verdict.ok() && !verdict->first_broken;
    }
    /// Returns when the writer can do nothing else.
    void hold_writer() {
        let_go_ = {};
        std::promise<void> started;
        database_->write(std::make_unique<Holding>(started, let_go_.get_future()), db::Urgency::Now);
        started.get_future().wait();
    }

    test::TemporaryFolder folder_;
    test::SetClock clock_;
    test::TestKeys keys_;
    std::promise<void> let_go_;
    std::optional<ReadLog> log_;
    std::unique_ptr<db::Database> database_;
};

TEST_F(ReadLogTest, stores_what_was_recorded_with_the_next_commit) {
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(record(i).ok());
    }
    EXPECT_EQ(stored(), 5);
    EXPECT_TRUE(journal_holds());
}

TEST_F(ReadLogTest, stores_without_another_write_as_well) {
    ASSERT_TRUE(record().ok());
    const auto reader = database_->open_reader().value();
    std::int64_t count = 0;
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (count == 0 && std::chrono::steady_clock::now() < until) {
        ASSERT_TRUE(reader->begin().ok());
        ASSERT_TRUE(reader->find(kCount, std::tie(count)).ok());
        reader->end();
        std::this_thread::yield();
    }
    EXPECT_EQ(count, 1);
}

TEST_F(ReadLogTest, closing_the_database_stores_what_waits) {
    ASSERT_TRUE(record().ok());
    open({});
    EXPECT_EQ(stored(), 1);
}

TEST_F(ReadLogTest, many_threads_lose_nothing) {
    std::vector<std::thread> threads;
    std::atomic<int> refused = 0;
    threads.reserve(4);
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&] {
            for (int i = 0; i < 500; ++i) {
                refused += record(i).ok() ? 0 : 1;
            }
        });
    }
    for (int i = 0; i < 20; ++i) {
        EXPECT_LE(stored(), 2'000);
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(refused, 0);
    EXPECT_EQ(stored(), 2'000);
    EXPECT_TRUE(journal_holds());
}

constexpr db::Sql kAlarms{
    "test/alarms", "SELECT count(*) FROM audit_event WHERE action = 'alarm.bulk_read' AND account_id = 1",
    ""};

TEST_F(ReadLogTest, an_account_that_reads_many_records_is_journaled_once_and_counted) {
    const auto alarms = [this] {
        return database_
            ->write_and_wait([](db::Transaction& tx) -> Result<std::int64_t> {
                std::int64_t count = 0;
                TRY(tx.find(kAlarms, std::tie(count)));
                return count;
            })
            .value();
    };
    log_->alarm_above(10);
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(record(i).ok());
    }
    EXPECT_EQ(alarms(), 0);
    EXPECT_EQ(log_->bulk_read_alarms(), 0);
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(record(i).ok());
    }
    EXPECT_EQ(alarms(), 1);
    EXPECT_EQ(log_->bulk_read_alarms(), 1);
    ASSERT_TRUE(
        log_->record({.at = clock_.now(), .action = "tenant.listed", .people = std::vector<std::int64_t>(50)})
            .ok());
    EXPECT_EQ(alarms(), 1) << "nobody's account read these";
    EXPECT_TRUE(journal_holds());
}

TEST_F(ReadLogTest, refuses_while_the_journal_cannot_be_written_and_recovers_with_nothing_lost) {
    run(kBreak);
    ASSERT_TRUE(record(1).ok());
    ASSERT_EQ(stored(), 0);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(record(2).error().code, Code::Unavailable);
        EXPECT_EQ(stored(), 0);
    }
    run(kMend);
    EXPECT_EQ(record(3).error().code, Code::Unavailable);  // but it tries again
    EXPECT_EQ(stored(), 1);
    EXPECT_TRUE(record(4).ok());
    EXPECT_EQ(stored(), 2);
    EXPECT_TRUE(journal_holds());
}

TEST_F(ReadLogTest, refuses_when_too_many_wait) {
    hold_writer();
    for (std::size_t i = 0; i < ReadLog::kLimit; ++i) {
        ASSERT_TRUE(record().ok());
    }
    EXPECT_EQ(record().error().code, Code::Unavailable);
    let_go_.set_value();
    EXPECT_EQ(stored(), static_cast<std::int64_t>(ReadLog::kLimit));
    EXPECT_TRUE(record().ok());
}

TEST_F(ReadLogTest, a_writer_whose_queue_is_full_stops_reading_until_it_has_room) {
    open({.queue_limit = 1});
    hold_writer();
    std::promise<void> started;
    std::promise<void> at_once;
    at_once.set_value();
    database_->write(std::make_unique<Holding>(started, at_once.get_future()), db::Urgency::Now);
    ASSERT_TRUE(record(1).ok());
    EXPECT_EQ(record(2).error().code, Code::Unavailable);
    let_go_.set_value();
    started.get_future().wait();
    while (!record(3).ok()) {
        std::this_thread::yield();
    }
    open({});
    EXPECT_EQ(stored(), 2);
    EXPECT_TRUE(journal_holds());
}

}  // namespace
}  // namespace tenantry::audit
