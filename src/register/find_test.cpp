// The search box, in both search modes.
#include "register/find.hpp"

#include "register/alert.hpp"
#include "register/search_mode.hpp"
#include "register/tenancy.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

using Texts = std::vector<std::string>;

class FindAnything : public test::CaseworkTest, public testing::WithParamInterface<SearchMode> {
  protected:
    void SetUp() override {
        run("INSERT INTO instance (id, install_uuid, created_at, search_mode) VALUES (1, x'01', 0, $1)",
            static_cast<int>(GetParam()));
        CaseworkTest::SetUp();
    }
    Found find(std::string_view typed, FindScope scope = {}) {
        auto in = work();
        return find_anything(in, names_, typed, scope).value();
    }
    Texts people(std::string_view typed) {
        Texts names;
        for (const auto& line : find(typed).people.items) {
            names.push_back(line.person.name.full());
        }
        return names;
    }
    Texts homes(std::string_view typed) {
        Texts lines;
        for (const auto& home : find(typed).homes.items) {
            lines.push_back(home.address.substr(0, home.address.find(',')));
        }
        return lines;
    }
    Texts tenancies(std::string_view typed) {
        Texts tags;
        for (const auto& tenancy : find(typed).tenancies.items) {
            tags.push_back(tenancy.tag_reference);
        }
        return tags;
    }
    Property add_home(const std::string& line, const std::string& postcode,
                      std::optional<std::int64_t> uprn = {}) {
        auto in = work();
        Property home = add_property(line, postcode);
        home.uprn = uprn;
        return update_property(in, home).value();
    }
    Tenancy add_tenancy(const std::string& tag, const std::string& payment, const Property& home) {
        Tenancy tenancy;
        tenancy.tag_reference = tag;
        tenancy.payment_reference = payment;
        tenancy.property = home.id;
        tenancy.present = true;
        auto in = work();
        return create_tenancy(in, tenancy).value();
    }
};

class FindAmongMany : public test::CaseworkTest {};

INSTANTIATE_TEST_SUITE_P(Modes, FindAnything, testing::Values(SearchMode::Plaintext, SearchMode::Memory),
                         [](const auto& mode) {
                             return mode.param == SearchMode::Memory ? "Memory" : "Plaintext";
                         });

TEST_P(FindAnything, a_name_finds_people_the_whole_name_first_then_whole_words_then_their_beginnings) {
    add_person("Joann Leeson");
    add_person("Ann Leeds");
    add_person("Lee Mary Ann");
    add_person("Ann Lee");
    add_person("Bo Other");
    EXPECT_EQ(people("ann lee"), (Texts{"Ann Lee", "Lee Mary Ann", "Ann Leeds", "Joann Leeson"}));
    EXPECT_EQ(people("Lee, Ann"), (Texts{"Ann Lee", "Lee Mary Ann", "Ann Leeds", "Joann Leeson"}));
    EXPECT_EQ(people("nobody of that name"), Texts{});
}

TEST_P(FindAnything, who_has_a_present_tenancy_goes_before_who_has_not) {
    const Property home = add_home("9 Weir Lane", "LS21 3AB");
    const Tenancy tenancy = add_tenancy("0045/01", "228000001", home);
    add_person("Ann Lee");
    Person tenant;
    tenant.name = {std::nullopt, "Ann", "Lee"};
    tenant.property = home.id;
    tenant.tenancy = tenancy.id;
    tenant.cautionary_alert = true;
    tenant = add(tenant);
    const auto found = find("ann lee").people.items;
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].person.id, tenant.id);
    EXPECT_EQ(found[0].home, home.uuid);
    EXPECT_EQ(found[0].tenancy, tenancy.uuid);
    EXPECT_EQ(found[0].tag_reference, "0045/01");
    EXPECT_TRUE(found[0].person.cautionary_alert);
}

TEST_P(FindAnything, a_whole_telephone_number_or_e_mail_finds_who_has_it_however_it_is_written) {
    const Person person = add(test::full_person());
    for (const auto* typed : {"07700 900461", "07700900461", "+44 7700 900461", "(0113) 496-0112",
                              "ZOE.OBrien@mail.test", " zoe.obrien@mail.test "}) {
        EXPECT_EQ(people(typed), Texts{person.name.full()}) << typed;
    }
    for (const auto* typed : {"0770090046", "obrien@mail.test", "zoe@"}) {
        EXPECT_EQ(people(typed), Texts{}) << typed;
    }
}

TEST_P(FindAnything, an_address_finds_homes_in_the_order_of_their_numbers_the_one_that_begins_so_first) {
    add_home("19 Weir Lane", "LS21 3AB");
    add_home("10 Weir Lane", "LS21 3AB");
    add_home("9 Weir Lane", "LS21 3AB");
    add_home("9 Mill Lane", "E8 9ZZ");
    EXPECT_EQ(homes("9 weir lane"), (Texts{"9 Weir Lane", "19 Weir Lane"}));
    EXPECT_EQ(homes("Weir Lane, Otley"), (Texts{"9 Weir Lane", "10 Weir Lane", "19 Weir Lane"}));
    for (const auto* typed : {"ls213ab", "LS21 3AB", " Ls21  3ab"}) {
        EXPECT_EQ(homes(typed), (Texts{"9 Weir Lane", "10 Weir Lane", "19 Weir Lane"})) << typed;
    }
    EXPECT_EQ(homes("9 weir lane LS21 3AB"), (Texts{"9 Weir Lane", "19 Weir Lane"}));
    EXPECT_EQ(homes("e8 9zz"), Texts{"9 Mill Lane"});
    EXPECT_EQ(homes("weir lane e8 9zz"), Texts{});
}

TEST_P(FindAnything, a_home_found_alone_is_found_with_who_lives_there_and_its_mark) {
    const Property home = add_home("9 Weir Lane", "LS21 3AB", 100'023'000'001);
    Person person;
    person.name = split_name("Ada Tenant");
    person.property = home.id;
    add(person);
    add_home("11 Weir Lane", "LS21 3AB", 42);
    const auto found = find("100023000001");
    ASSERT_EQ(found.homes.items.size(), 1U);
    EXPECT_EQ(found.homes.items[0].uuid, home.uuid);
    EXPECT_FALSE(found.homes.items[0].alert);
    EXPECT_EQ(people("100023000001"), Texts{"Ada Tenant"});
    EXPECT_EQ(people("weir lane"), Texts{});
    EXPECT_EQ(homes("0042"), Texts{"11 Weir Lane"});
    {
        auto in = work();
        ASSERT_TRUE(raise_alerts(in, person_.uuid, 100'023'000'001, {"1"}).ok());
    }
    EXPECT_TRUE(find("9 weir lane").homes.items[0].alert);
    EXPECT_FALSE(find("0042").homes.items[0].alert);
}

TEST_P(FindAnything, a_reference_or_its_beginning_finds_the_tenancy_and_its_people) {
    const Property home = add_home("9 Weir Lane", "LS21 3AB");
    const Tenancy tenancy = add_tenancy("0045a/01", "228000001", home);
    add_tenancy("0045A/02", "228000012", home);
    Person person;
    person.name = split_name("Ada Tenant");
    person.tenancy = tenancy.id;
    add(person);
    EXPECT_EQ(tenancies("0045a/01"), Texts{"0045a/01"});
    EXPECT_EQ(people("0045a/01"), Texts{"Ada Tenant"});
    EXPECT_EQ(tenancies("0045a/02"), Texts{"0045A/02"}) << "in capitals";
    EXPECT_EQ(tenancies("0045a"), (Texts{"0045A/02", "0045a/01"}));
    EXPECT_EQ(tenancies("228000001"), Texts{"0045a/01"});
    EXPECT_EQ(tenancies("2280000"), (Texts{"0045a/01", "0045A/02"}));
    EXPECT_EQ(tenancies("228"), Texts{}) << "too little of one";
    const auto found = find("228000001").tenancies.items;
    EXPECT_EQ(found[0].uuid, tenancy.uuid);
    EXPECT_EQ(found[0].payment_reference, "228000001");
    EXPECT_EQ(found[0].home, home.uuid);
    EXPECT_EQ(found[0].address, home.full_address());
    EXPECT_TRUE(found[0].present);
    EXPECT_TRUE(find("228000001", {.tenancies = false, .cases = true}).empty());
}

TEST_P(FindAnything, a_ticket_number_finds_the_case) {
    const Casework logged = log();
    log();
    for (const std::string& typed :
         {logged.incident.ticket_number, logged.incident.ticket_number.substr(0, 9)}) {
        const auto found = find(typed).cases.items;
        ASSERT_EQ(found.size(), 1U) << typed;
        EXPECT_EQ(found[0].interaction.uuid, logged.interaction.uuid);
        EXPECT_EQ(found[0].who->person.id, person_.id);
    }
    EXPECT_TRUE(find(logged.incident.ticket_number, {.tenancies = true, .cases = false}).empty());
}

TEST_P(FindAnything, at_most_twenty_of_a_kind_are_found_and_more_is_said) {
    for (int i = 1; i <= 21; ++i) {
        add_person("Ann Lee");
        add_home(fmt::format("{} Weir Lane", i), "LS21 3AB");
    }
    const auto found = find("ann lee").people;
    EXPECT_EQ(found.items.size(), 20U);
    EXPECT_TRUE(found.has_more);
    const auto homes_found = find("weir lane").homes;
    EXPECT_EQ(homes_found.items.size(), 20U);
    EXPECT_TRUE(homes_found.has_more);
    EXPECT_EQ(homes("21 weir lane").at(0), "21 Weir Lane");
}

TEST_F(FindAmongMany, where_not_all_could_be_looked_at_more_is_said_though_nothing_was_found) {
    run("WITH RECURSIVE n (id) AS (SELECT 1000 UNION ALL SELECT id + 1 FROM n WHERE id < 7500) "
        "INSERT INTO property (id, uuid, version, address_line_1, postcode, created_at, updated_at) "
        "SELECT id, randomblob(16), 1, 'Weir Lane', 'LS21 3AB', 0, 0 FROM n");
    run("INSERT INTO property_address (property_id, folded) "
        "SELECT id, 'weir lane, ls21 3ab ls213ab' FROM property");
    seal_rows();
    auto in = work();
    const auto found = find_anything(in, names_, "qq weir lane", {}).value();
    EXPECT_TRUE(found.homes.items.empty());
    EXPECT_EQ(found.homes.has_more, test::postgres_server() == nullptr)
        << "PostgreSQL's index has short words";
}

TEST_P(FindAnything, what_is_too_short_is_said_to_be_and_odd_letters_are_letters) {
    add_person("Ann O'Brien");
    add_person("100% \"Quoted\" _Name");
    for (const auto* typed : {"", "a", "an", "%", "\"", "'", "_", ",", "--", "e8"}) {
        const auto found = find(typed);
        EXPECT_TRUE(found.empty()) << typed;
        EXPECT_TRUE(found.too_short) << typed;
    }
    EXPECT_EQ(people("o'brien"), Texts{"Ann O'Brien"});
    EXPECT_EQ(people("OBRIEN"), Texts{"Ann O'Brien"});
    EXPECT_EQ(people("\"quoted"), Texts{"100% \"Quoted\" _Name"});
    EXPECT_EQ(people("100%"), Texts{"100% \"Quoted\" _Name"});
    EXPECT_FALSE(find("<script>alert(1)</script>").too_short);
    EXPECT_FALSE(find("AND OR NOT NEAR(").too_short);
    EXPECT_TRUE(find("nobody").empty());
}

TEST_P(FindAnything, one_reading_of_everybody_shown_is_journaled) {
    add_person("Ann Lee");
    add_person("Ann Leeson");
    take_events();
    find("ann");
    EXPECT_EQ(take_events(), Texts{"tenant.listed -/- - 0"});
    find("nobody");
    EXPECT_TRUE(take_events().empty());
}

TEST_P(FindAnything, a_record_that_does_not_open_takes_no_search_down) {
    testing::internal::CaptureStderr();
    add_person("Ann Lee");
    const Person damaged = add(test::full_person());
    run("UPDATE person SET email = x'00' WHERE id = $1", damaged.id);
    take_events();
    const auto found = find("07700 900461").people.items;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_FALSE(found[0].person.unreadable.empty());
    EXPECT_EQ(people("ann lee"), Texts{"Ann Lee"});
    EXPECT_EQ(testing::internal::GetCapturedStderr().find("zoe"), std::string::npos);
}

}  // namespace
}  // namespace tenantry::housing
