#include "register/tenancy.hpp"

#include "register/household.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

class Tenancies : public test::HousingTest {
  protected:
    static Tenancy wanted(const std::string& tag) {
        Tenancy tenancy;
        tenancy.uuid = crypto::new_uuid();
        tenancy.tag_reference = tag;
        return tenancy;
    }
    Tenancy create(Tenancy tenancy) {
        auto in = work();
        return create_tenancy(in, std::move(tenancy)).value();
    }
    Person add_tenant(std::string_view name, Id<Tenancy> tenancy,
                      std::optional<Id<Property>> home = std::nullopt) {
        Person person;
        person.name = split_name(name);
        person.tenancy = tenancy;
        person.property = home;
        return add(person);
    }
    Id<Household> household(const std::string& tag) {
        auto in = work();
        return ensure_household(in, tag).value();
    }
    std::vector<RentAccount> accounts_of_tag(std::string_view tag) {
        auto in = work();
        return list_accounts_by_tag(in, tag).value();
    }
    std::vector<RentAccount> accounts_of_payment(std::string_view reference) {
        auto in = work();
        return list_accounts_by_payment_reference(in, reference).value();
    }
};

TEST_F(Tenancies, every_field_is_kept) {
    Property home = add_property("9 Weir Lane");
    home.property_reference = "00015498";
    home.house_reference = "0015498";
    auto in = work();
    ASSERT_TRUE(update_property(in, home).ok());
    Tenancy t = wanted("0123456/01");
    t.payment_reference = "228012345";
    t.property = home.id;
    t.household = household("0123456/01");
    t.tenure_code = "SEC";
    t.start_on = parse_date("2012-01-23");
    t.end_on = parse_date("2019-05-06");
    t.terminated = true;
    t.present = true;
    t.current_balance = -1'230;
    t.rent = 11'802;
    t.benefit = 0;
    t.direct_debit = "DD";
    t.account_type = "1";
    t.agreement_type = "M";
    t.created_at = from_millis(1'700'000'000'000);
    take_events();
    const Tenancy made = create(t);
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenancy.created 1/1 - 0"});
    for (const Tenancy& found : {*find_tenancy(tx_, keys(), made.id), *find_tenancy(tx_, keys(), t.uuid),
                                 *find_tenancy_by_tag(tx_, keys(), "0123456/01")}) {
        EXPECT_EQ(found.id, made.id);
        EXPECT_EQ(found.uuid, t.uuid);
        EXPECT_EQ(found.version, 1);
        EXPECT_EQ(found.tag_reference, "0123456/01");
        EXPECT_EQ(found.payment_reference, "228012345");
        EXPECT_EQ(found.property, home.id);
        EXPECT_EQ(found.household, t.household);
        EXPECT_EQ(found.tenure_code, "SEC");
        EXPECT_EQ(found.start_on, t.start_on);
        EXPECT_EQ(found.end_on, t.end_on);
        EXPECT_TRUE(found.terminated);
        EXPECT_TRUE(found.present);
        EXPECT_EQ(found.current_balance, -1'230);
        EXPECT_EQ(found.rent, 11'802);
        EXPECT_EQ(found.benefit, 0);
        EXPECT_EQ(found.direct_debit, "DD");
        EXPECT_EQ(found.account_type, "1");
        EXPECT_EQ(found.agreement_type, "M");
        EXPECT_EQ(found.created_at, t.created_at);
        EXPECT_EQ(found.updated_at, clock_.now());
        EXPECT_EQ(found.property_reference, "00015498");
        EXPECT_EQ(found.house_reference, "0015498");
    }
    EXPECT_EQ(find_tenancy(tx_, keys(), Id<Tenancy>{9}).error().code, Code::NotFound);
    EXPECT_EQ(find_tenancy(tx_, keys(), crypto::new_uuid()).error().code, Code::NotFound);
    EXPECT_EQ(find_tenancy_by_tag(tx_, keys(), "0123456/02").error().code, Code::NotFound);
}

TEST_F(Tenancies, one_without_times_or_uuid_is_given_them) {
    Tenancy bare = wanted("0123456/01");
    bare.uuid = {};
    const Tenancy made = create(bare);
    EXPECT_NE(made.uuid, Uuid{});
    EXPECT_EQ(made.created_at, clock_.now());
    EXPECT_EQ(find_tenancy(tx_, keys(), made.uuid)->property_reference, std::nullopt);
}

TEST_F(Tenancies, an_update_goes_over_the_version_that_was_read) {
    const Tenancy made = create(wanted("0123456/01"));
    clock_.advance(std::chrono::hours{1});
    take_events();
    auto in = work();
    Tenancy changed = made;
    changed.rent = 9'900;
    EXPECT_EQ(update_tenancy(in, changed)->version, 2);
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenancy.updated 1/2 - 0"});
    const Tenancy found = find_tenancy(tx_, keys(), made.id).value();
    EXPECT_EQ(found.rent, 9'900);
    EXPECT_EQ(found.created_at, made.created_at);
    EXPECT_EQ(found.updated_at, clock_.now());
    EXPECT_EQ(update_tenancy(in, changed).error().code, Code::Conflict);
}

TEST_F(Tenancies, a_tag_reference_is_one_tenancys) {
    create(wanted("0123456/01"));
    Tenancy other = create(wanted("0123456/02"));
    auto in = work();
    const auto again = create_tenancy(in, wanted("0123456/01"));
    EXPECT_EQ(again.error().code, Code::Conflict);
    EXPECT_EQ(again.error().field.view(), "tag_reference");
    other.tag_reference = "0123456/01";
    EXPECT_EQ(update_tenancy(in, other).error().field.view(), "tag_reference");
}

TEST_F(Tenancies, people_who_came_before_their_tenancy_are_linked_to_it) {
    const auto early = household("0123456/01");
    Person person;
    person.name = split_name("Priya Nair");
    person.household = early;
    const Person waiting = add(person);
    person.household = household("0999999/01");
    const Person other = add(person);
    take_events();
    Tenancy wanting = wanted("0123456/01");
    wanting.household = early;
    const Tenancy made = create(wanting);
    EXPECT_EQ(take_events(), (std::vector<std::string>{"tenancy.created 1/1 - 0", "tenant.linked 1/2 1 0"}));
    const Person linked = find(waiting.id).value();
    EXPECT_EQ(linked.tenancy, made.id);
    EXPECT_EQ(linked.household, early);
    EXPECT_EQ(find(other.id)->tenancy, std::nullopt);
}

TEST_F(Tenancies, its_people_follow_it_to_its_household) {
    Tenancy made = create(wanted("0123456/01"));
    const Person tenant = add_tenant("Priya Nair", made.id);
    made.household = household("0123456/01");
    auto in = work();
    ASSERT_TRUE(update_tenancy(in, made).ok());
    EXPECT_EQ(find(tenant.id)->household, made.household);
    EXPECT_EQ(find(tenant.id)->version, 2);
}

TEST_F(Tenancies, a_tag_reference_leads_to_its_tenancy_and_household) {
    Tenancy t = wanted("0123456/01");
    t.household = household("0999999/09");
    const Tenancy made = create(t);
    auto in = work();
    TenancyLink link = link_of_tag(in, "0123456/01").value();
    EXPECT_EQ(link.tenancy, made.id);
    EXPECT_EQ(link.household, t.household);
    link = link_of_tag(in, "0123456/02").value();
    EXPECT_EQ(link.tenancy, std::nullopt);
    EXPECT_EQ(link.household, household("0123456/02"));
    const Tenancy alone = create(wanted("0123456/03"));
    link = link_of_tag(in, "0123456/03").value();
    EXPECT_EQ(link.tenancy, alone.id);
    EXPECT_EQ(link.household, household("0123456/03"));
}

TEST_F(Tenancies, an_account_is_shown_with_its_people_and_their_homes) {
    const Tenancy made = create(wanted("0123456/01"));
    const auto home = add_property("9 Weir Lane").id;
    add_person("Somebody Else");
    const Person first = add_tenant("Priya Nair", made.id, home);
    const Person second = add_tenant("Ade Nair", made.id);
    take_events();
    const auto accounts = accounts_of_tag("0123456/01");
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.listed -/- - 0"});
    ASSERT_EQ(accounts.size(), 1U);
    EXPECT_EQ(accounts[0].tenancy.id, made.id);
    ASSERT_EQ(accounts[0].tenants.size(), 2U);
    EXPECT_EQ(accounts[0].tenants[0].person.id, first.id);
    EXPECT_EQ(accounts[0].tenants[0].person.name.full(), "Priya Nair");
    EXPECT_EQ(accounts[0].tenants[0].home->address_line_1, "9 Weir Lane");
    EXPECT_EQ(accounts[0].tenants[1].person.id, second.id);
    EXPECT_FALSE(accounts[0].tenants[1].home.has_value());
}

TEST_F(Tenancies, an_account_without_people_is_not_shown) {
    create(wanted("0123456/01"));
    take_events();
    EXPECT_TRUE(accounts_of_tag("0123456/01").empty());
    EXPECT_TRUE(accounts_of_tag("0123456/02").empty());
    EXPECT_TRUE(accounts_of_payment("228012345").empty());
    EXPECT_EQ(take_events(), std::vector<std::string>{});
}

TEST_F(Tenancies, several_accounts_may_have_one_payment_reference) {
    for (const char* tag : {"0123456/01", "0123456/02", "0123456/03"}) {
        Tenancy t = wanted(tag);
        t.payment_reference = tag == std::string_view{"0123456/03"} ? "228000000" : "228012345";
        add_tenant(tag, create(t).id);
    }
    const auto accounts = accounts_of_payment("228012345");
    ASSERT_EQ(accounts.size(), 2U);
    for (const std::size_t i : {0U, 1U}) {
        ASSERT_EQ(accounts[i].tenants.size(), 1U);
        EXPECT_EQ(accounts[i].tenants[0].person.name.last, accounts[i].tenancy.tag_reference);
    }
    EXPECT_EQ(accounts[0].tenancy.tag_reference, "0123456/01");
}

TEST_F(Tenancies, a_damaged_person_does_not_take_the_account_down) {
    const Tenancy made = create(wanted("0123456/01"));
    const Person whole = add_tenant("Priya Nair", made.id);
    const Person damaged = add_tenant("Ade Nair", made.id);
    run("UPDATE person SET name = x'00' WHERE id = $1", damaged.id);
    take_events();
    const auto accounts = accounts_of_tag("0123456/01");
    EXPECT_EQ(take_events(), (std::vector<std::string>{"tenant.damaged 2/1 2 2", "tenant.listed -/- - 0"}));
    ASSERT_EQ(accounts[0].tenants.size(), 2U);
    EXPECT_EQ(accounts[0].tenants[0].person.name.full(), whole.name.full());
    EXPECT_FALSE(accounts[0].tenants[1].person.unreadable.empty());
}

TEST_F(Tenancies, a_person_leads_to_their_tenancy) {
    const Tenancy made = create(wanted("0123456/01"));
    const Person tenant = add_tenant("Priya Nair", made.id);
    const Person alone = add_person("Sam Okoro");
    auto in = work();
    take_events();
    EXPECT_EQ(find_tenancy_of_person(in, tenant.uuid)->id, made.id);
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.viewed 1/1 1 0"});
    EXPECT_EQ(find_tenancy_of_person(in, alone.uuid).error().code, Code::NotFound);
    EXPECT_EQ(find_tenancy_of_person(in, crypto::new_uuid()).error().code, Code::NotFound);
    // Who moved a person to another tenancy behind the register's back is told nothing of it.
    create(wanted("0123456/02"));
    run("UPDATE person SET tenancy_id = 2 WHERE id = $1", tenant.id);
    EXPECT_EQ(find_tenancy_of_person(in, tenant.uuid).error().code, Code::Corrupt);
}

TEST_F(Tenancies, a_hackney_homes_id_leads_to_the_tenancy_of_its_first_person_who_has_one) {
    const Tenancy made = create(wanted("0123456/01"));
    Person person;
    person.name = split_name("Priya Nair");
    person.hackney_homes_id = "90001";
    add(person);
    person.tenancy = made.id;
    add(person);
    auto in = work();
    take_events();
    EXPECT_EQ(find_tenancy_by_hackney_homes_id(in, "90001")->id, made.id);
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.viewed 2/1 2 0"});
    EXPECT_EQ(find_tenancy_by_hackney_homes_id(in, "9000").error().code, Code::NotFound);
}

TEST(TenureLabel, is_spelt_as_the_contract_has_it) {
    const std::vector<std::pair<std::string, std::string>> labels{
        {"ASY", "Asylum seeker"},
        {"DEC", "Temp Decant"},
        {"FRE", "Freehold"},
        {"INT", "Introductory"},
        {"LEA", "Leasehold (RTB)"},
        {"LTA", "License temporay account"},
        {"MPA", "Mesne profit account"},
        {"NON", "Non-secure"},
        {"PVG", "Private garage"},
        {"RSL", "Landlord"},
        {"RTM", "Rent to mortgage"},
        {"SEC", "Secure"},
        {"SLL", "Short life lease"},
        {"TAF", "Tenants association flat"},
        {"TBB", "Temporary B&B"},
        {"TGA", "Tenant garage"},
        {"THL", "Temporary hostel lease"},
        {"THO", "Temporary hostel"},
        {"TLA", "Temporary annex"},
        {"TPL", "Temporary private let"},
        {"TRA", "Temporary Traveller"},
        {"COM", "Commercial let"},
        {"FRS", "Freehold (service charge)"},
        {"HPH", "HPH(SLA)"},
        {"LHS", "Leasehold 100% stair"},
        {"SHO", "Shared ownership"},
        {"SPS", "Private sale leasehold"},
        {"SPT", "Sheltered accommodation"},
        {"SSE", "Share equity"},
        {"TTR", "Temp Traveller"},
        {"sec", "Temp Traveller"},
    };
    for (const auto& [code, label] : labels) {
        EXPECT_EQ(tenure_label(code), label) << code;
    }
    EXPECT_EQ(tenure_label(std::nullopt), std::nullopt);
}

}  // namespace
}  // namespace tenantry::housing
