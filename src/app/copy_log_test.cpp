// What commits changed, applied to a copy of the register that was made before.
#include "app/copy_log.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "db/sqlite/copy.hpp"
#include "db/sqlite/sqlite.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::app {
namespace {

constexpr db::Sql kPut{"test/put", "INSERT INTO code (list, code, label) VALUES ('test', $1, $2)", ""};
constexpr db::Sql kRemove{"test/remove", "DELETE FROM code WHERE list = 'test' AND code = $1", ""};
constexpr db::Sql kSum{
    "test/sum", "SELECT coalesce(sum(code * 1000000 + length(label)), 0) FROM code WHERE list = 'test'", ""};

/// Writes each commit that it is told of into a log, and remembers where each ends.
class Log final : public db::CommitFollower {
  public:
    explicit Log(std::filesystem::path file) : file_(std::move(file)) { std::ofstream{file_}.close(); }
    void committed(db::CommittedPages pages) noexcept override {
        const auto record = copy_record({++last_, from_millis(1'900'000'000'000), std::move(pages)});
        std::ofstream out{file_, std::ios::binary | std::ios::app};
        out.write(reinterpret_cast<const char*>(record.data()), static_cast<std::streamsize>(record.size()));
        out.close();
        ends.push_back(std::filesystem::file_size(file_));
    }
    void missed() noexcept override { ++misses; }
    void scrubbed() noexcept override { ++scrubs; }

    std::vector<std::uintmax_t> ends;
    int misses = 0;
    int scrubs = 0;

  private:
    std::filesystem::path file_;
    std::uint64_t last_ = 0;
};

class CopyLog : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(db::create_sqlite(register_, clock_).ok());
        database_ = db::open_sqlite(register_, clock_).value();
        put(1, 10);
    }
    void follow() {
        log_ = std::make_shared<Log>(file("log"));
        ASSERT_TRUE(database_->follow(log_).ok());
        copy("base");
    }
    [[nodiscard]] std::filesystem::path file(const char* name) const { return folder_.path() / name; }
    void copy(const char* name) {
        std::ofstream{file(name)}.close();
        ASSERT_TRUE(database_->copy_to(file(name), [](std::size_t, std::size_t) {}).ok());
    }
    void put(std::int64_t code, std::size_t length) {
        ASSERT_TRUE(database_
                        ->write_and_wait([&](db::Transaction& tx) {
                            return tx.execute(kPut, std::to_string(code), std::string(length, 'x'));
                        })
                        .ok());
    }
    void remove(std::int64_t code) {
        ASSERT_TRUE(database_
                        ->write_and_wait(
                            [&](db::Transaction& tx) { return tx.execute(kRemove, std::to_string(code)); })
                        .ok());
    }
    /// All writes so far are told of: this one's group comes after theirs.
    void settle() {
        ASSERT_TRUE(database_->write_and_wait([](db::Transaction&) { return Result<void>{}; }).ok());
    }
    std::int64_t sum(const std::filesystem::path& of) {
        std::int64_t found = -1;
        auto reader = of.empty() ? database_->open_reader() : db::open_copy(of);
        EXPECT_TRUE(reader.ok());
        EXPECT_TRUE((*reader)->begin().ok());
        EXPECT_TRUE((*reader)->find(kSum, std::tie(found)).ok());
        (*reader)->end();
        return found;
    }
    /// The base with the log applied to it.
    AppliedLog apply() {
        std::filesystem::copy_file(file("base"), file("applied"),
                                   std::filesystem::copy_options::overwrite_existing);
        const auto applied = apply_log(file("log"), file("applied"));
        EXPECT_TRUE(applied.ok());
        EXPECT_TRUE(db::check_copy(file("applied")).ok());
        return *applied;
    }

    test::TemporaryFolder folder_;
    std::filesystem::path register_ = folder_.path() / "register.db";
    SystemClock clock_;
    std::unique_ptr<db::Database> database_;
    std::shared_ptr<Log> log_;
};

TEST_F(CopyLog, brings_a_copy_up_to_the_last_commit_across_checkpoints_and_new_logs) {
    follow();
    for (int i = 2; i < 60; ++i) {
        put(i, static_cast<std::size_t>(i) * 1500);
        if (i % 7 == 0) {
            ASSERT_TRUE(database_->empty_log().ok());
        }
        if (i % 5 == 0) {
            remove(i - 3);
        }
    }
    settle();
    const auto applied = apply();
    EXPECT_EQ(applied.last, log_->ends.size());
    EXPECT_FALSE(applied.is_damaged);
    EXPECT_EQ(sum(file("applied")), sum({}));
    EXPECT_EQ(log_->misses, 0);
}

TEST_F(CopyLog, of_before_the_copy_does_no_harm) {
    log_ = std::make_shared<Log>(file("log"));
    ASSERT_TRUE(database_->follow(log_).ok());
    for (int i = 2; i < 20; ++i) {
        put(i, 3000);
        remove(i - 1);
    }
    copy("base");
    put(30, 5000);
    settle();
    apply();
    EXPECT_EQ(sum(file("applied")), sum({}));
}

TEST_F(CopyLog, follows_a_register_whose_log_was_left_by_a_former_process) {
    for (int i = 2; i < 10; ++i) {
        put(i, 2000);
    }
    follow();
    put(10, 20);
    settle();
    EXPECT_EQ(log_->ends.size(), 1U) << "what lay in the log before is not told again";
    apply();
    EXPECT_EQ(sum(file("applied")), sum({}));
}

TEST_F(CopyLog, that_was_cut_anywhere_applies_whole_commits_only) {
    follow();
    std::vector<std::int64_t> sums{sum({})};
    for (int i = 2; i < 8; ++i) {
        put(i, 9000);
        sums.push_back(sum({}));
    }
    settle();
    ASSERT_EQ(log_->ends.size() + 1, sums.size());
    const auto size = std::filesystem::file_size(file("log"));
    for (std::uintmax_t at = size; at > 0; at -= std::min<std::uintmax_t>(at, 1777)) {
        std::filesystem::resize_file(file("log"), at);
        const auto applied = apply();
        const auto whole = static_cast<std::uint64_t>(
            std::ranges::count_if(log_->ends, [&](std::uintmax_t end) { return end <= at; }));
        EXPECT_EQ(applied.last, whole);
        EXPECT_FALSE(applied.is_damaged);
        EXPECT_EQ(sum(file("applied")), sums[whole]);
    }
}

TEST_F(CopyLog, that_was_damaged_is_applied_up_to_there_and_it_is_said) {
    follow();
    std::vector<std::int64_t> sums{sum({})};
    for (int i = 2; i < 8; ++i) {
        put(i, 9000);
        sums.push_back(sum({}));
    }
    settle();
    std::fstream damaged{file("log"), std::ios::in | std::ios::out | std::ios::binary};
    damaged.seekp(static_cast<std::streamoff>(log_->ends[2] + 500));
    damaged.put('\x55');
    damaged.close();
    const auto applied = apply();
    EXPECT_EQ(applied.last, 3U);
    EXPECT_TRUE(applied.is_damaged);
    EXPECT_EQ(sum(file("applied")), sums[3]);
}

TEST_F(CopyLog, is_not_told_of_a_commit_that_is_too_large_and_goes_on_after_it) {
    follow();
    put(2, 70'000'000);
    put(3, 10);
    settle();
    EXPECT_EQ(log_->misses, 1);
    EXPECT_EQ(log_->ends.size(), 1U);
}

TEST_F(CopyLog, is_told_when_the_register_was_scrubbed) {
    follow();
    ASSERT_TRUE(database_->scrub().ok());
    EXPECT_EQ(log_->scrubs, 1);
}

TEST_F(CopyLog, is_told_nothing_any_more_when_nobody_follows) {
    follow();
    ASSERT_TRUE(database_->follow(nullptr).ok());
    put(2, 10);
    settle();
    EXPECT_TRUE(log_->ends.empty());
}

}  // namespace
}  // namespace tenantry::app
