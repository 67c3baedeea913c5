#include "register/new_tenancy.hpp"

#include "access/account.hpp"
#include "register/household.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

class NewTenancies : public test::HousingTest {
  protected:
    Tenancy add_tenancy(const std::string& tag, Instant created_at,
                        std::optional<Id<Property>> home = std::nullopt) {
        Tenancy tenancy;
        tenancy.uuid = crypto::new_uuid();
        tenancy.tag_reference = tag;
        tenancy.property = home;
        tenancy.created_at = created_at;
        auto in = work();
        return create_tenancy(in, tenancy).value();
    }
    Person add_tenant(std::string_view name, const Tenancy& tenancy, bool responsible = false,
                      std::optional<Id<Property>> home = std::nullopt) {
        Person person;
        person.name = split_name(name);
        person.tenancy = tenancy.id;
        person.property = home;
        person.responsible = responsible;
        return add(person);
    }
    std::vector<NewTenancy> take() {
        auto in = work();
        return take_new_tenancies(in).value();
    }
    std::vector<std::string> take_tags() {
        std::vector<std::string> tags;
        for (const auto& entry : take()) {
            tags.push_back(entry.tenancy.tag_reference);
        }
        return tags;
    }
    static std::vector<std::string> names(const NewTenancy& entry) {
        std::vector<std::string> all;
        for (const auto& person : entry.people) {
            all.push_back(person.name.full());
        }
        return all;
    }
};

using Texts = std::vector<std::string>;

TEST_F(NewTenancies, the_first_call_shows_the_last_24_hours) {
    add_tenancy("1/01", clock_.now() - hours{24});
    add_tenancy("2/01", clock_.now());
    add_tenancy("3/01", clock_.now() - hours{24} + milliseconds{1});
    add_tenancy("4/01", clock_.now() + milliseconds{1});
    EXPECT_EQ(take_tags(), (Texts{"3/01", "2/01"}));
}

TEST_F(NewTenancies, each_call_shows_what_came_since_the_last) {
    EXPECT_EQ(take_tags(), Texts{});
    add_tenancy("1/01", clock_.now());
    clock_.advance(hours{100});
    add_tenancy("2/01", clock_.now());
    add_tenancy("3/01", clock_.now() - hours{99});
    EXPECT_EQ(take_tags(), (Texts{"3/01", "2/01"}));
    EXPECT_EQ(take_tags(), Texts{});
    clock_.advance(milliseconds{1});
    add_tenancy("4/01", clock_.now());
    EXPECT_EQ(take_tags(), Texts{"4/01"});
}

TEST_F(NewTenancies, the_mark_moves_only_if_the_transaction_does) {
    add_tenancy("1/01", clock_.now());
    run("SAVEPOINT call");
    EXPECT_EQ(take_tags(), Texts{"1/01"});
    run("ROLLBACK TO call");
    run("RELEASE call");
    EXPECT_EQ(take_tags(), Texts{"1/01"});
    EXPECT_EQ(take_tags(), Texts{});
}

TEST_F(NewTenancies, a_clock_that_went_back_shows_nothing_twice) {
    clock_.advance(hours{2});
    add_tenancy("1/01", clock_.now());
    EXPECT_EQ(take_tags(), Texts{"1/01"});
    clock_.advance(-hours{2});
    EXPECT_EQ(take_tags(), Texts{});
    clock_.advance(hours{3});
    EXPECT_EQ(take_tags(), Texts{});
}

TEST_F(NewTenancies, a_call_is_journaled_with_the_people_it_shows) {
    const Tenancy tenancy = add_tenancy("1/01", clock_.now());
    add_tenant("Ada Sample", tenancy);
    take_events();
    take();
    EXPECT_EQ(take_events(), (Texts{"tenant.listed -/- - 0", "tenancy.new_taken -/- - 0"}));
    take();
    EXPECT_EQ(take_events(), Texts{"tenancy.new_taken -/- - 0"});
}

TEST_F(NewTenancies, people_of_one_home_are_one_entry_the_responsible_first) {
    const auto flat = add_property("Flat 2").id;
    const auto house = add_property("9 Weir Lane").id;
    const Tenancy tenancy = add_tenancy("1/01", clock_.now(), flat);
    add_tenant("Ada Sample", tenancy, false, flat);
    add_tenant("Sam Away", tenancy, false, house);
    add_tenant("Bo Sample", tenancy, true, flat);
    add_tenant("Cy Nowhere", tenancy);
    add_tenant("Di Sample", tenancy, true, flat);
    const auto entries = take();
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].home->address_line_1, "Flat 2");
    EXPECT_EQ(names(entries[0]), (Texts{"Di Sample", "Bo Sample", "Ada Sample", "Cy Nowhere"}));
    EXPECT_EQ(entries[1].home->address_line_1, "9 Weir Lane");
    EXPECT_EQ(names(entries[1]), Texts{"Sam Away"});
    EXPECT_EQ(entries[1].tenancy.id, tenancy.id);
}

TEST_F(NewTenancies, one_without_people_or_home_is_not_lost) {
    const auto flat = add_property("Flat 2").id;
    add_tenancy("1/01", clock_.now(), flat);
    add_tenancy("2/01", clock_.now());
    const auto entries = take();
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].home->id, flat);
    EXPECT_TRUE(entries[0].people.empty());
    EXPECT_FALSE(entries[1].home.has_value());
    EXPECT_FALSE(entries[1].patch.has_value());
}

TEST_F(NewTenancies, a_home_is_shown_with_its_patch_and_the_patchs_officer) {
    auto in = work();
    access::Account account;
    account.first_name = "Olu";
    account.last_name = "Officer";
    account.email = "olu@council.example";
    account.password = "encoded";
    account.role.id = 4;
    const auto made = access::create_account(in, account).value();
    const Uuid officer = crypto::new_uuid();
    const Uuid manager_area = crypto::new_uuid();
    const std::vector<Uuid> patches{crypto::new_uuid(), crypto::new_uuid()};
    run("INSERT INTO area (id, name) VALUES (3, 'Homerton 1')");
    run("INSERT INTO officer (id, uuid, account_id, active, created_at, updated_at) VALUES (5, $1, $2, 1, 0, "
        "0)",
        officer, made.id);
    run("INSERT INTO manager_area (id, uuid, version, name, area_id, active, created_at, updated_at) "
        "VALUES (7, $1, 1, 'Homerton', 3, 1, 0, 0)",
        manager_area);
    run("INSERT INTO patch (id, uuid, version, name, area_id, manager_area_id, officer_id, active, "
        "created_at, "
        "updated_at) VALUES (8, $1, 1, 'HN7', 3, 7, 5, 1, 0, 0)",
        patches[0]);
    run("INSERT INTO patch (id, uuid, version, name, area_id, active, created_at, updated_at) "
        "VALUES (9, $1, 1, 'HN8', 3, 1, 0, 0)",
        patches[1]);
    seal_rows();
    for (const std::size_t i : {0U, 1U}) {
        Property home = add_property("Flat 2");
        home.patch = patches[i];
        add_tenancy(std::to_string(i) + "/01", clock_.now(), update_property(in, home)->id);
    }
    auto entries = take();
    ASSERT_EQ(entries.size(), 2U);
    EXPECT_EQ(entries[0].patch->patch, patches[0]);
    EXPECT_EQ(entries[0].patch->area.value, 3);
    EXPECT_EQ(entries[0].patch->manager_area, manager_area);
    EXPECT_EQ(entries[0].patch->officer_uuid, officer);
    EXPECT_EQ(entries[0].patch->officer_name, "Olu Officer");
    EXPECT_EQ(entries[1].patch->patch, patches[1]);
    EXPECT_EQ(entries[1].patch->manager_area, std::nullopt);
    EXPECT_EQ(entries[1].patch->officer_uuid, std::nullopt);
    EXPECT_EQ(entries[1].patch->officer_name, std::nullopt);
    // An officer's account that does not open takes nobody's new tenancies away.
    run("UPDATE account SET first_name = x'00' WHERE id = $1", made.id);
    run("DELETE FROM watermark");
    entries = take();
    EXPECT_EQ(entries[0].patch->officer_uuid, officer);
    EXPECT_EQ(entries[0].patch->officer_name, std::nullopt);
}

}  // namespace
}  // namespace tenantry::housing
