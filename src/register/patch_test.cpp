#include "register/patch.hpp"

#include "tests/support/places.hpp"

namespace tenantry::housing {
namespace {

auto facts(const Patch& p) {
    return std::tuple{p.id,      p.uuid,   p.version,    p.name,       p.area,      p.manager_area,
                      p.officer, p.active, p.updated_by, p.created_at, p.updated_at};
}
auto facts(const ManagerArea& m) {
    return std::tuple{m.id,      m.uuid,   m.version,    m.name,       m.area,
                      m.officer, m.active, m.updated_by, m.created_at, m.updated_at};
}

class Patches : public test::PlacesTest {
  protected:
    void SetUp() override {
        PlacesTest::SetUp();
        olu_ = add_officer("Olu Officer");
        una_ = add_officer("Una Signed");
        boss_ = add_officer("Mo Manager");
        take_events();
    }
    Patch stored(const Patch& patch) { return find_patch(tx_, keys(), patch.uuid).value(); }
    ManagerArea stored(const ManagerArea& area) { return find_manager_area(tx_, keys(), area.uuid).value(); }

    Officer olu_;
    Officer una_;
    Officer boss_;
};

TEST_F(Patches, every_field_comes_back_as_it_was_stored) {
    const ManagerArea above = add_manager_area("Homerton 1 manager", boss_.id);
    EXPECT_EQ(facts(stored(above)), facts(above));
    Patch patch = add_patch("HN7", above.id, olu_.id);
    EXPECT_EQ(facts(stored(patch)), facts(patch));
    EXPECT_EQ(*find_patch_id(tx_, patch.uuid), patch.id);

    clock_.advance(std::chrono::seconds{5});
    auto in = work();
    patch.name = "HN8";
    patch.area = {4};
    patch.manager_area.reset();
    patch.officer.reset();
    patch.active = false;
    const Patch updated = update_patch(in, patch).value();
    EXPECT_EQ(updated.version, 2);
    EXPECT_EQ(updated.updated_at, clock_.now());
    EXPECT_EQ(facts(stored(patch)), facts(updated));
    EXPECT_EQ(update_patch(in, patch).error().code, Code::Conflict);

    ManagerArea area = above;
    area.name = "Homerton 2 manager";
    area.area = {4};
    area.officer.reset();
    area.active = false;
    const ManagerArea moved = update_manager_area(in, area).value();
    EXPECT_EQ(facts(stored(area)), facts(moved));
    EXPECT_EQ(update_manager_area(in, area).error().code, Code::Conflict);
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"manager_area.created 1/1 - 0", "patch.created 1/1 - 0",
                                        "patch.updated 1/2 - 0", "manager_area.updated 1/2 - 0"}));
}

TEST_F(Patches, an_area_is_stored_over_one_of_its_number) {
    auto in = work();
    ASSERT_TRUE(put_area(in, {{3}, "Homerton one"}).ok());
    EXPECT_EQ(find_area(tx_, {3})->name, "Homerton one");
    EXPECT_EQ(find_area(tx_, {5}).error().code, Code::NotFound);
    EXPECT_EQ(count("area"), 2);
    EXPECT_EQ(take_events(), std::vector<std::string>{"area.put 3/2 - 0"});
}

TEST_F(Patches, references_must_lead_somewhere) {
    auto in = work();
    Patch patch;
    patch.area = {5};
    EXPECT_EQ(create_patch(in, patch).error().code, Code::Conflict);
    ManagerArea area;
    area.area = {3};
    area.officer = Id<Officer>{404};
    EXPECT_EQ(create_manager_area(in, area).error().code, Code::Conflict);
}

TEST_F(Patches, assigning_displaces_whoever_held_it_and_notes_who_did_so) {
    const Patch patch = add_patch("HN7", std::nullopt, olu_.id);
    const Patch second = add_patch("HN8");
    const ManagerArea area = add_manager_area("North", olu_.id);
    take_events();
    auto in = work();
    ASSERT_TRUE(assign_patch(in, patch.uuid, una_.uuid, boss_.uuid).ok());
    EXPECT_EQ(stored(patch).officer, una_.id);
    EXPECT_EQ(stored(patch).updated_by, boss_.id);
    EXPECT_EQ(stored(patch).version, 2);
    EXPECT_EQ(assign_patch(in, second.uuid, una_.uuid, una_.uuid)->name, "HN8");
    EXPECT_EQ(stored(second).officer, una_.id);
    EXPECT_EQ(stored(patch).officer, una_.id) << "an officer may hold several";
    ASSERT_TRUE(assign_manager_area(in, area.uuid, boss_.uuid, una_.uuid).ok());
    EXPECT_EQ(stored(area).officer, boss_.id);
    EXPECT_EQ(stored(area).updated_by, una_.id);
    EXPECT_EQ(take_events(), (std::vector<std::string>{"patch.assigned 1/2 - 0", "patch.assigned 2/2 - 0",
                                                       "manager_area.assigned 1/2 - 0"}));
}

TEST_F(Patches, vacating_clears_the_holder_and_not_who_assigned_it) {
    const Patch patch = add_patch("HN7");
    const ManagerArea area = add_manager_area("North");
    auto in = work();
    ASSERT_TRUE(assign_patch(in, patch.uuid, una_.uuid, boss_.uuid).ok());
    ASSERT_TRUE(assign_manager_area(in, area.uuid, una_.uuid, boss_.uuid).ok());
    take_events();
    for (int time = 0; time < 2; ++time) {
        ASSERT_TRUE(vacate_patch(in, patch.uuid).ok());
        ASSERT_TRUE(vacate_manager_area(in, area.uuid).ok());
        EXPECT_EQ(stored(patch).officer, std::nullopt);
        EXPECT_EQ(stored(patch).updated_by, boss_.id);
        EXPECT_EQ(stored(area).officer, std::nullopt);
        EXPECT_EQ(stored(area).updated_by, boss_.id);
    }
    EXPECT_EQ(take_events().front(), "patch.vacated 1/3 - 0");
}

TEST_F(Patches, whatever_is_not_there_is_not_found_and_changes_nothing) {
    const Patch patch = add_patch("HN7", std::nullopt, olu_.id);
    const ManagerArea area = add_manager_area("North", olu_.id);
    const Uuid nobody = crypto::new_uuid();
    auto in = work();
    const std::string before = dump();
    EXPECT_EQ(assign_patch(in, nobody, una_.uuid, boss_.uuid).error().code, Code::NotFound);
    EXPECT_EQ(assign_patch(in, patch.uuid, nobody, boss_.uuid).error().code, Code::NotFound);
    EXPECT_EQ(assign_patch(in, patch.uuid, una_.uuid, nobody).error().code, Code::NotFound);
    EXPECT_EQ(assign_manager_area(in, nobody, una_.uuid, boss_.uuid).error().code, Code::NotFound);
    EXPECT_EQ(assign_manager_area(in, area.uuid, nobody, boss_.uuid).error().code, Code::NotFound);
    EXPECT_EQ(assign_manager_area(in, area.uuid, una_.uuid, nobody).error().code, Code::NotFound);
    EXPECT_EQ(vacate_patch(in, nobody).error().code, Code::NotFound);
    EXPECT_EQ(vacate_manager_area(in, nobody).error().code, Code::NotFound);
    EXPECT_EQ(find_patch_id(tx_, nobody).error().code, Code::NotFound);
    EXPECT_EQ(dump(), before);
}

TEST_F(Patches, a_home_is_found_by_uprn_and_postcode_together) {
    const ManagerArea above = add_manager_area("Homerton 1 manager", boss_.id);
    const Patch patch = add_patch("HN7", above.id, olu_.id);
    auto in = work();
    Property home;
    home.uprn = 10;
    home.postcode = "E8 9ZZ";
    home.property_reference = "00004512";
    home.ward_id = "6";
    home.ward_name = "Hackney Central";
    home.patch = patch.uuid;
    ASSERT_TRUE(create_property(in, home).ok());
    home.property_reference = "second";
    ASSERT_TRUE(create_property(in, home).ok());
    home.uprn = 11;
    home.postcode = "e89zz";
    home.patch.reset();
    ASSERT_TRUE(create_property(in, home).ok());

    const PatchOfHome found = find_patch_of_home(tx_, 10, "E8 9ZZ").value();
    EXPECT_EQ(found.property_reference, "00004512");
    EXPECT_EQ(found.area, Id<Area>{3});
    EXPECT_EQ(found.area_name, "Homerton 1");
    EXPECT_EQ(found.manager_area, above.uuid);
    EXPECT_EQ(found.manager, boss_.id);
    EXPECT_EQ(found.patch, patch.uuid);
    EXPECT_EQ(found.officer, olu_.id);
    EXPECT_EQ(found.officer_uuid, olu_.uuid);

    const PatchOfHome bare = find_patch_of_home(tx_, 11, "E8 9ZZ").value();
    EXPECT_EQ(bare.postcode, "e89zz");
    EXPECT_EQ(bare.area, std::nullopt);
    EXPECT_EQ(bare.officer, std::nullopt);
    EXPECT_EQ(find_patch_of_home(tx_, 10, "E8 9ZY").error().code, Code::NotFound);
    EXPECT_EQ(find_patch_of_home(tx_, 12, "E8 9ZZ").error().code, Code::NotFound);
}

TEST_F(Patches, teams_are_the_held_patches_of_an_area_by_their_managers_area) {
    const ManagerArea north = add_manager_area("North", boss_.id);
    const ManagerArea south = add_manager_area("South");
    const ManagerArea idle = add_manager_area("Idle", boss_.id);
    add_patch("HN3", north.id, una_.id);
    add_patch("HN1", south.id, olu_.id);
    add_patch("HN2", north.id, olu_.id);
    add_patch("HN4", north.id);               // nobody's
    add_patch("HN5", std::nullopt, olu_.id);  // under no manager
    add_patch("HN6", north.id, olu_.id, 4);   // of another area
    Patch closed = add_patch("HN7", north.id, olu_.id);
    Patch under_idle = add_patch("HN8", idle.id, olu_.id);
    run("UPDATE patch SET active = 0 WHERE id = $1", closed.id);
    run("UPDATE manager_area SET active = 0 WHERE id = $1", idle.id);

    std::vector<std::string> lines;
    for (const auto& team : *list_teams(tx_, {3})) {
        lines.push_back(team.name +
                        (team.manager == boss_.id && team.manager_uuid == boss_.uuid ? " Mo" : " -"));
        for (const auto& member : team.members) {
            EXPECT_EQ(member.officer_uuid, member.officer == olu_.id ? olu_.uuid : una_.uuid);
            lines.push_back(member.patch_name);
        }
    }
    EXPECT_EQ(lines, (std::vector<std::string>{"South -", "HN1", "North Mo", "HN2", "HN3"}));
    EXPECT_TRUE(list_teams(tx_, {5})->empty());
}

}  // namespace
}  // namespace tenantry::housing
