#include "web/summary_row.hpp"

#include <gtest/gtest.h>

namespace tenantry::web {
namespace {

TEST(SummaryRows, a_telephone_leads_to_its_digits) {
    EXPECT_EQ(tel_link("07700 900123"), "tel:07700900123");
    EXPECT_EQ(tel_link("+44 (0)20 7946-0123"), "tel:+4402079460123");
    EXPECT_EQ(tel_link("020 7946 0123 ext. 12"), "tel:02079460123");
    EXPECT_EQ(tel_link("ask her daughter"), "");
    EXPECT_EQ(tel_link("<script>alert(1)</script>"), "");
    EXPECT_EQ(tel_link(""), "");
}

TEST(SummaryRows, an_email_address_says_nothing_but_itself) {
    EXPECT_EQ(mailto_link("ada.o'sample+home@example.org"), "mailto:ada.o%27sample+home@example.org");
    EXPECT_EQ(mailto_link("a?bcc=everybody&x@example.org"), "mailto:a%3Fbcc%3Deverybody%26x@example.org");
    EXPECT_EQ(mailto_link("none"), "");
}

TEST(SummaryRows, what_is_damaged_is_not_what_is_missing) {
    for (const bool damaged : {true, false}) {
        const View view = view_of_row({.key = "Name", .text = std::nullopt, .damaged = damaged});
        EXPECT_EQ(view.get("damaged")->is_true(), damaged);
        EXPECT_EQ(view.get("missing")->is_true(), !damaged);
        EXPECT_TRUE(view.get("text")->is_false());
    }
}

}  // namespace
}  // namespace tenantry::web
