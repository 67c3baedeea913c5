#include "register/household.hpp"

#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

class Households : public test::HousingTest {};

TEST_F(Households, one_tag_reference_is_one_household) {
    auto job = work();
    const auto first = ensure_household(job, "0123456/01").value();
    EXPECT_EQ(take_events(), std::vector<std::string>{"household.created 1/- - 0"});
    EXPECT_EQ(ensure_household(job, "0123456/01").value(), first);
    EXPECT_EQ(take_events(), std::vector<std::string>{});
    EXPECT_NE(ensure_household(job, "0123456/02").value(), first);
}

TEST_F(Households, a_uuid_that_the_landlord_gives_is_the_households) {
    auto job = work();
    const Uuid given = crypto::new_uuid();
    const auto made = ensure_household(job, "0123456/01", given).value();
    EXPECT_EQ(take_events(), std::vector<std::string>{"household.created 1/- - 0"});
    EXPECT_EQ(select<Uuid>("SELECT uuid FROM household"), given);
    EXPECT_EQ(ensure_household(job, "0123456/01").value(), made);
    EXPECT_EQ(ensure_household(job, "0123456/02", given).value(), made);
    EXPECT_EQ(take_events(), std::vector<std::string>{});
    EXPECT_EQ(count("household"), 1);
}

TEST_F(Households, one_that_people_made_takes_the_uuid_that_the_landlord_gives) {
    auto job = work();
    const auto early = ensure_household(job, "0123456/01").value();
    take_events();
    const Uuid given = crypto::new_uuid();
    EXPECT_EQ(ensure_household(job, "0123456/01", given).value(), early);
    EXPECT_EQ(take_events(), std::vector<std::string>{"household.updated 1/- - 0"});
    EXPECT_EQ(select<Uuid>("SELECT uuid FROM household"), given);
    // A household that others hold already is theirs too.
    const auto other = ensure_household(job, "0123456/02").value();
    EXPECT_NE(other, early);
    EXPECT_EQ(ensure_household(job, "0123456/02", given).value(), early);
}

TEST_F(Households, members_are_listed_in_order_of_number) {
    auto job = work();
    const auto household = ensure_household(job, "0123456/01").value();
    Person person;
    person.household = household;
    const Person first = add(person);
    const Person second = add(person);
    add_person("Somebody Else");
    EXPECT_EQ(*list_household_members(tx_, household), (std::vector{first.id, second.id}));
    Person alone = first;
    alone.household.reset();
    update(first, alone);
    remove(second);
    EXPECT_TRUE(list_household_members(tx_, household)->empty());
}

TEST_F(Households, members_are_shown_as_far_as_they_open) {
    auto job = work();
    const auto household = ensure_household(job, "0123456/01").value();
    const auto add_member = [&](std::string_view name) {
        Person person;
        person.name = split_name(name);
        person.household = household;
        return add(std::move(person));
    };
    const Person ada = add_member("Ada O'Sample");
    const Person bo = add_member("Bo Sample");
    add_person("Not There");
    take_events();
    auto members = list_household(job, household).value();
    ASSERT_EQ(members.size(), 2U);
    EXPECT_EQ(members[0].name.full(), "Ada O'Sample");
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.listed -/- - 0"});

    run("UPDATE person SET name = (SELECT name FROM person WHERE id = $1) WHERE id = $2", ada.id, bo.id);
    members = list_household(job, household).value();
    ASSERT_EQ(members.size(), 2U);
    EXPECT_FALSE(members[1].unreadable.empty());
    EXPECT_EQ(take_events(), (std::vector<std::string>{"tenant.damaged 2/1 2 2", "tenant.listed -/- - 0"}));
    const auto empty = ensure_household(job, "0123456/09").value();
    take_events();
    EXPECT_TRUE(list_household(job, empty)->empty());
    EXPECT_EQ(take_events(), std::vector<std::string>{});
}

}  // namespace
}  // namespace tenantry::housing
