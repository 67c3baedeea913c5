#include "register/my_patch.hpp"

#include "register/officer.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

using Texts = std::vector<std::string>;

class MyPatch : public test::CaseworkTest {
  protected:
    Property add_home(const std::string& line, std::optional<unsigned char> patch) {
        auto in = work();
        Property home = add_property(line);
        home.patch = patch ? std::optional{uuid(*patch)} : std::nullopt;
        return update_property(in, home).value();
    }
    Tenancy add_tenancy(const std::string& tag, const Property& home, std::optional<Date> start) {
        Tenancy tenancy;
        tenancy.tag_reference = tag;
        tenancy.property = home.id;
        tenancy.start_on = start;
        tenancy.present = true;
        auto in = work();
        return create_tenancy(in, tenancy).value();
    }
    Person add_at(const std::string& name, const Property& home, std::optional<Id<Tenancy>> tenancy,
                  bool flagged = false) {
        Person person;
        person.name = split_name(name);
        person.property = home.id;
        person.tenancy = tenancy;
        person.cautionary_alert = flagged;
        return add(person);
    }
    Date today() { return from_days(to_millis(clock_.now()) / 86'400'000); }
    Date days_ago(int days) { return from_days(to_days(today()) - days); }
    Texts fresh(int days, std::int64_t most = 20) {
        auto in = work();
        Texts tags;
        for (const auto& one : list_fresh_tenancies(in, kOfficer, days_ago(days), most).value()) {
            tags.push_back(one.tag_reference);
        }
        return tags;
    }
};

TEST_F(MyPatch, the_tenancies_that_began_lately_are_listed_the_newest_first) {
    const Property home = add_home("9 Weir Lane", 1);
    const Property other = add_home("11 Weir Lane", 4);
    const Property elsewhere = add_home("13 Weir Lane", std::nullopt);
    const Tenancy first = add_tenancy("T/01", home, days_ago(20));
    add_tenancy("T/02", other, days_ago(28));
    add_tenancy("T/03", other, days_ago(29));
    add_tenancy("T/04", elsewhere, days_ago(2));
    add_tenancy("T/05", home, days_ago(-7));
    add_tenancy("T/06", home, std::nullopt);
    Tenancy ended = add_tenancy("T/07", home, days_ago(3));
    ended.terminated = true;
    {
        auto in = work();
        ASSERT_TRUE(update_tenancy(in, ended).ok());
    }
    const Person tenant = add_at("Ada Sample", home, first.id);
    EXPECT_EQ(fresh(28), (Texts{"T/05", "T/06", "T/01", "T/02"}));
    EXPECT_EQ(fresh(28, 2), (Texts{"T/05", "T/06"}));
    take_events();
    auto in = work();
    const auto all = list_fresh_tenancies(in, kOfficer, days_ago(28), 20).value();
    EXPECT_EQ(take_events(), Texts{"tenant.listed -/- - 0"});
    ASSERT_EQ(all[2].people.size(), 1U);
    EXPECT_EQ(all[2].people[0].id, tenant.id);
    EXPECT_EQ(all[2].home, home.uuid);
    EXPECT_EQ(all[2].address, home.full_address());
    EXPECT_EQ(all[2].started, days_ago(20));
    EXPECT_TRUE(list_fresh_tenancies(in, kOther, days_ago(28), 20).value().empty());
}

TEST_F(MyPatch, whoever_is_flagged_at_a_home_of_the_patches_is_listed_a_page_at_a_time) {
    const Property home = add_home("9 Weir Lane", 1);
    const Property other = add_home("11 Weir Lane", 4);
    const Property elsewhere = add_home("13 Weir Lane", std::nullopt);
    const Person second = add_at("Bo Second", other, {}, true);
    const Person first = add_at("Ada First", home, {}, true);
    add_at("Cy Quiet", home, {});
    add_at("Di Away", elsewhere, {}, true);
    take_events();
    auto in = work();
    const auto page = list_flagged_in_patches(in, kOfficer, {1, 0}).value();
    ASSERT_EQ(page.people.size(), 1U);
    EXPECT_EQ(page.people[0].person.id, first.id);
    EXPECT_EQ(page.people[0].home, home.uuid);
    EXPECT_TRUE(page.has_more);
    EXPECT_EQ(take_events(), Texts{"tenant.listed -/- - 0"});
    const auto rest = list_flagged_in_patches(in, kOfficer, {1, 1}).value();
    EXPECT_EQ(rest.people.at(0).person.id, second.id);
    EXPECT_FALSE(rest.has_more);
    take_events();
    EXPECT_TRUE(list_flagged_in_patches(in, kOther, {20, 0}).value().people.empty());
    EXPECT_TRUE(take_events().empty());
}

}  // namespace
}  // namespace tenantry::housing
