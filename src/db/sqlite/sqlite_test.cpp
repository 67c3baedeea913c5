#include "db/sqlite/sqlite.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <fstream>

#include "db/sqlite/test_register.hpp"

namespace tenantry::db {
namespace {

using test::count;
using test::Job;
using test::put;

class Sqlite : public test::OpenRegister {};
class SqliteDeathTest : public Sqlite {
  protected:
    void SetUp() override {
        // The writer's thread is running, so the child begins anew instead of as a copy of this process.
        GTEST_FLAG_SET(death_test_style, "threadsafe");
        Sqlite::SetUp();
    }
};

constexpr Sql kSwapped{"test/swapped", "SELECT $2, $1, $2", ""};
constexpr Sql kEcho{"test/echo", "SELECT $1", ""};
constexpr Sql kType{"test/type", "SELECT typeof($1), length($1)", ""};
constexpr Sql kTwoRows{"test/two_rows", "SELECT 1 UNION ALL SELECT 2", ""};

TEST_F(Sqlite, parameters_are_bound_by_their_number_not_by_their_first_appearance) {
    std::string second;
    std::string first;
    std::string again;
    auto tx = open_sqlite_in_memory(clock_);
    ASSERT_TRUE(tx.ok());
    ASSERT_TRUE((*tx)->find(kSwapped, std::tie(second, first, again), "one", "two").ok());
    EXPECT_EQ(first, "one");
    EXPECT_EQ(second, "two");
    EXPECT_EQ(again, "two");
}

TEST_F(Sqlite, empty_text_and_empty_bytes_are_not_null) {
    auto tx = open_sqlite_in_memory(clock_);
    ASSERT_TRUE(tx.ok());
    std::string type;
    std::optional<int> length;
    ASSERT_TRUE((*tx)->find(kType, std::tie(type, length), std::string_view{}).ok());
    EXPECT_EQ(type, "text");
    ASSERT_TRUE((*tx)->find(kType, std::tie(type, length), Bytes{}).ok());
    EXPECT_EQ(type, "blob");
    EXPECT_EQ(length, 0);
    ASSERT_TRUE((*tx)->find(kType, std::tie(type, length), std::optional<std::string>{}).ok());
    EXPECT_EQ(type, "null");
    EXPECT_EQ(length, std::nullopt);
}

TEST_F(Sqlite, text_with_a_zero_byte_is_read_as_it_was_bound) {
    auto tx = open_sqlite_in_memory(clock_);
    ASSERT_TRUE(tx.ok());
    const std::string text{"a\0b", 3};
    std::string read;
    ASSERT_TRUE((*tx)->find(kEcho, std::tie(read), text).ok());
    EXPECT_EQ(read, text);
}

TEST_F(Sqlite, the_rows_of_a_query_outlive_the_temporaries_that_were_bound) {
    auto tx = open_sqlite_in_memory(clock_);
    ASSERT_TRUE(tx.ok());
    auto rows = (*tx)->query(kEcho, std::string(100, 'x'));
    ASSERT_TRUE(rows.ok());
    const std::string other(100, 'y');
    ASSERT_TRUE(rows->next().ok());
    std::string read;
    rows->into(read);
    EXPECT_EQ(read, std::string(100, 'x'));
}

TEST_F(Sqlite, a_constraint_is_a_conflict_and_the_transaction_goes_on) {
    const auto outcome = Job::write(*database_, [](Transaction& tx) -> Result<void> {
                             TRY(put("same")(tx));
                             EXPECT_EQ(put("same")(tx).error().code, Code::Conflict);
                             return put("other")(tx);
                         }).get();
    EXPECT_TRUE(outcome.ok());
    EXPECT_EQ(read(count), 2);
}

TEST_F(Sqlite, nothing_of_a_removed_row_stays_in_the_files) {
    constexpr Sql kErase{"test/erase", "DELETE FROM code WHERE list = 'test'", ""};
    ASSERT_TRUE(Job::write(*database_, put("canary-in-a-cage")).get().ok());
    ASSERT_TRUE(Job::write(*database_, put("another")).get().ok());
    open();
    const auto holds_canary = [this] {
        std::ifstream file{folder_.file(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        return bytes.find("canary-in-a-cage") != bytes.npos;
    };
    EXPECT_TRUE(holds_canary());
    ASSERT_TRUE(database_->write_and_wait([&](Transaction& tx) { return tx.execute(kErase); }).ok());
    reader_.reset();
    database_.reset();
    EXPECT_FALSE(holds_canary());
    EXPECT_EQ(std::filesystem::file_size(folder_.file().native() + "-wal"), 0U);
}

TEST_F(Sqlite, the_journal_refuses_to_be_changed_removed_or_replaced) {
    constexpr Sql kEvent{"test/event",
                         "INSERT INTO audit_event (id, at, action, outcome, hash) "
                         "VALUES (1, 0, 'a', 1, x'00')",
                         ""};
    constexpr Sql kChange{"test/change", "UPDATE audit_event SET action = 'b'", ""};
    constexpr Sql kRemove{"test/remove", "DELETE FROM audit_event", ""};
    constexpr Sql kReplace{"test/replace",
                           "REPLACE INTO audit_event (id, at, action, outcome, hash) "
                           "VALUES (1, 0, 'b', 1, x'00')",
                           ""};
    auto tx = open_sqlite_in_memory(clock_);
    ASSERT_TRUE(tx.ok());
    ASSERT_TRUE((*tx)->execute(kEvent).ok());
    EXPECT_EQ((*tx)->execute(kChange).error().code, Code::Conflict);
    EXPECT_EQ((*tx)->execute(kRemove).error().code, Code::Conflict);
    EXPECT_EQ((*tx)->execute(kReplace).error().code, Code::Conflict);
}

TEST_F(Sqlite, execute_tells_how_many_rows_it_changed) {
    constexpr Sql kRename{"test/rename", "UPDATE code SET label = $1 WHERE list = 'test'", ""};
    const auto changed = database_->write_and_wait([&](Transaction& tx) -> Result<std::int64_t> {
        TRY(put("a")(tx));
        TRY(put("b")(tx));
        return tx.execute(kRename, "new");
    });
    ASSERT_TRUE(changed.ok());
    EXPECT_EQ(*changed, 2);
}

TEST_F(Sqlite, a_reader_sees_one_snapshot_until_it_ends) {
    ASSERT_TRUE(reader_->begin().ok());
    EXPECT_EQ(count(*reader_), 0);
    ASSERT_TRUE(Job::write(*database_, put("a")).get().ok());
    EXPECT_EQ(count(*reader_), 0);
    EXPECT_TRUE(reader_->in_snapshot());
    reader_->end();
    EXPECT_FALSE(reader_->in_snapshot());
    EXPECT_EQ(read(count), 1);
}

TEST_F(Sqlite, a_write_sees_what_it_wrote_and_readers_do_not_before_the_commit) {
    const auto outcome = Job::write(*database_, [this](Transaction& tx) -> Result<void> {
                             TRY(put("a")(tx));
                             EXPECT_EQ(count(tx), 1);
                             EXPECT_EQ(read(count), 0);
                             return {};
                         }).get();
    EXPECT_TRUE(outcome.ok());
    EXPECT_EQ(read(count), 1);
}

TEST_F(Sqlite, time_is_counted_while_a_query_is_open) {
    ASSERT_TRUE(reader_->begin().ok());
    reader_->reset_time_spent();
    EXPECT_EQ(reader_->time_spent().count(), 0);
    count(*reader_);
    EXPECT_GT(reader_->time_spent().count(), 0);
    EXPECT_LT(reader_->time_spent(), std::chrono::seconds{1});
    reader_->end();
}

TEST_F(Sqlite, a_second_opening_is_refused_at_once) {
    const auto second = open_sqlite(folder_.file(), clock_);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().code, Code::Unavailable);
    reader_.reset();
    database_.reset();
    EXPECT_TRUE(open_sqlite(folder_.file(), clock_).ok());
}

TEST_F(Sqlite, creating_over_a_register_is_a_conflict_and_leaves_it) {
    ASSERT_TRUE(Job::write(*database_, put("a")).get().ok());
    reader_.reset();
    database_.reset();
    EXPECT_EQ(create_sqlite(folder_.file(), clock_).error().code, Code::Conflict);
    open();
    EXPECT_EQ(read(count), 1);
}

TEST_F(Sqlite, a_new_register_is_readable_by_its_owner_alone) {
    using std::filesystem::perms;
    const auto mode = std::filesystem::status(folder_.file()).permissions();
    EXPECT_EQ(mode & (perms::group_all | perms::others_all), perms::none);
}

TEST_F(Sqlite, no_register_is_not_found_and_another_file_is_corrupt) {
    EXPECT_EQ(open_sqlite(folder_.file().native() + ".none", clock_).error().code, Code::NotFound);
    const std::string other = folder_.file().native() + ".other";
    std::ofstream{other} << std::string(8192, 'x');
    EXPECT_EQ(open_sqlite(other, clock_).error().code, Code::Corrupt);
}

TEST_F(Sqlite, integrity_of_a_sound_register_is_confirmed) {
    ASSERT_TRUE(Job::write(*database_, put("a")).get().ok());
    EXPECT_TRUE(database_->check_integrity().ok());
}

TEST_F(Sqlite, integrity_check_finds_damage_of_the_file) {
    ASSERT_TRUE(database_
                    ->write_and_wait([](Transaction& tx) -> Result<void> {
                        for (int i = 0; i < 500; ++i) {
                            TRY(put(fmt::format("{:040}", i))(tx));
                        }
                        return {};
                    })
                    .ok());
    reader_.reset();
    database_.reset();
    // The last pages are those of the rows just written.
    const auto size = std::filesystem::file_size(folder_.file());
    const int file = ::open(folder_.file().c_str(), O_WRONLY | O_CLOEXEC);
    const std::string junk(2048, '\x5a');
    ASSERT_EQ(::pwrite(file, junk.data(), junk.size(), static_cast<off_t>(size) - 4096), 2048);
    ::close(file);
    open();
    EXPECT_EQ(database_->check_integrity().error().code, Code::Corrupt);
}

TEST_F(Sqlite, integrity_check_finds_a_text_index_that_lost_a_row) {
    constexpr Sql kProperty{"test/property",
                            "INSERT INTO property (id, uuid, version, address_line_1, postcode, created_at, "
                            "updated_at) VALUES (1, x'00', 1, 'a', 'b', 0, 0)",
                            ""};
    constexpr Sql kAddress{"test/address", "INSERT INTO property_address VALUES (1, 'acacia avenue')", ""};
    constexpr Sql kLose{"test/lose",
                        "INSERT INTO property_address_trigram (property_address_trigram, rowid, folded) "
                        "VALUES ('delete', 1, 'acacia avenue')",
                        ""};
    const auto execute = [this](const Sql& sql) {
        return database_->write_and_wait([&](Transaction& tx) { return tx.execute(sql); }).ok();
    };
    ASSERT_TRUE(execute(kProperty) && execute(kAddress));
    EXPECT_TRUE(database_->check_integrity().ok());
    ASSERT_TRUE(execute(kLose));
    EXPECT_EQ(database_->check_integrity().error().code, Code::Corrupt);
}

TEST_F(SqliteDeathTest, two_open_rows_of_one_statement_are_a_bug) {
    const auto nest = [this] {
        auto tx = open_sqlite_in_memory(clock_);
        auto outer = (*tx)->query(kTwoRows);
        auto inner = (*tx)->query(kTwoRows);
    };
    EXPECT_DEATH(nest(), "");
}

TEST_F(SqliteDeathTest, reading_outside_a_snapshot_is_a_bug) {
    EXPECT_DEATH(static_cast<void>(reader_->query(test::kCount)), "in_snapshot_");
}

TEST_F(SqliteDeathTest, a_wrong_number_of_parameters_is_a_bug) {
    const auto call = [this] {
        auto tx = open_sqlite_in_memory(clock_);
        static_cast<void>((*tx)->query(kEcho, 1, 2));
    };
    EXPECT_DEATH(call(), "slots_");
}

TEST_F(Sqlite, other_statements_may_be_read_within_the_rows_of_one) {
    auto tx = open_sqlite_in_memory(clock_);
    ASSERT_TRUE(tx.ok());
    auto rows = (*tx)->query(kTwoRows);
    ASSERT_TRUE(rows.ok());
    int sum = 0;
    for (auto more = rows->next(); more.ok() && *more; more = rows->next()) {
        int row = 0;
        int echoed = 0;
        rows->into(row);
        ASSERT_TRUE((*tx)->find(kEcho, std::tie(echoed), row).ok());
        sum += echoed;
    }
    EXPECT_EQ(sum, 3);
}

TEST_F(Sqlite, find_answers_not_found_where_there_is_no_row) {
    constexpr Sql kNone{"test/none", "SELECT 1 WHERE 0", ""};
    auto tx = open_sqlite_in_memory(clock_);
    ASSERT_TRUE(tx.ok());
    int number = 0;
    EXPECT_EQ((*tx)->find(kNone, std::tie(number)).error().code, Code::NotFound);
}

}  // namespace
}  // namespace tenantry::db
