#include "register/citizen_search.hpp"

#include "register/importer.hpp"
#include "register/tenancy.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

using Names = std::vector<std::string>;

class CitizenSearch : public test::HousingTest {
  protected:
    void SetUp() override {
        present_ = add_tenancy("1/01", true);
        house_ = add_home("FLAT 2 SAMPLE HOUSE", "EXAMPLE ROAD", "E8 9ZZ");
        lane_ = add_home("9 WEIR LANE", std::nullopt, "LS21 3AB");
        add_tenant("Ada", "Sample", house_);
        add_tenant("Zoë Anne", "O'Sample-Łuczak", house_);
        add_tenant("Sample", "Weir", lane_);
        add_tenant("Per_cent%", "Odd", lane_);
        add_person_of("Gone", "Sample", house_, add_tenancy("2/01", false));
        add_person_of("Never", "Sample", house_, std::nullopt);
    }

    Id<Tenancy> add_tenancy(const std::string& tag, bool present) {
        Tenancy tenancy;
        tenancy.uuid = crypto::new_uuid();
        tenancy.tag_reference = tag;
        tenancy.present = present;
        auto in = work();
        return create_tenancy(in, tenancy)->id;
    }
    Id<Property> add_home(const std::string& line_1, const std::optional<std::string>& line_2,
                          const std::string& postcode) {
        Property property;
        property.address_line_1 = line_1;
        property.address_line_2 = line_2;
        property.address_line_3 = "HACKNEY";
        property.city = "LONDON";
        property.postcode = postcode;
        auto in = work();
        return create_property(in, property)->id;
    }
    Person add_tenant(const std::string& first, const std::string& last, Id<Property> home) {
        return add_person_of(first, last, home, present_);
    }
    Person add_person_of(const std::string& first, const std::string& last, Id<Property> home,
                         std::optional<Id<Tenancy>> tenancy) {
        Person person;
        person.name = {std::nullopt, first, last};
        person.property = home;
        person.tenancy = tenancy;
        return add(person);
    }
    CitizenMatches matches(const CitizenCriteria& criteria) {
        auto in = work();
        return search_citizens(in, names_, criteria).value();
    }
    Names find_names(const CitizenCriteria& criteria) {
        Names names;
        const auto found = matches(criteria);
        for (const auto& resident : found.residents) {
            names.push_back(resident.person.name.full());
        }
        for (const auto& citizen : found.citizens) {
            names.push_back("CI " + citizen.name.full());
        }
        return names;
    }

    Id<Tenancy> present_;
    Id<Property> house_;
    Id<Property> lane_;
};

TEST_F(CitizenSearch, every_part_given_must_stand_in_its_own_place) {
    struct Row {
        CitizenCriteria criteria;
        Names names;
    };
    const std::string ada = "Ada Sample";
    const std::string zoe = "Zoë Anne O'Sample-Łuczak";
    const std::string weir = "Sample Weir";
    const std::string odd = "Per_cent% Odd";
    const std::vector<Row> rows{
        // Names: each in its own part, in any case, wherever it stands; people without a present tenancy
        // never.
        {{.last_name = "sample"}, {zoe, ada}},
        {{.last_name = "AMPL"}, {zoe, ada}},
        {{.first_name = "sample"}, {weir}},
        {{.first_name = "a", .last_name = "e"}, {weir, zoe, ada}},
        {{.first_name = "zoe anne"}, {zoe}},
        {{.first_name = "E A"}, {zoe}},
        {{.last_name = "o’sample luczak"}, {zoe}},
        {{.last_name = "OSAMPLE"}, {zoe}},
        {{.first_name = "ada", .last_name = "weir"}, {}},
        {{.last_name = "ada sample"}, {}},
        // Literals.
        {{.first_name = "%"}, {odd}},
        {{.first_name = "_cent%"}, {odd}},
        {{.last_name = "s%e"}, {}},
        {{.last_name = "\""}, {}},
        {{.last_name = "sam\" OR \"ple"}, {}},
        {{.last_name = "'"}, {}},
        {{.last_name = "-", .address = "weir"}, {}},
        // Postcode.
        {{.postcode = "e8 9zz"}, {zoe, ada}},
        {{.postcode = "89Z"}, {zoe, ada}},
        {{.postcode = "S2"}, {weir, odd}},
        {{.postcode = "E8 9ZZ1"}, {}},
        {{.last_name = "weir", .postcode = "e8"}, {}},
        {{.last_name = "we", .postcode = "ls21"}, {weir}},
        // Address: one word, several in any order, run together, across lines; not line 3 or the city.
        {{.address = "weir"}, {weir, odd}},
        {{.address = " road  SAMPLE flat "}, {zoe, ada}},
        {{.address = "flat2samplehouseexampleroad"}, {zoe, ada}},
        {{.address = "eexampler"}, {zoe, ada}},
        {{.address = "2"}, {zoe, ada}},
        {{.address = "hackney"}, {}},
        {{.address = "london"}, {}},
        {{.address = "flat nowhere"}, {}},
        {{.address = "flat 2 sample house example road e8"}, {}},
        {{.last_name = "luczak", .address = "flat 2 sample house example road"}, {zoe}},
        {{.first_name = "ad", .address = "sample"}, {ada}},
        {{.first_name = "ad", .address = "2"}, {ada}},
        {{.postcode = "E8", .address = "2"}, {zoe, ada}},
        {{}, {}},
    };
    for (const auto& row : rows) {
        const auto& c = row.criteria;
        EXPECT_EQ(find_names(c), row.names)
            << c.first_name.value_or("") << '|' << c.last_name.value_or("") << '|' << c.postcode.value_or("")
            << '|' << c.address.value_or("");
    }
}

TEST_F(CitizenSearch, comes_by_address_then_by_name_backwards_and_is_cut_after_that) {
    const auto home = add_home("1 ALPHA WAY", std::nullopt, "N1 1AA");
    Names expected;
    for (int i = 0; i < 25; ++i) {
        add_tenant(std::string(1, static_cast<char>('a' + (i * 7) % 25)), "Sample", home);
        expected.push_back(std::string(1, static_cast<char>('y' - i)) + " Sample");
    }
    auto found = find_names({.last_name = "sample"});
    ASSERT_EQ(found.size(), 27U);
    found.resize(25);
    EXPECT_EQ(found, expected);
    for (const std::size_t most : {std::size_t{1}, std::size_t{3}, std::size_t{24}}) {
        Names cut = expected;
        cut.resize(most);
        EXPECT_EQ(find_names({.last_name = "sample", .most = most}), cut);
        EXPECT_EQ(find_names({.postcode = "N1", .most = most}), cut);
    }
}

TEST_F(CitizenSearch, an_address_of_their_own_is_where_they_are_found) {
    const Person bea = add_tenant("Bea", "Brown", house_);
    auto in = work();
    const Resident before = load_resident(in, bea.uuid).value();
    Resident after = before;
    after.address = {"5 FAR STREET", {}, {}, "YORK", "YO1 1AA"};
    ASSERT_TRUE(update_resident(in, before, after).ok());
    const Names found{"Bea Brown"};
    for (const auto& criteria : {CitizenCriteria{.last_name = "brown"}, CitizenCriteria{.postcode = "yo1"},
                                 CitizenCriteria{.address = "far street"}, CitizenCriteria{.address = "5"},
                                 CitizenCriteria{.last_name = "brown", .address = "5farstreet"},
                                 CitizenCriteria{.last_name = "br", .postcode = "yo"}}) {
        EXPECT_EQ(find_names(criteria), found);
    }
    EXPECT_EQ(find_names({.last_name = "brown", .postcode = "e8"}), Names{});
    EXPECT_EQ(find_names({.postcode = "e8 9zz"}), (Names{"Zoë Anne O'Sample-Łuczak", "Ada Sample"}));
    EXPECT_EQ(find_names({.address = "2"}), (Names{"Zoë Anne O'Sample-Łuczak", "Ada Sample"}));
}

TEST_F(CitizenSearch, the_damaged_are_reported_and_left_out) {
    testing::internal::CaptureStderr();
    take_events();
    run("UPDATE person SET name = x'00' WHERE id = 1");
    EXPECT_EQ(find_names({.last_name = "sample"}), Names{"Zoë Anne O'Sample-Łuczak"});
    EXPECT_EQ(take_events(), (std::vector<std::string>{"tenant.damaged 1/1 1 2", "tenant.listed -/- - 0"}));
    run("UPDATE person SET telephone_1 = x'00' WHERE id = 2");
    EXPECT_EQ(find_names({.last_name = "sample"}), Names{});
    const Person bea = add_tenant("Bea", "Brown", house_);
    auto in = work();
    const Resident before = load_resident(in, bea.uuid).value();
    Resident after = before;
    after.address.city = "YORK";
    ASSERT_TRUE(update_resident(in, before, after).ok());
    run("UPDATE contact_address SET row_seal = x'00'");
    EXPECT_EQ(find_names({.last_name = "brown"}), Names{});
    testing::internal::GetCapturedStderr();
}

class CitizenIndexSearch : public CitizenSearch {
  protected:
    void SetUp() override {
        CitizenSearch::SetUp();
        CitizenRecord record;
        record.first_name = "Ada";
        record.last_name = "Sample";
        record.address_line_1 = "FLAT 2";
        record.address_line_2 = "EXAMPLE ROAD";
        record.city = "LONDON";
        record.postcode = "E8 9ZZ";
        put("U1", record);
        record.first_name = "Cy";
        record.larn = "LARN1";
        record.address_line_1 = "FLAT 1";
        put("U2", record);
    }
    void put(const std::string& usn, CitizenRecord record) {
        record.usn = usn;
        auto in = work();
        ASSERT_TRUE(Importer{in}.add(record).ok());
    }
    [[nodiscard]] CitizenRecord record_of(const std::string& first, const std::string& last) const {
        CitizenRecord record;
        record.first_name = first;
        record.last_name = last;
        return record;
    }
};

TEST_F(CitizenIndexSearch, is_added_where_it_is_asked_for_after_the_people_of_the_register) {
    const CitizenCriteria simple{.last_name = "sample"};
    EXPECT_EQ(find_names(simple), (Names{"Zoë Anne O'Sample-Łuczak", "Ada Sample"}));
    CitizenCriteria advanced = simple;
    advanced.with_citizen_index = true;
    take_events();
    EXPECT_EQ(find_names(advanced),
              (Names{"Zoë Anne O'Sample-Łuczak", "Ada Sample", "CI Cy Sample", "CI Ada Sample"}));
    EXPECT_EQ(take_events(), (std::vector<std::string>{"tenant.listed -/- - 0", "citizen.listed -/- - 0"}));
    for (const auto& [criteria, names] : std::vector<std::pair<CitizenCriteria, Names>>{
             {{.first_name = "cy"}, {"CI Cy Sample"}},
             {{.first_name = "sample"}, {"Sample Weir"}},
             {{.first_name = "cy", .postcode = "e8 9"}, {"CI Cy Sample"}},
             {{.first_name = "cy", .address = "flat1example road"}, {"CI Cy Sample"}},
             {{.first_name = "cy", .address = "flat 2"}, {}},
             {{.first_name = "cy", .postcode = "n1"}, {}},
             {{.last_name = "sam", .address = "flat1exampleroad"}, {"CI Cy Sample"}},
             {{.first_name = "c", .address = "1"}, {"CI Cy Sample"}}}) {
        CitizenCriteria asked = criteria;
        asked.with_citizen_index = true;
        EXPECT_EQ(find_names(asked), names);
    }
}

TEST_F(CitizenIndexSearch, whom_the_register_has_already_is_not_shown_twice) {
    CitizenCriteria advanced{.last_name = "sample", .with_citizen_index = true};
    auto ada = find(Id<Person>{1}).value();
    CitizenRecord same = record_of("Ada", "Sample");
    same.person = ada.uuid;
    put("U1", same);
    EXPECT_EQ(find_names(advanced), (Names{"Zoë Anne O'Sample-Łuczak", "Ada Sample", "CI Cy Sample"}));
    Person with_larn = ada;
    with_larn.larn = "LARN1";
    ada = update(ada, with_larn);
    EXPECT_EQ(find_names(advanced), (Names{"Zoë Anne O'Sample-Łuczak", "Ada Sample"}));
    // An empty LARN is nobody's.
    with_larn = ada;
    with_larn.larn = "";
    update(ada, with_larn);
    EXPECT_EQ(find_names(advanced), (Names{"Zoë Anne O'Sample-Łuczak", "Ada Sample", "CI Cy Sample"}));
}

TEST_F(CitizenIndexSearch, the_cut_is_after_both) {
    CitizenCriteria advanced{.last_name = "sample", .with_citizen_index = true, .most = 3};
    EXPECT_EQ(find_names(advanced), (Names{"Zoë Anne O'Sample-Łuczak", "Ada Sample", "CI Cy Sample"}));
    advanced.most = 2;
    EXPECT_EQ(find_names(advanced), (Names{"Zoë Anne O'Sample-Łuczak", "Ada Sample"}));
}

TEST_F(CitizenIndexSearch, a_second_import_of_a_usn_updates_and_is_found_by_what_it_says_now) {
    CitizenRecord record = record_of("Dee", "Newname");
    record.uprn = 5;
    record.title = "Ms";
    record.date_of_birth = parse_date("1981-11-12");
    put("U2", record);
    EXPECT_EQ(count("citizen"), 2);
    auto in = work();
    const Citizen citizen = find_citizen(in, "U2").value();
    EXPECT_EQ(citizen.version, 2);
    EXPECT_EQ(citizen.name.title, "Ms");
    EXPECT_EQ(citizen.date_of_birth, record.date_of_birth);
    EXPECT_EQ(citizen.larn, std::nullopt);
    EXPECT_TRUE(citizen.address.empty());
    EXPECT_EQ(find_names({.last_name = "newname", .with_citizen_index = true}), Names{"CI Dee Newname"});
    EXPECT_EQ(find_names({.first_name = "cy", .with_citizen_index = true}), Names{});
    EXPECT_EQ(find_citizen(in, "U3").error().code, Code::NotFound);
    Citizen stale = citizen;
    ASSERT_TRUE(update_citizen(in, citizen).ok());
    EXPECT_EQ(update_citizen(in, stale).error().code, Code::Conflict);
}

TEST_F(CitizenIndexSearch, the_damaged_are_reported_and_left_out) {
    testing::internal::CaptureStderr();
    run("UPDATE citizen SET larn = 'x' WHERE usn = 'U2'");
    take_events();
    EXPECT_EQ(find_names({.first_name = "cy", .with_citizen_index = true}), Names{});
    EXPECT_EQ(take_events(), std::vector<std::string>{"citizen.damaged 2/1 - 2"});
    testing::internal::GetCapturedStderr();
}

}  // namespace
}  // namespace tenantry::housing
