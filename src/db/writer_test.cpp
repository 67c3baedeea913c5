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

/// An engine on which one savepoint cannot be set, and whose commit then says that all is well: a transaction
/// in which a statement failed is rolled back by PostgreSQL's COMMIT, which is no error.
class WithoutSavepoint final : public GroupConnection {
  public:
    explicit WithoutSavepoint(const Clock& clock, int failing)
        : tx_(open_sqlite_in_memory(clock).value()), failing_(failing) {}

    Transaction& transaction() override { return *tx_; }
    Result<void> begin(const GroupKind& /*kind*/) override {
        in_transaction_ = true;
        return {};
    }
    Result<void> begin_jobs(Jobs /*jobs*/) override {
        return ++jobs_ == failing_ ? kFailure : Result<void>{};
    }
    Result<void> keep_jobs(Jobs next) override { return next.empty() ? Result<void>{} : begin_jobs(next); }
    Result<void> take_back_jobs() override { return kFailure; }
    Result<void> commit() override {
        in_transaction_ = false;
        return {};
    }
    void roll_back() noexcept override { in_transaction_ = false; }
    [[nodiscard]] bool in_transaction() const override { return in_transaction_; }
    [[nodiscard]] bool has_open_rows() const override { return false; }
    [[nodiscard]] Error last_failure() const override { return kFailure; }
    void tidy_up() override {}
    void close() noexcept override {}

  private:
    static constexpr Error kFailure{Code::Timeout, "the database took too long"};
    std::unique_ptr<Transaction> tx_;
    int failing_;
    int jobs_ = 0;
    bool in_transaction_ = false;
};

/// What one group of these jobs answers, each in its place.
std::vector<Result<void>> outcomes_of(std::unique_ptr<GroupConnection> connection,
                                      std::vector<std::unique_ptr<WriteJob>> jobs) {
    Writer writer{std::move(connection), {}};
    std::promise<void> gate;
    std::promise<void> started;
    writer.write(std::make_unique<Job>(
                     [&](Transaction&) {
                         started.set_value();
                         gate.get_future().wait();
                         return Result<void>{};
                     },
                     [](const Result<void>& is) { EXPECT_TRUE(is.ok()); }),
                 Urgency::Now);
    started.get_future().wait();
    std::vector<std::promise<Result<void>>> promises(jobs.size());
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        /// Says the outcome, too.
        class Heard final : public WriteJob {
          public:
            Heard(std::unique_ptr<WriteJob> job, std::promise<Result<void>>& outcome)
                : job_(std::move(job)), outcome_(outcome) {}
            Result<void> run(Transaction& tx) override { return job_->run(tx); }
            [[nodiscard]] bool only_adds() const override { return job_->only_adds(); }
            void finished(Result<void> outcome) noexcept override { outcome_.set_value(outcome); }

          private:
            std::unique_ptr<WriteJob> job_;
            std::promise<Result<void>>& outcome_;
        };
        writer.write(std::make_unique<Heard>(std::move(jobs[i]), promises[i]), Urgency::Now);
    }
    gate.set_value();
    std::vector<Result<void>> outcomes;
    outcomes.reserve(promises.size());
    for (auto& promise : promises) {
        outcomes.push_back(promise.get_future().get());
    }
    return outcomes;
}

TEST(WriterOfAnyEngine, a_savepoint_that_cannot_be_set_fails_its_whole_group) {
    const test::FixedClock clock;
    for (const int failing : {0, 3}) {
        std::vector<std::unique_ptr<WriteJob>> jobs;
        jobs.reserve(3);
        for (int i = 0; i < 3; ++i) {
            jobs.push_back(std::make_unique<Job>([](Transaction&) { return Result<void>{}; },
                                                 [](const Result<void>&) {}));
        }
        for (const auto& outcome :
             outcomes_of(std::make_unique<WithoutSavepoint>(clock, failing), std::move(jobs))) {
            EXPECT_EQ(outcome.ok(), failing == 0);
        }
    }
}

/// An engine that writes down what it is asked to do: letters are jobs, "(" begins some, ")" keeps them, "!"
/// takes them back and "~" one alone.
class Noting final : public GroupConnection {
  public:
    Noting(const Clock& clock, std::string& notes, std::string refused)
        : tx_(open_sqlite_in_memory(clock).value()), notes_(notes), refused_(std::move(refused)) {}

    Transaction& transaction() override { return *tx_; }
    Result<void> begin(const GroupKind& /*kind*/) override {
        in_transaction_ = true;
        return {};
    }
    [[nodiscard]] std::size_t most_jobs() const override { return 3; }
    Result<void> begin_jobs(Jobs /*jobs*/) override {
        notes_ += '(';
        began_at_ = notes_.size();
        return {};
    }
    /// The database refuses one of those that ran since the savepoint began.
    Result<void> keep_jobs(Jobs next) override {
        if (notes_.find_first_of(refused_, began_at_) != std::string::npos) {
            return Error{Code::Conflict, "refused by the database"};
        }
        notes_ += ')';
        return next.empty() ? Result<void>{} : begin_jobs(next);
    }
    Result<void> take_back_jobs() override {
        notes_ += '!';
        return {};
    }
    bool take_back_one() override {
        // Big letters sent something before they were refused.
        const bool can = std::islower(static_cast<unsigned char>(notes_.back())) != 0;
        notes_ += can ? "~" : "";
        return can;
    }
    Result<void> commit() override {
        in_transaction_ = false;
        notes_ += '.';
        return {};
    }
    void roll_back() noexcept override { in_transaction_ = false; }
    [[nodiscard]] bool in_transaction() const override { return in_transaction_; }
    [[nodiscard]] bool has_open_rows() const override { return false; }
    [[nodiscard]] Error last_failure() const override { return {Code::Unavailable, "lost"}; }
    void tidy_up() override {}
    void close() noexcept override {}

  private:
    std::unique_ptr<Transaction> tx_;
    std::string& notes_;
    std::string refused_;  ///< by the database
    std::size_t began_at_ = 0;
    bool in_transaction_ = false;
};

/// The letters of those that were kept, noted after "=" when they are stored.
class Left final : public LeftToEnd {
  public:
    Left(std::string letters, std::string& notes) : letters_(std::move(letters)), notes_(notes) {}
    [[nodiscard]] const std::string& letters() const { return letters_; }
    Result<void> store(Transaction& /*tx*/) const override {
        notes_ += '=' + letters_;
        return {};
    }

  private:
    std::string letters_;
    std::string& notes_;
};

/// A write that notes its letter. Those up to f, and F, refuse themselves, all but z add only.
class Letter final : public WriteJob {
  public:
    Letter(char letter, std::string& notes) : letter_(letter), notes_(notes) {}
    Result<void> run(Transaction& tx) override {
        notes_ += letter_;
        const auto* left = tx.left_to_end<Left>(kCode);
        tx.leave_to_end(kCode,
                        std::make_shared<Left>((left != nullptr ? left->letters() : "") + letter_, notes_));
        const auto small = static_cast<char>(std::tolower(static_cast<unsigned char>(letter_)));
        return small <= 'f' ? Error{Code::Invalid, "refused"} : Result<void>{};
    }
    void finished(Result<void> /*outcome*/) noexcept override {}
    [[nodiscard]] bool only_adds() const override { return letter_ != 'z'; }

  private:
    char letter_;
    std::string& notes_;
};

struct Told {
    std::string notes;    ///< without the write before them
    std::string refused;  ///< the letters of those that were
};
Told tell(const std::string& letters, const std::string& refused_by_database = "") {
    const test::FixedClock clock;
    Told told;
    std::vector<std::unique_ptr<WriteJob>> jobs;
    jobs.reserve(letters.size());
    for (const char letter : letters) {
        jobs.push_back(std::make_unique<Letter>(letter, told.notes));
    }
    const auto outcomes =
        outcomes_of(std::make_unique<Noting>(clock, told.notes, refused_by_database), std::move(jobs));
    for (std::size_t i = 0; i < letters.size(); ++i) {
        told.refused += outcomes[i].ok() ? "" : letters.substr(i, 1);
    }
    told.notes.erase(0, std::string_view{"()."}.size());
    return told;
}

TEST(WriterOfAnyEngine, those_that_only_add_share_a_savepoint_as_far_as_the_engine_gains_by_it) {
    EXPECT_EQ(tell("ghij").notes, "(ghi)(j)=ghij.");
    EXPECT_EQ(tell("gzzhi").notes, "(g)(z)(z)(hi)=gzzhi.");
}

TEST(WriterOfAnyEngine, one_that_is_refused_alone_takes_nothing_of_its_neighbours_along) {
    const auto told = tell("gahbz");
    EXPECT_EQ(told.notes, "(ga~h)(b!(z)=ghz.") << "none of them runs twice";
    EXPECT_EQ(told.refused, "ab");
}

TEST(WriterOfAnyEngine, one_that_cannot_be_taken_back_alone_has_the_others_run_once_more_each_by_itself) {
    const auto told = tell("gaFhi");
    EXPECT_EQ(told.notes, "(ga~F!(g)(F!(hi)=ghi.") << "but for the one that was refused alone";
    EXPECT_EQ(told.refused, "aF");
}

TEST(WriterOfAnyEngine, what_the_database_refuses_of_several_is_found_by_running_each_by_itself) {
    const auto told = tell("ghijk", "hk");
    EXPECT_EQ(told.notes, "(ghi!(g)(h!(i)(jk!(j)(k!=gij.");
    EXPECT_EQ(told.refused, "hk");
    EXPECT_EQ(tell("gz", "z").refused, "z");
}

TEST(WriterOfAnyEngine, what_goes_before_each_group_may_fail_it_and_no_other) {
    const test::FixedClock clock;
    Writer writer{std::make_unique<WithoutSavepoint>(clock, 0), {}};
    int groups = 0;
    writer.before_each_group([&](Transaction&) -> Result<void> {
        if (++groups == 2) {
            return Error{Code::Corrupt, "a key is missing"};
        }
        return {};
    });
    const auto write = [&](bool& has_run) {
        std::promise<Result<void>> outcome;
        const auto run = [&](Transaction&) {
            has_run = true;
            return Result<void>{};
        };
        writer.write(std::make_unique<Job>(run, [&](Result<void> is) { outcome.set_value(is); }),
                     Urgency::Now);
        return outcome.get_future().get();
    };
    for (const int number : {1, 2, 3}) {
        bool has_run = false;
        EXPECT_EQ(write(has_run).ok(), number != 2);
        EXPECT_EQ(has_run, number != 2) << "nothing is written under former keys";
        EXPECT_EQ(groups, number);
    }
}

}  // namespace
}  // namespace tenantry::db
