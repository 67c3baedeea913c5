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
