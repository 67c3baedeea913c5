#include "web/activity_words.hpp"

#include <gtest/gtest.h>

#include "web/retention_words.hpp"

namespace tenantry::web {
namespace {

TEST(ActivityWords, says_in_plain_words_what_was_done) {
    EXPECT_EQ(say_action("tenant.viewed"), "Opened a person’s record");
    EXPECT_EQ(say_action("tenant.gdpr_export"), "Gave a subject access report");
    EXPECT_EQ(say_action("alert.created"), "Added an alert");
    EXPECT_EQ(say_action("alert.listed"), "Saw an alert in a list");
    EXPECT_EQ(say_action("next_of_kin.put"), "Stored next of kin");
    EXPECT_EQ(say_action("user.damaged"), "Met a damaged account");
    EXPECT_EQ(say_action("some_thing.new_verb"), "some thing new verb");
    EXPECT_EQ(say_action("odd"), "odd");
    EXPECT_EQ(say_noun("contact_address.put"), "address for letters");
    EXPECT_EQ(say_noun("some_thing.new_verb"), "some thing");
}

TEST(ActivityWords, each_deed_is_of_one_kind) {
    EXPECT_EQ(deed_of("tenant.viewed"), Deed::Looked);
    EXPECT_EQ(deed_of("tenant.updated"), Deed::Changed);
    EXPECT_EQ(deed_of("interaction.transferred"), Deed::Changed);
    EXPECT_EQ(deed_of("job.deleted"), Deed::Removed);
    EXPECT_EQ(deed_of("tenant.pseudonymised"), Deed::Removed);
    EXPECT_EQ(deed_of("login.failed"), Deed::LoggedIn);
    EXPECT_EQ(deed_of("access.denied"), Deed::LoggedIn);
    EXPECT_EQ(deed_of("tenant.gdpr_export"), Deed::Rights);
    EXPECT_EQ(deed_of("consent.listed"), Deed::Rights);
    EXPECT_EQ(deed_of("role.granted"), Deed::Accounts);
    EXPECT_EQ(deed_of("tenant.damaged"), Deed::Trouble);
    EXPECT_EQ(deed_of("journal.verified"), Deed::Trouble);
}

TEST(ActivityWords, every_choice_is_understood_again) {
    const auto deeds = deed_options();
    EXPECT_EQ(deeds.front().value, "");
    for (std::size_t i = 1; i < deeds.size(); ++i) {
        EXPECT_TRUE(parse_deed(deeds[i].value).has_value()) << deeds[i].value;
    }
    EXPECT_EQ(parse_deed("nothing"), std::nullopt);
    EXPECT_EQ(noun_options().front().value, "");
    for (const auto& noun : noun_options()) {
        EXPECT_FALSE(noun.label.empty());
    }
}

TEST(RetentionWords, says_kinds_periods_and_outcomes) {
    EXPECT_EQ(say_records(rights::Kind::Person, 1), "1 person with all that is theirs");
    EXPECT_EQ(say_records(rights::Kind::Tenancy, 1200), "1,200 tenancies with their rent accounts");
    EXPECT_EQ(say_kind("interaction"), "Case");
    EXPECT_EQ(say_kind("other"), "other");
    EXPECT_EQ(say_months(72), "6 years");
    EXPECT_EQ(say_months(12), "1 year");
    EXPECT_EQ(say_months(30), "30 months");
    EXPECT_EQ(say_outcome("erased"), "Removed");
    EXPECT_EQ(say_outcome("stays: debt"), "Kept: rent is owed");
    EXPECT_EQ(say_outcome("new"), "new");
}

}  // namespace
}  // namespace tenantry::web
