#include "db/sqlite/copy.hpp"

#include <algorithm>
#include <fstream>

#include "db/sqlite/schema.hpp"
#include "db/sqlite/test_register.hpp"

namespace tenantry::db {
namespace {

using test::count;
using test::has;
using test::Job;
using test::put;

class Copy : public test::OpenRegister {
  protected:
    [[nodiscard]] std::filesystem::path file() const { return folder_.file().native() + ".copy"; }
    Result<void> copy(const CopyProgress& progress = [](std::size_t, std::size_t) {}) {
        std::ofstream{file()}.close();
        return database_->copy_to(file(), progress);
    }
    template <class Read>
    auto read_copy(Read how) {
        auto reader = open_copy(file());
        EXPECT_TRUE(reader.ok());
        EXPECT_TRUE((*reader)->begin().ok());
        auto answer = how(**reader);
        (*reader)->end();
        return answer;
    }
    void fill(int rows) {
        const auto many = [rows](Transaction& tx) -> Result<void> {
            for (int i = 0; i < rows; ++i) {
                TRY(tx.execute(test::kPut, "row " + std::to_string(i), std::string(500, 'x')));
            }
            return {};
        };
        ASSERT_TRUE(Job::write(*database_, many).get().ok());
    }
};

TEST_F(Copy, holds_one_snapshot_whatever_is_written_meanwhile) {
    fill(12'000);
    std::vector<std::size_t> steps;
    ASSERT_TRUE(copy([&](std::size_t done, std::size_t in_all) {
                    steps.push_back(done);
                    EXPECT_LE(done, in_all);
                    EXPECT_TRUE(
                        Job::write(*database_, put("late " + std::to_string(steps.size()))).get().ok());
                }).ok());
    EXPECT_GT(steps.size(), 1U);
    EXPECT_TRUE(std::ranges::is_sorted(steps));
    EXPECT_EQ(read_copy(count), 12'000);
    EXPECT_GT(read(count), 12'000);
    EXPECT_TRUE(check_copy(file()).ok());
}

TEST_F(Copy, is_one_file_that_is_read_where_nothing_can_be_written) {
    ASSERT_TRUE(Job::write(*database_, put("a")).get().ok());
    ASSERT_TRUE(copy().ok());
    EXPECT_TRUE(check_copy(file()).ok());
    const auto before = std::filesystem::last_write_time(file());
    EXPECT_TRUE(read_copy([](Transaction& tx) { return has(tx, "a"); }));
    for (const char* suffix : {"-wal", "-shm", "-journal"}) {
        EXPECT_FALSE(std::filesystem::exists(file().native() + suffix));
    }
    EXPECT_EQ(std::filesystem::last_write_time(file()), before);
}

TEST_F(Copy, opens_as_a_register) {
    ASSERT_TRUE(Job::write(*database_, put("a")).get().ok());
    ASSERT_TRUE(copy().ok());
    const auto opened = open_sqlite(file(), clock_);
    ASSERT_TRUE(opened.ok());
    EXPECT_TRUE(Job::write(**opened, put("b")).get().ok());
    EXPECT_TRUE((*opened)->check_integrity().ok());
}

TEST_F(Copy, that_was_damaged_is_found_to_be) {
    fill(2000);
    ASSERT_TRUE(copy().ok());
    ASSERT_TRUE(check_copy(file()).ok());
    std::fstream damaged{file(), std::ios::in | std::ios::out | std::ios::binary};
    damaged.seekp(static_cast<std::streamoff>(std::filesystem::file_size(file()) - 4096));
    damaged.write(std::string(4096, '\x5A').data(), 4096);
    damaged.close();
    EXPECT_EQ(check_copy(file()).error().code, Code::Corrupt);
}

TEST_F(Copy, ends_when_it_is_told_to) {
    fill(12'000);
    std::ofstream{file()}.close();
    const auto ended = copy_register(folder_.file(), file(), [](std::size_t, std::size_t) { return false; });
    EXPECT_EQ(ended.error().code, Code::Unavailable);
}

TEST_F(Copy, of_an_earlier_version_gets_the_newer_migrations) {
    std::ofstream{file()}.close();
    const auto earlier = migrations().first(migrations().size() - 1);
    {
        auto connection = Connection::open(file(), Access::Copy);
        ASSERT_TRUE(connection.ok());
        SqliteTransaction tx{std::move(*connection)};
        auto schema = sqlite_schema(tx);
        ASSERT_TRUE(migrate(schema, earlier, test::FixedClock{}).ok());
    }
    const auto version = [](Transaction& tx) { return check_schema(tx).value(); };
    EXPECT_EQ(read_copy(version), static_cast<std::int64_t>(earlier.size()));
    ASSERT_TRUE(update_copy(file(), test::FixedClock{}).ok());
    EXPECT_EQ(read_copy(version), static_cast<std::int64_t>(migrations().size()));
    EXPECT_TRUE(check_copy(file()).ok());
}

}  // namespace
}  // namespace tenantry::db
