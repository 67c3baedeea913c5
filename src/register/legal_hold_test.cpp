#include "register/legal_hold.hpp"

#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

class LegalHoldTest : public test::HousingTest {
  protected:
    LegalHold place(const Person& person, const std::string& reason = "Claim 7 of 2031 about damp") {
        auto in = work();
        return place_legal_hold(in, person.id, reason).value();
    }
    std::vector<LegalHold> list(const Person& person) {
        auto in = work();
        return list_legal_holds(in, person.id).value();
    }
    CheckReport check() {
        CheckReport report;
        EXPECT_TRUE(check_legal_holds(tx_, keys(), report).ok());
        return report;
    }
};

TEST_F(LegalHoldTest, keeps_a_person_from_being_deleted_until_the_last_is_lifted) {
    const auto person = add_person("Ada Sample");
    const auto first = place(person);
    const auto second = place(person, "Ombudsman's inquiry");
    EXPECT_TRUE(is_under_legal_hold(tx_, person.id).value());

    auto in = work();
    EXPECT_EQ(remove_person(in, person).error().text.view(), kUnderLegalHold.text.view());
    ASSERT_TRUE(lift_legal_hold(in, first.uuid).ok());
    EXPECT_EQ(remove_person(in, person).error().code, Code::Conflict);
    EXPECT_EQ(count("person"), 1);
    ASSERT_TRUE(lift_legal_hold(in, second.uuid).ok());
    EXPECT_FALSE(is_under_legal_hold(tx_, person.id).value());
    // Who is under none can be deleted: the same call, so it was the hold that refused it.
    EXPECT_TRUE(remove_person(in, person).ok());
    EXPECT_EQ(count("person") + count("legal_hold"), 0);
}

TEST_F(LegalHoldTest, those_in_force_are_listed_whoever_is_under_them) {
    const auto ada = add_person("Ada Sample");
    const auto bob = add_person("Bob Sample");
    const auto first = place(ada);
    const auto lifted = place(bob, "Lifted");
    const auto last = place(bob, "Ombudsman's inquiry");
    auto in = work();
    ASSERT_TRUE(lift_legal_hold(in, lifted.uuid).ok());
    take_events();
    auto page = list_holds_in_force(in, {}).value();
    EXPECT_EQ(page.total, 2);
    ASSERT_EQ(page.holds.size(), 2U);
    EXPECT_EQ(page.holds[0].uuid, last.uuid);
    EXPECT_EQ(page.holds[0].reason, "Ombudsman's inquiry");
    EXPECT_EQ(page.holds[1].uuid, first.uuid);
    EXPECT_EQ(take_events().size(), 1U);
    page = list_holds_in_force(in, {.limit = 1, .offset = 1}).value();
    ASSERT_EQ(page.holds.size(), 1U);
    EXPECT_EQ(page.holds[0].uuid, first.uuid);
    EXPECT_EQ(count_holds_in_force(tx_).value(), 2);
    EXPECT_EQ(find_legal_hold(in, first.uuid)->person, ada.id);
    EXPECT_EQ(find_legal_hold(in, bob.uuid).error().code, Code::NotFound);
}

TEST_F(LegalHoldTest, tells_who_placed_and_lifted_it_and_why) {
    const auto person = add_person("Ada Sample");
    const auto placed = place(person);
    take_events();
    clock_.advance(std::chrono::hours{24});
    auto in = work();
    const auto lifted = lift_legal_hold(in, placed.uuid).value();
    EXPECT_EQ(take_events(), (std::vector<std::string>{"legal_hold.lifted 1/2 1 0"}));
    const auto all = list(person);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].reason, "Claim 7 of 2031 about damp");
    EXPECT_EQ(all[0].placed_by, 7);
    EXPECT_EQ(all[0].lifted_by, 7);
    EXPECT_EQ(all[0].lifted_at, lifted.lifted_at);
    EXPECT_EQ(all[0].version, 2);
    EXPECT_EQ(take_events(), (std::vector<std::string>{"legal_hold.listed 1/- 1 0"}));
    EXPECT_EQ(check().damaged, 0);
}

TEST_F(LegalHoldTest, is_refused_where_it_makes_no_sense) {
    auto in = work();
    EXPECT_EQ(place_legal_hold(in, Id<Person>{99}, "x").error().code, Code::NotFound);
    EXPECT_EQ(lift_legal_hold(in, crypto::new_uuid()).error().code, Code::NotFound);
    const auto placed = place(add_person("Ada Sample"));
    ASSERT_TRUE(lift_legal_hold(in, placed.uuid).ok());
    EXPECT_EQ(lift_legal_hold(in, placed.uuid).error().code, Code::Conflict);
}

TEST_F(LegalHoldTest, seals_its_reason_and_everything_beside_it) {
    const auto ada = add_person("Ada Sample");
    const auto ben = add_person("Ben Other");
    const auto hold = place(ada);
    const auto other = place(ben);
    EXPECT_EQ(dump().find("damp"), std::string::npos);
    struct Case {
        const char* what;
        const char* change;
        const char* back;
    };
    for (const Case& one : {
             Case{"led to another person", "UPDATE legal_hold SET person_id = 2 WHERE id = 1",
                  "UPDATE legal_hold SET person_id = 1 WHERE id = 1"},
             Case{"lifted by hand", "UPDATE legal_hold SET lifted_at = 5 WHERE id = 1",
                  "UPDATE legal_hold SET lifted_at = NULL WHERE id = 1"},
             Case{"placed by somebody else", "UPDATE legal_hold SET placed_by = 8 WHERE id = 1",
                  "UPDATE legal_hold SET placed_by = 7 WHERE id = 1"},
         }) {
        run(one.change);
        EXPECT_EQ(check().damaged, 1) << one.what;
        run(one.back);
        EXPECT_EQ(check().damaged, 0) << one.what;
    }
    run("UPDATE legal_hold SET reason = (SELECT reason FROM legal_hold WHERE id = 2) WHERE id = 1");
    EXPECT_EQ(check().damaged, 1);
    // The list shows the rest of it, and it still holds.
    ASSERT_EQ(list(ada).size(), 1U);
    EXPECT_EQ(list(ada)[0].reason, std::nullopt);
    EXPECT_TRUE(is_under_legal_hold(tx_, ada.id).value());
    auto in = work();
    EXPECT_EQ(lift_legal_hold(in, hold.uuid).error().code, Code::Corrupt);
    EXPECT_TRUE(lift_legal_hold(in, other.uuid).ok());
}

}  // namespace
}  // namespace tenantry::housing
