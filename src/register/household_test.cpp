#include "register/household.hpp"

#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

class Households : public test::HousingTest {};

TEST_F(Households, one_tag_reference_is_one_household) {
    auto job = work();
    const auto first = ensure_household(job, "0123456/01").value();
    EXPECT_EQ(take_events(), std::vector<std::string>{"household.created 1/1 - 0"});
    EXPECT_EQ(ensure_household(job, "0123456/01").value(), first);
    EXPECT_EQ(take_events(), std::vector<std::string>{});
    EXPECT_NE(ensure_household(job, "0123456/02").value(), first);
}

TEST_F(Households, a_uuid_that_the_landlord_gives_is_the_households) {
    auto job = work();
    const Uuid given = crypto::new_uuid();
    const auto made = ensure_household(job, "0123456/01", given).value();
    EXPECT_EQ(take_events(), std::vector<std::string>{"household.created 1/1 - 0"});
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
    EXPECT_EQ(take_events(), std::vector<std::string>{"household.updated 1/2 - 0"});
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

}  // namespace
}  // namespace tenantry::housing
