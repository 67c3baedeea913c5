#include "register/address.hpp"

#include <gtest/gtest.h>

#include "register/property.hpp"

namespace tenantry::housing {
namespace {

const Address kWhole{"FLAT 2 SAMPLE HOUSE", "EXAMPLE ROAD", "HACKNEY", "LONDON", "E8 9ZZ"};

TEST(AddressTexts, lines_that_say_something_are_shown_and_the_last_is_city_and_postcode) {
    struct Row {
        Address address;
        std::optional<std::string> display;
        std::string one_line;
        std::optional<std::string> search_text;
        std::string key;
    };
    const std::vector<Row> rows{
        {kWhole, "FLAT 2 SAMPLE HOUSE\r\nEXAMPLE ROAD\r\nHACKNEY\r\nLONDON E8 9ZZ",
         "FLAT 2 SAMPLE HOUSE EXAMPLE ROAD HACKNEY LONDON E8 9ZZ", "flat2samplehouseexampleroad",
         "flat2samplehouseexampleroad"},
        {{"1 St John's-Way", {}, "", {}, "N1 1AA"},
         "1 St John's-Way\r\nN1 1AA",
         "1 St John's-Way N1 1AA",
         "1stjohn's-way",
         "1stjohnsway"},
        {{{}, "Café Row", {}, "Leeds", {}}, "Café Row\r\nLeeds", "Café Row Leeds", "caférow", "caferow"},
        {{{}, {}, {}, {}, "E8 9ZZ"}, "E8 9ZZ", "E8 9ZZ", {}, ""},
        {{"", "", "", "", ""}, {}, "", {}, ""},
        {{}, {}, "", {}, ""},
    };
    for (const auto& row : rows) {
        EXPECT_EQ(row.address.display(), row.display);
        EXPECT_EQ(row.address.on_one_line(), row.one_line);
        EXPECT_EQ(row.address.search_text(), row.search_text);
        EXPECT_EQ(row.address.key(), row.key);
    }
}

TEST(AddressTexts, parts_that_are_given_take_the_place_of_the_others_and_an_empty_one_is_given) {
    const Address changed = kWhole.with({{}, "", {}, {}, "N1 1AA"});
    EXPECT_EQ(changed, (Address{"FLAT 2 SAMPLE HOUSE", "", "HACKNEY", "LONDON", "N1 1AA"}));
    EXPECT_EQ(kWhole.with({}), kWhole);
    EXPECT_TRUE(Address{}.with({}).empty());
    EXPECT_FALSE(changed.empty());
}

TEST(AddressTexts, a_propertys_line_that_nobody_knows_is_none) {
    Property property;
    EXPECT_TRUE(address_of(property).empty());
    property.address_line_1 = "9 Weir Lane";
    property.postcode = "LS21 3AB";
    EXPECT_EQ(address_of(property), (Address{"9 Weir Lane", {}, {}, {}, "LS21 3AB"}));
}

}  // namespace
}  // namespace tenantry::housing
