// In which order the writer asks any engine what, and what becomes of those that one of them fails: on
// engines that do nothing but fail, or note it.
#include <cctype>

#include "db/sqlite/test_register.hpp"
#include "db/writer.hpp"

namespace tenantry::db {
namespace {

using test::Job;

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

constexpr std::string_view kLetters = "letters";
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
        const auto* left = tx.left_to_end<Left>(kLetters);
        tx.leave_to_end(kLetters,
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
