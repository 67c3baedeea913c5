#include "db/tables.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "db/columns.hpp"
#include "db/sqlite/test_register.hpp"

namespace tenantry::db {
namespace {

constexpr Sql kPutThrottle{
    "test/put_throttle",
    "INSERT INTO login_throttle (key, failures, blocked_until, forgotten_at) VALUES ($1, $2, $3, $4)", ""};
constexpr Sql kCut{"test/cut", "UPDATE code SET label = CAST(x'c3' AS TEXT) WHERE list = 'test'", ""};
constexpr Sql kClear{"test/clear", "DELETE FROM code", ""};

const Table& find_table(std::string_view name) {
    const auto found = std::ranges::find(tables(), name, &Table::name);
    VERIFY(found != tables().end());
    return *found;
}

class ATableRow : public testing::Test {
  protected:
    void SetUp() override {
        auto tx = open_sqlite_in_memory(clock_);
        ASSERT_TRUE(tx.ok());
        tx_ = std::move(*tx);
        ASSERT_TRUE(tx_->execute(kClear).ok());
    }
    /// The bytes of the table's only row.
    Result<Bytes> bytes_of_row(std::string_view table) {
        TableRow row{find_table(table)};
        Rows rows = TRY(tx_->query(find_table(table).list()));
        VERIFY(TRY(rows.next()));
        TRY(row.read(rows));
        return Bytes{row.bytes().begin(), row.bytes().end()};
    }

    test::FixedClock clock_;
    std::unique_ptr<Transaction> tx_;
};

TEST(Tables, are_all_that_declare_columns_but_the_indexes_and_the_migrations) {
    std::set<std::string> declared;
    std::set<std::string> held;
    for (const Column& column : columns()) {
        if (column.table != "schema_migration" && !column.table.ends_with("_trigram")) {
            declared.insert(std::string{column.table} + '.' + std::string{column.name});
        }
    }
    for (const Table& table : tables()) {
        for (const auto& field : table.fields) {
            held.insert(table.name + '.' + field.name);
        }
    }
    EXPECT_GT(held.size(), 300U);
    EXPECT_EQ(held, declared);
}

TEST(Tables, come_after_those_that_they_refer_to_and_the_instance_comes_last) {
    std::set<std::string> placed;
    std::size_t references = 0;
    for (const Table& table : tables()) {
        for (const auto& other : table.refers_to) {
            ++references;
            EXPECT_TRUE(placed.contains(other)) << table.name << " comes before " << other;
        }
        placed.insert(table.name);
    }
    EXPECT_GT(references, 30U);
    EXPECT_EQ(tables().back().name, "instance");
}

TEST(Tables, know_what_a_new_register_has_in_them) {
    EXPECT_EQ(find_table("role").rows_at_first, 6);
    EXPECT_EQ(find_table("person").rows_at_first, 0);
}

TEST(Tables, are_listed_by_their_key) {
    EXPECT_EQ(find_table("code").list_in_order().text,
              "SELECT \"list\", \"code\", \"label\" FROM \"code\" ORDER BY \"list\", \"code\"");
}

TEST_F(ATableRow, is_what_copy_in_binary_takes) {
    ASSERT_TRUE(tx_->execute(kPutThrottle, Bytes{0, 255}, std::int64_t{-2}, std::int64_t{258}, 0).ok());
    const auto bytes = bytes_of_row("login_throttle");
    ASSERT_TRUE(bytes.ok());
    EXPECT_EQ(hex_encode(*bytes),
              "0004"
              "0000000200ff"
              "00000008fffffffffffffffe"
              "000000080000000000000102"
              "000000080000000000000000");
}

TEST_F(ATableRow, tells_an_empty_value_from_none) {
    constexpr Sql kPut{"test/put_citizen",
                       "INSERT INTO citizen_in_clear (citizen_id, address_line_1, city) VALUES (1, '', NULL)",
                       ""};
    ASSERT_TRUE(tx_->execute(kPut).ok());
    const auto bytes = bytes_of_row("citizen_in_clear");
    ASSERT_TRUE(bytes.ok());
    EXPECT_EQ(hex_encode(*bytes),
              "0006000000080000000000000001"
              "00000000"
              "ffffffffffffffffffffffffffffffff");
}

TEST_F(ATableRow, refuses_what_postgresql_cannot_hold) {
    ASSERT_TRUE(tx_->execute(test::kPut, "a", std::string_view{"b\0c", 3}).ok());
    ASSERT_FALSE(bytes_of_row("code").ok());
    EXPECT_EQ(bytes_of_row("code").error().code, Code::Invalid);
    ASSERT_TRUE(tx_->execute(kCut).ok());
    EXPECT_FALSE(bytes_of_row("code").ok());
    ASSERT_TRUE(tx_->execute(kClear).ok());
    ASSERT_TRUE(tx_->execute(test::kPut, "a", "b’c").ok());
    EXPECT_TRUE(bytes_of_row("code").ok());
}

}  // namespace
}  // namespace tenantry::db
