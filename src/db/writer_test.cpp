#include "db/writer.hpp"

#include <fmt/format.h>

#include "db/sqlite/test_register.hpp"

namespace tenantry::db {
namespace {

using test::count;
using test::has;
using test::Job;
using test::put;
using Clocks = std::chrono::steady_clock;

class WriterTest : public test::OpenRegister {
  protected:
    /// The first commit into an empty log makes the log's header and name durable too.
    void warm_up() {
        constexpr Sql kOther{"test/other", "INSERT INTO code (list, code, label) VALUES ('other', '1', '')",
                             ""};
        ASSERT_TRUE(database_->write_and_wait([&](Transaction& tx) { return tx.execute(kOther); }).ok());
    }
    /// Keeps the writer busy until release(), so that what is written meanwhile is one group.
    void block() {
        warm_up();
        std::promise<void> started;
        blocked_ = Job::write(*database_, [&started, gate = gate_.get_future().share()](Transaction&) {
            started.set_value();
            gate.wait();
            return Result<void>{};
        });
        started.get_future().wait();
    }
    void release() {
        gate_.set_value();
        EXPECT_TRUE(blocked_.get().ok());
        gate_ = {};
    }

    std::vector<std::future<Result<void>>> write_twenty() {
        std::vector<std::future<Result<void>>> outcomes(20);
        for (auto& outcome : outcomes) {
            outcome = Job::write(*database_, put(fmt::format("{}", &outcome - outcomes.data())));
        }
        return outcomes;
    }

    std::promise<void> gate_;
    std::future<Result<void>> blocked_;
};

Result<void> refuse(Transaction&) {
    return Error{Code::Invalid, "refused"};
}

TEST_F(WriterTest, waiting_writes_share_one_commit) {
    block();
    auto outcomes = write_twenty();
    const int before = test::disk::syncs;
    release();
    for (auto& outcome : outcomes) {
        EXPECT_TRUE(outcome.get().ok());
    }
    EXPECT_EQ(test::disk::syncs - before, 1);
    EXPECT_EQ(read(count), 20);
}

TEST_F(WriterTest, a_group_is_no_larger_than_its_limit) {
    open({.group_limit = 5});
    block();
    auto outcomes = write_twenty();
    const int before = test::disk::syncs;
    release();
    for (auto& outcome : outcomes) {
        EXPECT_TRUE(outcome.get().ok());
    }
    EXPECT_EQ(test::disk::syncs - before, 4);
}

TEST_F(WriterTest, a_failing_write_in_a_group_leaves_its_neighbours) {
    block();
    auto first = Job::write(*database_, put("first"));
    auto failing = Job::write(*database_, [](Transaction& tx) -> Result<void> {
        TRY(put("half done")(tx));
        return refuse(tx);
    });
    auto conflicting = Job::write(*database_, put("first"));
    auto throwing = Job::write(*database_, [](Transaction& tx) -> Result<void> {
        TRY(put("thrown")(tx));
        throw std::runtime_error{"a library"};
    });
    auto last = Job::write(*database_, put("last"));
    release();
    EXPECT_TRUE(first.get().ok());
    EXPECT_EQ(failing.get().error().code, Code::Invalid);
    EXPECT_EQ(conflicting.get().error().code, Code::Conflict);
    EXPECT_EQ(throwing.get().error().code, Code::Internal);
    EXPECT_TRUE(last.get().ok());
    EXPECT_EQ(read(count), 2);
    EXPECT_TRUE(read([](Transaction& tx) { return has(tx, "first") && has(tx, "last"); }));
}

TEST_F(WriterTest, a_commit_that_fails_fails_every_write_of_its_group) {
    constexpr Sql kTable{"test/table",
                         "CREATE TABLE later (id INTEGER REFERENCES property (id) "
                         "DEFERRABLE INITIALLY DEFERRED) STRICT",
                         ""};
    constexpr Sql kDangle{"test/dangle", "INSERT INTO later VALUES (404)", ""};
    ASSERT_TRUE(database_->write_and_wait([&](Transaction& tx) { return tx.execute(kTable); }).ok());
    block();
    auto first = Job::write(*database_, put("first"));
    // The reference is checked by COMMIT, which then refuses the whole group.
    auto dangling = Job::write(*database_, [&](Transaction& tx) -> Result<void> {
        TRY(tx.execute(kDangle));
        return {};
    });
    auto last = Job::write(*database_, put("last"));
    release();
    EXPECT_FALSE(first.get().ok());
    EXPECT_FALSE(dangling.get().ok());
    EXPECT_FALSE(last.get().ok());
    EXPECT_EQ(read(count), 0);
    EXPECT_TRUE(Job::write(*database_, put("after")).get().ok());
    EXPECT_EQ(read(count), 1);
}

TEST_F(WriterTest, every_write_that_many_threads_were_promised_is_there_after_a_restart) {
    constexpr int kThreads = 16;
    constexpr int kEach = 50;
    std::vector<std::thread> threads;
    threads.reserve(kThreads);
    std::atomic<int> acknowledged = 0;
    const int before = test::disk::syncs;
    for (int t = 0; t < kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kEach; ++i) {
                const std::string code = fmt::format("{}-{}", t, i);
                const auto stored = database_->write_and_wait(put(code));
                acknowledged += stored.ok() ? 1 : 0;
                const auto refused = database_->write_and_wait(put(code));
                EXPECT_EQ(refused.error().code, Code::Conflict);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    EXPECT_EQ(acknowledged, kThreads * kEach);
    EXPECT_LT(test::disk::syncs - before, kThreads * kEach);
    open();
    EXPECT_EQ(read(count), kThreads * kEach);
    EXPECT_TRUE(database_->check_integrity().ok());
}

TEST_F(WriterTest, readers_and_writers_work_side_by_side) {
    std::atomic<bool> done = false;
    std::array<std::thread, 3> readers;
    for (auto& reader : readers) {
        reader = std::thread([&] {
            auto own = database_->open_reader();
            ASSERT_TRUE(own.ok());
            std::int64_t seen = 0;
            while (!done) {
                ASSERT_TRUE((*own)->begin().ok());
                const auto now = count(**own);
                EXPECT_EQ(count(**own), now);
                EXPECT_GE(now, seen);
                seen = now;
                (*own)->end();
            }
        });
    }
    for (int i = 0; i < 300; ++i) {
        ASSERT_TRUE(database_->write_and_wait(put(fmt::format("{}", i))).ok());
    }
    done = true;
    for (auto& thread : readers) {
        thread.join();
    }
    EXPECT_EQ(read(count), 300);
}

TEST_F(WriterTest, a_full_queue_answers_unavailable_at_once) {
    open({.queue_limit = 2});
    block();
    auto first = Job::write(*database_, put("first"));
    auto second = Job::write(*database_, put("second"), Urgency::MayWait);
    auto refused = Job::write(*database_, put("third"));
    ASSERT_EQ(refused.wait_for(std::chrono::seconds{0}), std::future_status::ready);
    EXPECT_EQ(refused.get().error().code, Code::Unavailable);
    EXPECT_EQ(database_->writer_figures()->waiting, 2U);
    EXPECT_EQ(database_->writer_figures()->waiting_most, 2U);
    EXPECT_EQ(database_->writer_figures()->refused, 1U);
    release();
    EXPECT_TRUE(first.get().ok());
    EXPECT_TRUE(second.get().ok());
    EXPECT_EQ(read(count), 2);
    EXPECT_EQ(database_->writer_figures()->waiting, 0U);
}

TEST_F(WriterTest, figures_tell_of_groups_and_of_the_writes_in_them) {
    block();
    const auto before = database_->writer_figures().value();
    auto first = Job::write(*database_, put("first"));
    auto second = Job::write(*database_, put("second"));
    release();
    EXPECT_TRUE(first.get().ok());
    EXPECT_TRUE(second.get().ok());
    const auto after = database_->writer_figures().value();
    // The one that kept the writer was a group of its own.
    EXPECT_EQ(after.groups - before.groups, 2U);
    EXPECT_EQ(after.writes - before.writes, 3U);
    EXPECT_EQ(after.failed, before.failed);
    EXPECT_GT(after.commits.in_all, before.commits.in_all);
    EXPECT_GT(after.log_pages, 0U);
    EXPECT_FALSE(after.disk_failed);
}

TEST_F(WriterTest, a_write_that_may_wait_starts_its_own_group_in_the_end) {
    const auto begun = Clocks::now();
    auto outcome = Job::write(*database_, put("patient"), Urgency::MayWait);
    EXPECT_TRUE(outcome.get().ok());
    const auto waited = Clocks::now() - begun;
    EXPECT_GE(waited, Database::kMayWait);
    EXPECT_LT(waited, 20 * Database::kMayWait);
}

TEST_F(WriterTest, a_write_that_may_wait_rides_with_the_next_group) {
    warm_up();
    const int before = test::disk::syncs;
    auto patient = Job::write(*database_, put("patient"), Urgency::MayWait);
    auto urgent = Job::write(*database_, put("urgent"));
    EXPECT_TRUE(urgent.get().ok());
    EXPECT_TRUE(patient.get().ok());
    EXPECT_EQ(test::disk::syncs - before, 1);
}

TEST_F(WriterTest, closing_finishes_what_waits_and_empties_the_log) {
    auto patient = Job::write(*database_, put("patient"), Urgency::MayWait);
    auto urgent = Job::write(*database_, put("urgent"));
    reader_.reset();
    database_.reset();
    EXPECT_TRUE(patient.get().ok());
    EXPECT_TRUE(urgent.get().ok());
    EXPECT_EQ(std::filesystem::file_size(folder_.file().native() + "-wal"), 0U);
    open();
    EXPECT_EQ(read(count), 2);
}

/// About 400 pages of the log.
Job::Work put_much(int i) {
    return [i](Transaction& tx) -> Result<void> {
        TRY(tx.execute(test::kPut, fmt::format("{}", i), std::string(1'600'000, 'x')));
        return {};
    };
}

TEST_F(WriterTest, the_log_stays_bounded_under_constant_writing) {
    const auto log = folder_.file().native() + "-wal";
    for (int i = 0; i < 40; ++i) {
        ASSERT_TRUE(database_->write_and_wait(put_much(i)).ok());
        EXPECT_LT(std::filesystem::file_size(log), 24U * 1024 * 1024);
    }
}

TEST_F(WriterTest, a_log_that_a_reader_holds_is_emptied_after_it_ends) {
    const auto log = folder_.file().native() + "-wal";
    ASSERT_TRUE(reader_->begin().ok());
    EXPECT_EQ(count(*reader_), 0);
    for (int i = 0; i < 45; ++i) {
        ASSERT_TRUE(database_->write_and_wait(put_much(i)).ok());
    }
    EXPECT_GT(std::filesystem::file_size(log), 64U * 1024 * 1024);
    EXPECT_EQ(count(*reader_), 0);
    reader_->end();
    for (int i = 45; i < 60; ++i) {
        ASSERT_TRUE(database_->write_and_wait(put_much(i)).ok());
    }
    reader_.reset();
    EXPECT_EQ(database_->write_and_wait(put("last")).ok(), true);
    EXPECT_LT(std::filesystem::file_size(log), 24U * 1024 * 1024);
}

TEST_F(WriterTest, the_log_is_emptied_when_asked_however_long_somebody_reads) {
    const auto log = folder_.file().native() + "-wal";
    ASSERT_TRUE(database_->write_and_wait(put("1")).ok());
    ASSERT_GT(std::filesystem::file_size(log), 0);
    // A reader whose snapshot lies in the log keeps it from being emptied, until it ends.
    ASSERT_TRUE(reader_->begin().ok());
    EXPECT_TRUE(has(*reader_, "1"));
    ASSERT_TRUE(database_->write_and_wait(put("2")).ok());
    auto emptied = std::async(std::launch::async, [this] { return database_->empty_log(); });
    EXPECT_EQ(emptied.wait_for(std::chrono::milliseconds{300}), std::future_status::timeout);
    reader_->end();
    EXPECT_TRUE(emptied.get().ok());
    EXPECT_EQ(std::filesystem::file_size(log), 0);
    EXPECT_TRUE(read([](Transaction& tx) { return has(tx, "1") && has(tx, "2"); }));
    EXPECT_TRUE(database_->empty_log().ok()) << "an empty one, too";
}

/// A code that each write of a group would change, stored once.
class LeftCode final : public LeftToEnd {
  public:
    LeftCode(std::string code, bool fails) : code_(std::move(code)), fails_(fails) {}
    [[nodiscard]] const std::string& code() const { return code_; }
    Result<void> store(Transaction& tx) const override {
        TRY(put(code_)(tx));
        return fails_ ? refuse(tx) : Result<void>{};
    }

  private:
    const std::string code_;
    const bool fails_;
};
constexpr std::string_view kCode = "code";
std::string left_in(const Transaction& tx) {
    const auto* left = tx.left_to_end<LeftCode>(kCode);
    return left != nullptr ? left->code() : "";
}
/// A write that adds a letter to what is left to the end.
Job::Work leave(char letter, Result<void> outcome = {}) {
    return [letter, outcome](Transaction& tx) {
        EXPECT_TRUE(tx.has_end());
        tx.leave_to_end(kCode, std::make_shared<LeftCode>(left_in(tx) + letter, false));
        return outcome;
    };
}

TEST_F(WriterTest, what_is_left_to_the_end_is_stored_once_without_what_was_taken_back) {
    block();
    std::vector<std::future<Result<void>>> outcomes;
    outcomes.push_back(Job::write(*database_, leave('x', Error{Code::Invalid, "refused"})));
    outcomes.push_back(Job::write(*database_, leave('a')));
    outcomes.push_back(Job::write(*database_, leave('y', Error{Code::Invalid, "refused"})));
    outcomes.push_back(Job::write(*database_, leave('b')));
    outcomes.push_back(Job::write(*database_, put("beside")));
    release();
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        EXPECT_EQ(outcomes[i].get().ok(), i != 0 && i != 2);
    }
    EXPECT_EQ(read(count), 2);
    EXPECT_TRUE(read([](Transaction& tx) { return has(tx, "ab") && has(tx, "beside"); }));
    ASSERT_TRUE(Job::write(*database_, leave('c')).get().ok());
    EXPECT_TRUE(read([](Transaction& tx) { return has(tx, "c"); })) << "another group begins with nothing";
    EXPECT_FALSE(read([](Transaction& tx) { return tx.has_end(); }));
}

TEST_F(WriterTest, what_is_left_to_the_end_and_cannot_be_stored_fails_the_group_and_no_other) {
    block();
    auto beside = Job::write(*database_, put("beside"));
    auto leaving = Job::write(*database_, [](Transaction& tx) {
        tx.leave_to_end(kCode, std::make_shared<LeftCode>("half done", true));
        return Result<void>{};
    });
    release();
    EXPECT_EQ(beside.get().error().code, Code::Invalid);
    EXPECT_EQ(leaving.get().error().code, Code::Invalid);
    EXPECT_EQ(read(count), 0);
    EXPECT_TRUE(Job::write(*database_, put("next")).get().ok());
    EXPECT_EQ(read(count), 1);
}

}  // namespace
}  // namespace tenantry::db
