#include "register/officer.hpp"

#include "access/session.hpp"
#include "register/area.hpp"
#include "register/manager_area.hpp"
#include "register/patch.hpp"
#include "tests/support/places.hpp"

namespace tenantry::housing {
namespace {

using access::AccountStatus;

class Officers : public test::PlacesTest {
  protected:
    Officer stored(const Officer& officer) { return find_officer(tx_, keys(), officer.uuid).value(); }
    Officer update(Officer officer) {
        auto in = work();
        return update_officer(in, std::move(officer)).value();
    }
    std::vector<std::string> unassigned() {
        auto in = work();
        std::vector<std::string> names;
        for (const auto& officer : *list_unassigned_officers(in)) {
            names.push_back(officer.account.full_name());
        }
        return names;
    }
};

TEST_F(Officers, a_new_officer_has_an_account_of_the_role_officer) {
    const Officer made = add_officer("Olu Officer");
    const Officer found = stored(made);
    EXPECT_EQ(found.id, made.id);
    EXPECT_TRUE(found.active);
    EXPECT_EQ(found.created_at, clock_.now());
    EXPECT_EQ(found.account.full_name(), "Olu Officer");
    EXPECT_EQ(found.account.email, "olu.officer@lettings.example");
    EXPECT_EQ(found.account.username, "olu.officer");
    EXPECT_EQ(found.account.password, "encoded hash");
    EXPECT_EQ(found.account.role.name, "officer");
    EXPECT_EQ(found.account.type, access::AccountType::Staff);
    EXPECT_EQ(found.account.status, AccountStatus::Active);
    EXPECT_EQ(*find_officer_id(tx_, made.uuid), made.id);
    EXPECT_EQ(take_events(), (std::vector<std::string>{"user.created 1/1 - 0", "officer.created 1/- - 0"}));
}

TEST_F(Officers, who_is_not_there_is_not_found) {
    EXPECT_EQ(find_officer(tx_, keys(), crypto::new_uuid()).error().code, Code::NotFound);
    EXPECT_EQ(find_officer_id(tx_, crypto::new_uuid()).error().code, Code::NotFound);
}

TEST_F(Officers, the_uuid_that_was_given_is_kept) {
    Officer wanted = wanted_officer("Olu Officer");
    wanted.uuid = crypto::new_uuid();
    auto in = work();
    EXPECT_EQ(create_officer(in, wanted)->uuid, wanted.uuid);
}

TEST_F(Officers, an_inactive_one_and_one_without_a_username_let_nobody_in) {
    auto in = work();
    Officer left = wanted_officer("Lea Left");
    left.active = false;
    EXPECT_EQ(stored(*create_officer(in, left)).account.status, AccountStatus::Disabled);
    Officer nameless = wanted_officer("Nan Nameless");
    nameless.account.username.reset();
    const Officer made = create_officer(in, nameless).value();
    EXPECT_EQ(stored(made).account.password, "");
    EXPECT_EQ(stored(made).account.status, AccountStatus::Active);

    Officer renamed = add_officer("Olu Officer");
    renamed.account.username.reset();
    update(renamed);
    EXPECT_EQ(stored(renamed).account.password, "");
}

TEST_F(Officers, an_email_or_username_is_one_officers_own) {
    add_officer("Olu Officer");
    auto in = work();
    Officer same_email = wanted_officer("Una Other");
    same_email.account.email = "OLU.officer@lettings.example";
    EXPECT_EQ(create_officer(in, same_email).error().code, Code::Conflict);
    Officer same_username = wanted_officer("Una Other");
    same_username.account.username = "Olu.Officer";
    EXPECT_EQ(create_officer(in, same_username).error().code, Code::Conflict);
}

TEST_F(Officers, leaving_and_coming_back_decide_over_the_account) {
    struct Case {
        bool was_active;
        AccountStatus before;
        bool active;
        AccountStatus after;
    };
    const Case cases[] = {
        {true, AccountStatus::Active, true, AccountStatus::Active},
        {true, AccountStatus::Active, false, AccountStatus::Disabled},
        {true, AccountStatus::Disabled, true, AccountStatus::Disabled},  // an admin's doing: it stays
        {true, AccountStatus::Disabled, false, AccountStatus::Disabled},
        {true, AccountStatus::Blacklisted, false, AccountStatus::Blacklisted},
        {false, AccountStatus::Disabled, true, AccountStatus::Active},
        {false, AccountStatus::Disabled, false, AccountStatus::Disabled},
        {false, AccountStatus::Blacklisted, true, AccountStatus::Blacklisted},
    };
    const Officer made = add_officer("Olu Officer");
    for (const auto& one : cases) {
        run("UPDATE officer SET active = $1, row_seal = NULL", one.was_active);
        seal_rows();
        Officer officer = stored(made);
        officer.account.status = one.before;
        auto in = work();
        officer.account = access::update_account(in, officer.account, "user.updated").value();
        officer.active = one.active;
        update(officer);
        EXPECT_EQ(stored(made).account.status, one.after) << &one - cases;
        EXPECT_EQ(stored(made).active, one.active) << &one - cases;
    }
}

TEST_F(Officers, disabling_ends_the_sessions_and_leaves_the_patches) {
    const Officer officer = add_officer("Olu Officer");
    const Patch patch = add_patch("HN7", std::nullopt, officer.id);
    auto in = work();
    ASSERT_TRUE(access::create_session(in, officer.account.id, access::SessionKind::Api, {}, {}).ok());
    take_events();
    ASSERT_TRUE(disable_officer(in, stored(officer)).ok());
    EXPECT_FALSE(stored(officer).active);
    EXPECT_EQ(stored(officer).account.status, AccountStatus::Disabled);
    EXPECT_EQ(count("session"), 0);
    EXPECT_EQ(find_patch(tx_, keys(), patch.uuid)->officer, officer.id);
    EXPECT_EQ(take_events(), (std::vector<std::string>{"user.disabled 1/2 - 0", "officer.disabled 1/- - 0"}));

    // Again, after an admin let the account in.
    Officer back = stored(officer);
    back.account.status = AccountStatus::Active;
    back.account = access::update_account(in, back.account, "user.enabled").value();
    ASSERT_TRUE(disable_officer(in, back).ok());
    EXPECT_EQ(stored(officer).account.status, AccountStatus::Disabled);
}

TEST_F(Officers, names_of_a_set_come_with_one_statement) {
    const auto olu = add_officer("Olu Officer").id;
    const auto mo = add_officer("Mo Manager").id;
    add_officer("Una Signed");
    auto in = work();
    EXPECT_EQ(*name_officers(in, {olu, mo, Id<Officer>{404}}),
              (OfficerNames{{olu, "Olu Officer"}, {mo, "Mo Manager"}}));
    tx_.fail_call(1);
    EXPECT_TRUE(name_officers(in, {})->empty());
    EXPECT_TRUE(tx_.fault_is_waiting());
    tx_.fail_call(5);  // one prepare, a step for each of two rows and one for the end
    EXPECT_EQ(name_officers(in, {olu, mo})->size(), 2U);
    EXPECT_TRUE(tx_.fault_is_waiting());
    tx_.fail_no_call();
}

TEST_F(Officers, a_damaged_account_takes_no_list_down_and_is_journaled) {
    const auto olu = add_officer("Olu Officer").id;
    const Officer mo = add_officer("Mo Manager");
    run("UPDATE account SET first_name = (SELECT first_name FROM account WHERE id = 2) WHERE id = 1");
    take_events();
    auto in = work();
    EXPECT_EQ(*name_officers(in, {olu, mo.id}), (OfficerNames{{mo.id, "Mo Manager"}}));
    EXPECT_EQ(unassigned(), std::vector<std::string>{"Mo Manager"});
    EXPECT_EQ(take_events(), (std::vector<std::string>{"user.damaged 1/- - 2", "user.damaged 1/- - 2"}));
    EXPECT_EQ(find_officer(tx_, keys(), select<Uuid>("SELECT uuid FROM officer WHERE id = 1")).error().code,
              Code::Corrupt);
}

TEST_F(Officers, unassigned_is_who_is_active_and_holds_neither_patch_nor_area) {
    struct Case {
        const char* name;
        bool active, patch, area, unassigned;
    };
    const Case cases[] = {
        {"Una Signed", true, false, false, true}, {"Pat Patch", true, true, false, false},
        {"Mo Manager", true, false, true, false}, {"Bo Both", true, true, true, false},
        {"Lea Left", false, false, false, false}, {"Les Lost", false, true, false, false},
        {"Ulf Second", true, false, false, true},
    };
    for (const auto& one : cases) {
        Officer wanted = wanted_officer(one.name);
        wanted.active = one.active;
        auto in = work();
        const auto id = create_officer(in, wanted)->id;
        if (one.patch) {
            add_patch(one.name, std::nullopt, id);
        }
        if (one.area) {
            add_manager_area(one.name, id);
        }
    }
    std::vector<std::string> expected;
    for (const auto& one : cases) {
        if (one.unassigned) {
            expected.emplace_back(one.name);
        }
    }
    EXPECT_EQ(unassigned(), expected);
}

TEST_F(Officers, who_works_here_is_listed_with_what_they_hold) {
    const Officer olu = add_officer("Olu Officer");
    const Officer una = add_officer("Una Signed");
    const Officer gone = add_officer("Gus Gone");
    auto in = work();
    ASSERT_TRUE(disable_officer(in, gone).ok());
    std::set<std::string> names;
    for (const auto& officer : *list_active_officers(in)) {
        names.insert(officer.account.full_name());
    }
    EXPECT_EQ(names, (std::set<std::string>{"Olu Officer", "Una Signed"}));

    const Patch patch = add_patch("HN7", std::nullopt, olu.id);
    const ManagerArea area = add_manager_area("North", una.id);
    add_patch("HN8", std::nullopt, gone.id);
    EXPECT_TRUE(list_holdings(tx_, {})->empty());
    const auto held = list_holdings(tx_, {olu.id, una.id}).value();
    ASSERT_EQ(held.size(), 2U);
    EXPECT_EQ(std::tuple(held[0].officer, held[0].is_manager_area, held[0].uuid, held[0].name),
              std::tuple(olu.id, false, patch.uuid, std::string{"HN7"}));
    EXPECT_EQ(std::tuple(held[1].officer, held[1].is_manager_area, held[1].uuid, held[1].name),
              std::tuple(una.id, true, area.uuid, std::string{"North"}));
}

TEST_F(Officers, a_posting_says_what_an_officer_answers_for) {
    const Officer boss = add_officer("Mo Manager");
    const ManagerArea above = add_manager_area("Homerton 1 manager", boss.id);  // in area 3
    struct Case {
        const char* name;
        std::vector<const char*> patches;
        bool under_manager;
        std::vector<const char*> areas;  // in area 4
        const char* patch;               // the one that counts
        const char* area;
        std::optional<std::int64_t> area_id;
    };
    const Case cases[] = {
        {"Nobody", {}, false, {}, "", "", std::nullopt},
        {"Patch", {"HN7"}, true, {}, "HN7", "Homerton 1 manager", 3},
        {"Patch alone", {"HN7"}, false, {}, "HN7", "", 3},
        {"Manager", {}, false, {"North"}, "", "North", 4},
        {"Both", {"HN7"}, true, {"North"}, "HN7", "North", 3},
        {"Many", {"HN9", "HN10", "HN9"}, true, {"South", "North", "North"}, "HN10", "North", 3},
        {"Same", {"HN7", "HN7"}, true, {"West", "West"}, "HN7", "West", 3},
    };
    for (const auto& one : cases) {
        SCOPED_TRACE(one.name);
        const Officer officer = add_officer(one.name);
        std::optional<Uuid> patch;
        std::optional<Uuid> area;
        for (const auto* name : one.patches) {
            const auto made =
                add_patch(name, one.under_manager ? std::optional{above.id} : std::nullopt, officer.id);
            patch = made.name == one.patch && !patch ? made.uuid : patch;
        }
        for (const auto* name : one.areas) {
            const auto made = add_manager_area(name, officer.id, 4);
            area = made.name == one.area && !area ? made.uuid : area;
        }
        if (one.area == above.name) {
            area = above.uuid;
        }
        const Posting posting = find_posting(tx_, officer.account.id).value();
        EXPECT_EQ(posting.officer, officer.id);
        EXPECT_EQ(posting.officer_uuid, officer.uuid);
        EXPECT_EQ(posting.patch, patch);
        EXPECT_EQ(posting.is_manager, !one.areas.empty());
        EXPECT_EQ(posting.manager_area, area);
        EXPECT_EQ(posting.area ? std::optional{posting.area->value} : std::nullopt, one.area_id);
    }
}

TEST_F(Officers, whoever_left_and_whoever_is_no_officer_has_no_posting) {
    const Officer officer = add_officer("Olu Officer");
    EXPECT_EQ(find_posting(tx_, 404).error().code, Code::NotFound);
    auto in = work();
    ASSERT_TRUE(disable_officer(in, officer).ok());
    EXPECT_EQ(find_posting(tx_, officer.account.id).error().code, Code::NotFound);
}

TEST_F(Officers, patches_and_areas_out_of_use_count_for_nothing) {
    const Officer officer = add_officer("Olu Officer");
    add_patch("HN7", std::nullopt, officer.id);
    add_manager_area("North", officer.id);
    run("UPDATE patch SET active = 0");
    run("UPDATE manager_area SET active = 0");
    const Posting posting = find_posting(tx_, officer.account.id).value();
    EXPECT_EQ(posting.patch, std::nullopt);
    EXPECT_FALSE(posting.is_manager);
    EXPECT_EQ(posting.manager_area, std::nullopt);
    EXPECT_EQ(posting.area, std::nullopt);
}

TEST_F(Officers, whoever_holds_an_area_is_a_manager_and_other_roles_stay) {
    struct Case {
        const char* before;
        bool area;
        const char* after;
    };
    const Case cases[] = {{"officer", false, "officer"}, {"officer", true, "manager"},
                          {"manager", false, "officer"}, {"manager", true, "manager"},
                          {"admin", true, "admin"},      {"viewer", false, "viewer"}};
    std::vector<Officer> officers;
    auto in = work();
    for (const auto& one : cases) {
        Officer officer = add_officer(std::string{"Ann "} + one.before + (one.area ? " area" : ""));
        officer.account.role = access::find_role(tx_, one.before).value();
        officer.account = access::update_account(in, officer.account, "user.updated").value();
        if (one.area) {
            add_manager_area(one.before, officer.id);
        }
        officers.push_back(officer);
    }
    take_events();
    ASSERT_TRUE(settle_officer_roles(in).ok());
    for (std::size_t i = 0; i < officers.size(); ++i) {
        EXPECT_EQ(stored(officers[i]).account.role.name, cases[i].after) << i;
    }
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"user.role_changed 2/3 - 0", "user.role_changed 3/3 - 0"}));
}

}  // namespace
}  // namespace tenantry::housing
