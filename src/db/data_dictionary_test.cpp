#include "db/data_dictionary.hpp"

#include <gtest/gtest.h>

#include <array>

namespace tenantry::db {
namespace {

std::array<Column, 3> some_columns() {
    return {parse_column("t.name sealed person id name person keep who it is").value(),
            parse_column("t.note plain person id check person none what was said").value(),
            parse_column("u.size plain none - no reference none how large").value()};
}

TEST(DataDictionary, each_table_has_its_own_with_what_it_declares) {
    const auto page = data_dictionary(some_columns());
    EXPECT_NE(page.find("## t\n"), page.npos);
    EXPECT_NE(page.find("| name | sealed | person: `id` | name | person | keep | who it is |\n"), page.npos);
    EXPECT_NE(page.find("## u\n"), page.npos);
}

TEST(PersonalDataTable, it_has_what_is_about_people_and_nothing_else) {
    const auto table = personal_data_table(some_columns());
    EXPECT_NE(table.find("| t | person | name | note |  |  | person | yes, some once checked |\n"),
              table.npos);
    EXPECT_EQ(table.find("| u |"), table.npos);
}

TEST(PersonalDataTable, it_takes_the_place_of_the_one_before) {
    const std::string page =
        "before\n<!-- table of personal data: made by the build -->\nold\n<!-- end of the table -->\nafter\n";
    const auto renewed = with_personal_data_table(page, some_columns());
    ASSERT_TRUE(renewed.ok());
    EXPECT_EQ(renewed->find("old"), renewed->npos);
    EXPECT_TRUE(renewed->starts_with("before\n<!--"));
    EXPECT_TRUE(renewed->ends_with("<!-- end of the table -->\nafter\n"));
    EXPECT_EQ(*with_personal_data_table(*renewed, some_columns()), *renewed);
    EXPECT_FALSE(with_personal_data_table("no marks", some_columns()).ok());
}

}  // namespace
}  // namespace tenantry::db
