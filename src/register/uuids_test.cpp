#include "register/uuids.hpp"

#include "register/tenancy.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

class UuidsTest : public test::HousingTest {};

TEST_F(UuidsTest, are_found_by_number_without_a_reading) {
    const auto ada = add_person("Ada Sample");
    const auto bob = add_person("Bob Sample");
    auto in = work();
    Tenancy tenancy;
    tenancy.tag_reference = "1/01";
    tenancy = create_tenancy(in, tenancy).value();
    take_events();
    const auto people = find_person_uuids(tx_, {{ada.id.value, bob.id.value, ada.id.value, 999}}).value();
    EXPECT_EQ(people, (Uuids{{ada.id.value, ada.uuid}, {bob.id.value, bob.uuid}}));
    const auto tenancies = find_tenancy_uuids(tx_, {{tenancy.id.value, 999}}).value();
    EXPECT_EQ(tenancies, (Uuids{{tenancy.id.value, tenancy.uuid}}));
    EXPECT_TRUE(find_person_uuids(tx_, {}).value().empty());
    EXPECT_TRUE(take_events().empty());
}

}  // namespace
}  // namespace tenantry::housing
