#include "db/sealed_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "db/columns.hpp"
#include "db/sqlite/test_register.hpp"

namespace tenantry::db {
namespace {

TEST(SealedTables, hold_every_sealed_column_and_row_seal_that_is_declared_but_the_keys_own) {
    std::size_t declared = 0;
    for (const Column& column : columns()) {
        const bool is_row_seal = column.name == "row_seal";
        if (column.table == "data_key" || (column.protection != Protection::Sealed && !is_row_seal)) {
            continue;
        }
        ++declared;
        const SealedTable& table = sealed_table(column.table);
        EXPECT_TRUE(is_row_seal ? table.has_row_seal : std::ranges::count(table.columns, column.name) == 1)
            << column.table << "." << column.name;
        EXPECT_NE(table.count.text.find(column.name), std::string_view::npos);
        EXPECT_NE(table.store.text.find(column.name), std::string_view::npos);
    }
    std::size_t held = 0;
    for (const SealedTable& table : sealed_tables()) {
        held += table.columns.size() + (table.has_row_seal ? 1 : 0);
        EXPECT_NE(table.name, "data_key");
    }
    EXPECT_EQ(held, declared);
}

TEST(SealedTables, have_statements_of_their_own) {
    EXPECT_EQ(sealed_table("alert").count.text,
              "SELECT count(*) FROM alert WHERE substr(type_code, 3, 4) = $1 OR substr(row_seal, 1, 4) = $1");
    EXPECT_EQ(
        sealed_table("alert").count_others.text,
        "SELECT count(*) FROM alert WHERE substr(type_code, 3, 4) <> $1 OR substr(row_seal, 1, 4) <> $1");
    EXPECT_EQ(sealed_table("alert").store.text,
              "UPDATE alert SET type_code = $3, row_seal = $4 WHERE id = $1 AND row_seal = $2");
    EXPECT_EQ(sealed_table("mail").store.text,
              "UPDATE mail SET recipient = $3, subject = $4, body = $5 WHERE id = $1 AND recipient = $2");
    EXPECT_EQ(sealed_table("mail").store.name, "db/store_sealed/mail");
    EXPECT_EQ(&sealed_table("mail"), &sealed_table("mail"));
}

TEST(SealedTables, are_tables_that_a_row_is_found_in_by_its_number) {
    const test::FixedClock clock;
    const auto tx = open_sqlite_in_memory(clock).value();
    for (const SealedTable& table : sealed_tables()) {
        std::int64_t rows = -1;
        EXPECT_TRUE(tx->find(table.count, std::tie(rows), Bytes{1, 0, 0, 0}).ok()) << table.name;
        EXPECT_EQ(rows, 0);
        std::vector<Param> params(table.columns.size() + (table.has_row_seal ? 1 : 0) + 2, Param{nullptr});
        EXPECT_EQ(tx->execute_with(table.store, params).value(), 0) << table.name;
    }
}

}  // namespace
}  // namespace tenantry::db
