#include "register/workload.hpp"

#include "register/alert.hpp"
#include "register/handover.hpp"
#include "register/tenancy.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

/// What a count says, in the order of the members.
std::vector<std::int64_t> numbers(const Workload& w) {
    return {w.homes, w.tenancies, w.alerts, w.open, w.call_backs};
}
using Numbers = std::vector<std::int64_t>;

class Workloads : public test::CaseworkTest {
  protected:
    Property add_home(std::int64_t uprn, unsigned char patch) {
        Property home;
        home.address_line_1 = "1 Reed Walk";
        home.postcode = "LS21 3AB";
        home.uprn = uprn;
        home.patch = uuid(patch);
        auto in = work();
        return create_property(in, home).value();
    }
    void add_tenancy(const Property& home, const std::string& tag, bool present) {
        Tenancy tenancy;
        tenancy.tag_reference = tag;
        tenancy.property = home.id;
        tenancy.present = present;
        auto in = work();
        ASSERT_TRUE(create_tenancy(in, tenancy).ok());
    }
    void give(std::int64_t patch, std::optional<Id<Officer>> officer) {
        run("UPDATE patch SET officer_id = $1 WHERE id = $2", number_of(officer), patch);
    }
};

TEST_F(Workloads, of_a_patch_is_its_homes_with_who_lives_there_and_what_is_open) {
    const auto first = add_home(10, 1);
    const auto second = add_home(11, 1);
    add_home(12, 4);
    add_tenancy(first, "1/01", true);
    add_tenancy(first, "0/01", false);
    add_tenancy(second, "2/01", false);
    {
        auto in = work();
        ASSERT_TRUE(raise_alerts(in, person_.uuid, 10, {"VA", "CV"}).ok());
    }
    const auto begun = clock_.now();
    const Casework oldest = log();
    clock_.advance(std::chrono::hours{1});
    const Casework closed = log();
    log();
    auto in = work();
    ASSERT_TRUE(follow_up(in, said_on(oldest.interaction.uuid, "rang"), true, {}).ok());
    ASSERT_TRUE(close_case(in, said_on(closed.interaction.uuid, "done"), {}).ok());

    const auto one = find_patch_workload(tx_, uuid(1)).value();
    EXPECT_EQ(numbers(one.work), (Numbers{2, 1, 2, 2, 1}));
    EXPECT_EQ(one.work.oldest, begun);
    EXPECT_EQ(one.name, "HN7");
    EXPECT_EQ(one.officer, kOfficer);
    EXPECT_EQ(one.officer_uuid, uuid(3));
    EXPECT_EQ(find_patch_workload(tx_, uuid(99)).error().code, Code::NotFound);

    const auto other = find_patch_workload(tx_, uuid(4)).value();
    EXPECT_EQ(numbers(other.work), (Numbers{1, 0, 0, 0, 0}));
    EXPECT_EQ(other.work.oldest, std::nullopt);
}

TEST_F(Workloads, of_an_area_is_that_of_its_active_patches_page_by_page) {
    run("UPDATE patch SET name = 'HN6' WHERE id = 4");
    add_home(10, 1);
    add_home(11, 4);
    const auto page = list_patch_workloads(tx_, kManagerArea, {1, 0}).value();
    EXPECT_EQ(page.total, 2);
    ASSERT_EQ(page.patches.size(), 1U);
    EXPECT_EQ(page.patches.front().name, "HN6");
    EXPECT_EQ(list_patch_workloads(tx_, kManagerArea, {1, 1})->patches.front().name, "HN7");
    EXPECT_TRUE(list_patch_workloads(tx_, kManagerArea, {50, 50})->patches.empty());
    EXPECT_EQ(sum_of(list_patch_workloads(tx_, kManagerArea, {50, 0})->patches).homes, 2);

    run("UPDATE patch SET active = 0 WHERE id = 4");
    EXPECT_EQ(list_patches(tx_, kManagerArea)->size(), 1U);
    EXPECT_TRUE(list_patches(tx_, Id<ManagerArea>{5})->empty());
}

TEST_F(Workloads, of_whoever_holds_them_is_the_sum) {
    add_home(10, 1);
    add_home(11, 4);
    give(4, kOther);
    log();
    EXPECT_EQ(sum_of(list_patches_held(tx_, kOfficer).value()).homes, 1);
    EXPECT_EQ(sum_of(list_patches_held(tx_, kOther).value()).homes, 1);
    EXPECT_TRUE(list_patches_held(tx_, Id<Officer>{99})->empty());

    Interaction handed_over = process();
    handed_over.patch.reset();
    handed_over.manager_area = kManagerArea;
    const auto at = clock_.now();
    log(handed_over);
    const auto with_manager = count_with_manager(tx_, kManagerArea).value();
    EXPECT_EQ(numbers(with_manager), (Numbers{0, 0, 0, 1, 0}));
    EXPECT_EQ(with_manager.oldest, at);
    const auto held = list_managed_areas_held(tx_, kOther).value();
    EXPECT_EQ(held.size(), 2U);
    EXPECT_EQ(numbers(*count_managed_areas(tx_, held)), (Numbers{2, 0, 0, 2, 0}));
    EXPECT_EQ(numbers(*count_managed_areas(tx_, {})), (Numbers{0, 0, 0, 0, 0}));
}

TEST_F(Workloads, managed_areas_come_by_name_with_who_holds_them) {
    run("UPDATE manager_area SET name = 'Abbey', officer_id = NULL WHERE id = 5");
    const auto areas = list_managed_areas(tx_).value();
    ASSERT_EQ(areas.size(), 2U);
    EXPECT_EQ(areas[0].name, "Abbey");
    EXPECT_EQ(areas[0].officer, std::nullopt);
    EXPECT_EQ(areas[0].patches, 0);
    EXPECT_EQ(areas[1].area_name, "Homerton 1");
    EXPECT_EQ(areas[1].officer_uuid, uuid(8));
    EXPECT_EQ(areas[1].patches, 2);
    EXPECT_EQ(find_managed_area(tx_, uuid(2))->id, kManagerArea);
    EXPECT_EQ(find_managed_area(tx_, uuid(99)).error().code, Code::NotFound);
    run("UPDATE manager_area SET active = 0 WHERE id = 5");
    EXPECT_EQ(list_managed_areas(tx_)->size(), 1U);
}

TEST_F(Workloads, what_moves_away_is_taken_off) {
    Workload work{.homes = 5, .tenancies = 4, .alerts = 3, .open = 2, .call_backs = 1};
    work -= Workload{.homes = 1, .tenancies = 1, .alerts = 1, .open = 1, .call_backs = 1};
    EXPECT_EQ(numbers(work), (Numbers{4, 3, 2, 1, 0}));
}

using Handovers = Workloads;

TEST_F(Handovers, give_a_patch_or_an_area_to_somebody_or_to_nobody_and_say_who_decided) {
    auto in = work();
    take_events();
    const auto patch = hand_over_patch(in, {uuid(1), 1, uuid(8), uuid(3)}).value();
    EXPECT_EQ(patch.officer, kOther);
    EXPECT_EQ(patch.updated_by, kOfficer);
    EXPECT_EQ(hand_over_patch(in, {uuid(1), 2, uuid(3), {}})->updated_by, std::nullopt)
        << "an administrator is no officer";
    EXPECT_EQ(hand_over_patch(in, {uuid(1), 3, {}, {}})->officer, std::nullopt);
    const auto area = hand_over_manager_area(in, {uuid(2), 1, uuid(3), uuid(8)}).value();
    EXPECT_EQ(area.officer, kOfficer);
    EXPECT_EQ(hand_over_manager_area(in, {uuid(2), 2, {}, {}})->officer, std::nullopt);
    EXPECT_EQ(take_events(), (std::vector<std::string>{
                                 "patch.assigned 1/2 - 0", "patch.assigned 1/3 - 0", "patch.vacated 1/4 - 0",
                                 "manager_area.assigned 2/2 - 0", "manager_area.vacated 2/3 - 0"}));
}

TEST_F(Handovers, of_what_was_changed_meanwhile_or_to_who_left_are_conflicts_and_change_nothing) {
    run("UPDATE officer SET active = 0 WHERE id = 8");
    run("UPDATE officer SET row_seal = NULL WHERE id = 8");
    seal_rows();
    take_events();
    auto in = work();
    const std::string before = dump();
    EXPECT_EQ(hand_over_patch(in, {uuid(1), 2, uuid(3), {}}).error().code, Code::Conflict);
    EXPECT_EQ(hand_over_patch(in, {uuid(1), 2, {}, {}}).error().code, Code::Conflict);
    EXPECT_EQ(hand_over_patch(in, {uuid(1), 1, uuid(8), {}}).error().code, Code::Conflict);
    EXPECT_EQ(hand_over_patch(in, {uuid(99), 1, uuid(3), {}}).error().code, Code::NotFound);
    EXPECT_EQ(hand_over_patch(in, {uuid(1), 1, uuid(99), {}}).error().code, Code::NotFound);
    EXPECT_EQ(hand_over_manager_area(in, {uuid(2), 2, uuid(3), {}}).error().code, Code::Conflict);
    EXPECT_EQ(hand_over_manager_area(in, {uuid(2), 1, uuid(8), {}}).error().code, Code::Conflict);
    EXPECT_EQ(hand_over_manager_area(in, {uuid(99), 1, uuid(3), {}}).error().code, Code::NotFound);
    EXPECT_EQ(dump(), before);
}

}  // namespace
}  // namespace tenantry::housing
