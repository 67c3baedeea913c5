#include "register/data_quality.hpp"

#include "register/alert.hpp"
#include "register/tenancy.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

class DataQualityTest : public test::CaseworkTest {
  protected:
    FlawedPage find(Flaw flaw, std::int64_t after = 0) {
        auto in = work();
        return find_flawed(in, flaw, after).value();
    }
    std::vector<std::string> names(Flaw flaw) {
        std::vector<std::string> found;
        for (const Flawed& one : find(flaw).records) {
            found.push_back(one.name);
        }
        return found;
    }
    using Names = std::vector<std::string>;

    Person add_reachable(std::string_view name, std::optional<std::string> email,
                         std::optional<std::string> telephone = std::nullopt) {
        Person person;
        person.name = split_name(name);
        person.email = std::move(email);
        person.telephone_2 = std::move(telephone);
        return add(std::move(person));
    }
};

TEST_F(DataQualityTest, people_without_telephone_or_email) {
    add_reachable("Mail Only", "mail@example.com");
    add_reachable("Phone Only", std::nullopt, "020 7946 0000");
    auto gone = add_person("Long Gone");
    auto after = gone;
    after.active = false;
    update(gone, after);
    take_events();
    const auto page = find(Flaw::PersonWithoutContact);
    ASSERT_EQ(page.records.size(), 1U);
    EXPECT_EQ(page.records[0].name, "Ada Sample");
    EXPECT_EQ(page.records[0].uuid, person_.uuid);
    EXPECT_EQ(page.found, 1);
    EXPECT_TRUE(page.found_is_exact);
    EXPECT_EQ(page.go_on, std::nullopt);
    EXPECT_EQ(take_events().size(), 1U);  // the reading is journaled
}

TEST_F(DataQualityTest, people_who_share_a_contact_are_shown_with_one_another) {
    add_reachable("Same One", "same@example.com");
    add_reachable("Same Two", "Same@Example.com ");
    add_reachable("Other Phone", "other@example.com", "020 7946 0001");
    const auto page = find(Flaw::SharedContact);
    ASSERT_EQ(page.records.size(), 2U);
    EXPECT_EQ(page.records[0].name, "Same One");
    ASSERT_EQ(page.records[0].others.size(), 1U);
    EXPECT_EQ(page.records[0].others[0].name, "Same Two");
    EXPECT_EQ(page.records[1].others[0].uuid, page.records[0].uuid);
}

TEST_F(DataQualityTest, people_with_alerts_and_no_home_are_shown_once) {
    for (const int type : {1, 2}) {
        run("INSERT INTO alert (id, uuid, version, person_id, uprn, type_code, row_seal, created_at) "
            "VALUES ($1, $2, 1, $3, 5, x'00', x'00', 0)",
            type, uuid(static_cast<unsigned char>(100 + type)), person_.id);
    }
    EXPECT_EQ(names(Flaw::AlertWithoutHome), (Names{"Ada Sample"}));
    auto in = work();
    const auto housed = load_person(in, person_.id).value();
    auto after = housed;
    after.property = add_property("9 Weir Lane").id;
    update(housed, after);
    EXPECT_EQ(names(Flaw::AlertWithoutHome), (Names{}));
}

TEST_F(DataQualityTest, homes_without_uprn_or_patch_or_postcode) {
    Property whole;
    whole.address_line_1 = "1 Whole Street";
    whole.postcode = "LS21 3AB";
    whole.uprn = 100;
    whole.patch = uuid(1);
    auto in = work();
    ASSERT_TRUE(create_property(in, whole).ok());
    whole.address_line_1 = "2 Bad Postcode";
    whole.postcode = "LS21 3A8";
    ASSERT_TRUE(create_property(in, whole).ok());
    add_property("3 Bare Street");
    EXPECT_EQ(names(Flaw::HomeWithoutUprn), (Names{"3 Bare Street, Otley, LS21 3AB"}));
    EXPECT_EQ(names(Flaw::HomeWithoutPatch), (Names{"3 Bare Street, Otley, LS21 3AB"}));
    EXPECT_EQ(names(Flaw::BadPostcode), (Names{"2 Bad Postcode, LS21 3A8"}));
}

TEST_F(DataQualityTest, present_tenancies_without_people) {
    auto in = work();
    Tenancy tenancy;
    tenancy.tag_reference = "1/01";
    tenancy.present = true;
    tenancy.property = add_property("9 Weir Lane").id;
    const auto empty = create_tenancy(in, tenancy).value();
    tenancy.tag_reference = "2/02";
    Person tenant;
    tenant.name = split_name("Tess Tenant");
    tenant.tenancy = create_tenancy(in, tenancy).value().id;
    add(std::move(tenant));
    tenancy.tag_reference = "3/03";
    tenancy.present = false;
    ASSERT_TRUE(create_tenancy(in, tenancy).ok());
    const auto page = find(Flaw::TenancyWithoutPeople);
    ASSERT_EQ(page.records.size(), 1U);
    EXPECT_EQ(page.records[0].uuid, empty.uuid);
    EXPECT_EQ(page.records[0].name, "1/01");
    EXPECT_EQ(page.records[0].details, "9 Weir Lane, Otley, LS21 3AB");
}

TEST_F(DataQualityTest, interactions_that_are_open_for_over_a_year) {
    const auto old = log(process());
    auto closed = process();
    const auto other = log(closed);
    auto in = work();
    ASSERT_TRUE(close_case(in, said_on(other.interaction.uuid), std::nullopt).ok());
    clock_.advance(std::chrono::days{366});
    log(process());
    const auto page = find(Flaw::OldInteraction);
    ASSERT_EQ(page.records.size(), 1U);
    EXPECT_EQ(page.records[0].uuid, old.interaction.uuid);
    EXPECT_EQ(page.records[0].name, old.incident.ticket_number);
    EXPECT_EQ(page.records[0].details, "Homerton 1");
    EXPECT_EQ(page.records[0].since, old.interaction.created_at);
    EXPECT_TRUE(page.is_through);
}

TEST_F(DataQualityTest, a_long_list_is_shown_a_page_at_a_time_and_counted_so_far) {
    run("INSERT INTO property (id, uuid, version, address_line_1, postcode, created_at, updated_at) "
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100) "
        "SELECT 1000 + i, randomblob(16), 1, i || ' Long Street', 'LS21 3AB', 0, 0 FROM n");
    auto page = find(Flaw::HomeWithoutUprn);
    EXPECT_EQ(page.records.size(), 50U);
    EXPECT_EQ(page.found, 1000);
    EXPECT_FALSE(page.found_is_exact);
    EXPECT_EQ(page.go_on, 1050);
    page = find(Flaw::HomeWithoutUprn, 2080);
    EXPECT_EQ(page.records.size(), 20U);
    EXPECT_EQ(page.found, 20);
    EXPECT_TRUE(page.found_is_exact);
    EXPECT_EQ(page.go_on, std::nullopt);
}

TEST_F(DataQualityTest, what_lies_far_on_is_found_by_going_on) {
    run("INSERT INTO property (id, uuid, version, address_line_1, postcode, created_at, updated_at) "
        "VALUES (50000, randomblob(16), 1, '1 Far Street', 'nowhere', 0, 0)");
    auto page = find(Flaw::BadPostcode);
    EXPECT_TRUE(page.records.empty());
    EXPECT_EQ(page.go_on, 20'000);
    page = find(Flaw::BadPostcode, *page.go_on);
    EXPECT_EQ(page.go_on, 40'000);
    page = find(Flaw::BadPostcode, *page.go_on);
    ASSERT_EQ(page.records.size(), 1U);
    EXPECT_EQ(page.records[0].name, "1 Far Street, nowhere");
    EXPECT_EQ(page.go_on, std::nullopt);
    EXPECT_EQ(find(Flaw::BadPostcode, 60'000).records.size(), 0U);
}

}  // namespace
}  // namespace tenantry::housing
