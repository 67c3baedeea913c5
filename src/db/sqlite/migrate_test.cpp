#include "db/migrate.hpp"

#include <fstream>

#include "db/sqlite/schema.hpp"
#include "db/sqlite/test_register.hpp"

namespace tenantry::db {
namespace {

constexpr Migration kFirst{1, "0001_first", "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT;", ""};
constexpr Migration kSecond{2, "0002_second", "CREATE TABLE two (id INTEGER PRIMARY KEY) STRICT;", ""};
constexpr Sql kTables{"test/tables",
                      "SELECT coalesce(group_concat(name, ' '), '') FROM "
                      "(SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)",
                      ""};
constexpr Sql kApplied{"test/applied", "SELECT name, applied_at FROM schema_migration WHERE version = $1",
                       ""};

class Migrate : public testing::Test {
  protected:
    void SetUp() override {
        auto connection = Connection::open({}, Access::Memory);
        ASSERT_TRUE(connection.ok());
        tx_ = std::make_unique<SqliteTransaction>(std::move(*connection));
    }
    Result<void> run(std::vector<Migration> all) {
        auto schema = sqlite_schema(*tx_);
        return migrate(schema, all, clock_);
    }
    std::string tables() {
        std::string names;
        EXPECT_TRUE(tx_->find(kTables, std::tie(names)).ok());
        return names;
    }

    test::FixedClock clock_;
    std::unique_ptr<SqliteTransaction> tx_;
};

TEST_F(Migrate, migrations_are_applied_in_order_and_remembered) {
    ASSERT_TRUE(run({kFirst, kSecond}).ok());
    EXPECT_EQ(tables(), "one schema_migration two");
    std::string name;
    Instant at;
    ASSERT_TRUE(tx_->find(kApplied, std::tie(name, at), 2).ok());
    EXPECT_EQ(name, "0002_second");
    EXPECT_EQ(at, clock_.now());
}

TEST_F(Migrate, only_what_is_missing_is_applied) {
    ASSERT_TRUE(run({kFirst}).ok());
    ASSERT_TRUE(run({kFirst}).ok());
    ASSERT_TRUE(run({kFirst, kSecond}).ok());
    EXPECT_EQ(tables(), "one schema_migration two");
}

TEST_F(Migrate, failed_migration_rolls_back_entirely) {
    const Migration broken{2, "0002_broken", "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE one (x);",
                           ""};
    EXPECT_EQ(run({kFirst, broken}).error().code, Code::Internal);
    EXPECT_EQ(tables(), "one schema_migration");
    EXPECT_FALSE(tx_->connection().in_transaction());
    ASSERT_TRUE(run({kFirst, kSecond}).ok());
    EXPECT_EQ(tables(), "one schema_migration two");
}

TEST_F(Migrate, failed_first_migration_leaves_an_empty_database) {
    EXPECT_FALSE(run({{1, "0001_broken", "CREATE TABLE half (id INTEGER) STRICT; CREATE;", ""}}).ok());
    EXPECT_EQ(tables(), "");
}

TEST_F(Migrate, newer_schema_is_left_untouched) {
    ASSERT_TRUE(run({kFirst, kSecond}).ok());
    EXPECT_EQ(run({kFirst}).error().code, Code::Corrupt);
    EXPECT_EQ(tables(), "one schema_migration two");
}

TEST_F(Migrate, changed_checksum_is_refused) {
    ASSERT_TRUE(run({kFirst}).ok());
    Migration changed = kFirst;
    changed.sql = "CREATE TABLE one (id INTEGER PRIMARY KEY) STRICT; ";
    EXPECT_EQ(run({changed, kSecond}).error().code, Code::Corrupt);
    EXPECT_EQ(tables(), "one schema_migration");
}

TEST_F(Migrate, changed_name_is_refused) {
    ASSERT_TRUE(run({kFirst}).ok());
    Migration changed = kFirst;
    changed.name = "0001_other";
    EXPECT_EQ(run({changed}).error().code, Code::Corrupt);
}

TEST_F(Migrate, gap_is_refused) {
    constexpr Sql kForget{"test/forget", "DELETE FROM schema_migration WHERE version = 1", ""};
    ASSERT_TRUE(run({kFirst, kSecond}).ok());
    ASSERT_TRUE(tx_->execute(kForget).ok());
    const auto refused = run({kFirst, kSecond});
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, Code::Corrupt);
    EXPECT_EQ(refused.error().text.view(), "the register's schema has a gap: a migration is missing");
    EXPECT_EQ(tables(), "one schema_migration two");
}

TEST_F(Migrate, a_refused_file_keeps_every_byte) {
    test::Folder folder;
    ASSERT_TRUE(create_sqlite(folder.file(), clock_).ok());
    {
        auto connection = Connection::open(folder.file(), Access::Write);
        ASSERT_TRUE(connection.ok());
        SqliteTransaction tx{std::move(*connection)};
        constexpr Sql kAdd{"test/add", "INSERT INTO schema_migration VALUES (999, '0999_future', 0, 0)", ""};
        ASSERT_TRUE(tx.execute(kAdd).ok());
        ASSERT_TRUE(tx.connection().checkpoint(Checkpoint::Truncate).ok());
    }
    const auto bytes = [&] {
        std::ifstream file{folder.file(), std::ios::binary};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    };
    const std::string before = bytes();
    EXPECT_EQ(open_sqlite(folder.file(), clock_).error().code, Code::Corrupt);
    EXPECT_EQ(bytes(), before);
}

TEST_F(Migrate, an_interrupted_creation_is_completed_by_the_next_opening) {
    test::Folder folder;
    const std::ofstream empty{folder.file()};
    EXPECT_TRUE(open_sqlite(folder.file(), clock_).ok());
}

}  // namespace
}  // namespace tenantry::db
