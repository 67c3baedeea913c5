#include "register/property.hpp"

#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

using Ids = std::vector<std::int64_t>;

auto stored(const Property& p) {
    return std::tuple{p.id,
                      p.uuid,
                      p.version,
                      p.uprn,
                      p.property_reference,
                      p.house_reference,
                      p.address_line_1,
                      p.address_line_2,
                      p.address_line_3,
                      p.city,
                      p.county,
                      p.postcode,
                      p.ward_id,
                      p.ward_name,
                      p.patch,
                      p.estate_address,
                      p.neighbourhood_office,
                      p.created_at,
                      p.updated_at};
}

Property full_property() {
    Property p;
    p.uprn = 10'008'230'561;
    p.property_reference = "00015498";
    p.house_reference = "HSE’7";
    p.address_line_1 = "Flat 3";
    p.address_line_2 = "Hafod Glâs";
    p.address_line_3 = "";
    p.city = "Llanfairpwllgwyngyll";
    p.county = "Ynys Môn";
    p.postcode = "LL61 5UJ";
    p.ward_id = "W05000980";
    p.ward_name = "Gwyngyll";
    p.patch = crypto::new_uuid();
    p.estate_address = "1-30 Hafod Glâs";
    p.neighbourhood_office = "Menai";
    return p;
}

class Properties : public test::HousingTest {
  protected:
    Property create(const Property& property) {
        auto job = work();
        return create_property(job, property).value();
    }
    Ids search_ids(std::string_view text, Paging paging = {}) {
        const auto page = list_properties(tx_, text, paging).value();
        Ids ids;
        for (const Property& property : page.properties) {
            ids.push_back(property.id.value);
        }
        return ids;
    }
};

TEST_F(Properties, every_field_comes_back_as_it_was_stored) {
    const Property full = create(full_property());
    EXPECT_EQ(full.version, 1);
    EXPECT_EQ(full.created_at, clock_.now());
    EXPECT_EQ(stored(*find_property(tx_, keys(), full.id)), stored(full));
    EXPECT_EQ(stored(*find_property(tx_, keys(), full.uuid)), stored(full));
    const Property bare = add_property("9 Weir Lane");
    EXPECT_EQ(stored(*find_property(tx_, keys(), bare.id)), stored(bare));
    EXPECT_EQ(bare.county, std::nullopt);
}

TEST_F(Properties, a_full_address_is_made_of_the_parts_that_are_there) {
    EXPECT_EQ(full_property().full_address(), "Flat 3, Hafod Glâs, Llanfairpwllgwyngyll, LL61 5UJ");
    EXPECT_EQ(Property{}.full_address(), "");
}

TEST_F(Properties, an_update_stores_all_fields_one_version_on) {
    const Property before = add_property("9 Weir Lane");
    clock_.advance(std::chrono::hours{1});
    Property after = full_property();
    after.id = before.id;
    after.uuid = before.uuid;
    after.version = before.version;
    after.created_at = before.created_at;
    auto job = work();
    const auto updated = update_property(job, after);
    ASSERT_TRUE(updated.ok());
    EXPECT_EQ(updated->version, 2);
    EXPECT_EQ(updated->updated_at, clock_.now());
    EXPECT_EQ(stored(*find_property(tx_, keys(), before.id)), stored(*updated));

    const std::string state = dump();
    EXPECT_EQ(update_property(job, after).error().code, Code::Conflict);
    EXPECT_EQ(dump(), state);
}

TEST_F(Properties, one_in_use_is_not_removed_even_when_everybody_left) {
    const Property home = add_property("9 Weir Lane");
    Person person;
    person.name.last = "Nair";
    person.property = home.id;
    const Person there = add(person);
    const auto remove_home = [&] {
        auto job = work();
        run("SAVEPOINT removal");
        const auto outcome = remove_property(job, home);
        run(outcome.ok() ? "RELEASE removal" : "ROLLBACK TO removal");
        return outcome;
    };
    EXPECT_EQ(remove_home().error().code, Code::Conflict);
    Person gone = there;
    gone.property.reset();
    const Person left = update(there, gone);
    EXPECT_EQ(remove_home().error().code, Code::Conflict);
    EXPECT_EQ(search_ids("weir"), Ids{home.id.value});
    remove(left);
    EXPECT_TRUE(remove_home().ok());
    EXPECT_EQ(find_property(tx_, keys(), home.id).error().code, Code::NotFound);
    EXPECT_EQ(find_property(tx_, keys(), home.uuid).error().code, Code::NotFound);
    EXPECT_EQ(search_ids("weir"), Ids{});
    EXPECT_EQ(count("property_address"), 0);
    expect_sound_index("property_address");
}

TEST_F(Properties, one_that_a_job_is_for_is_not_removed) {
    const Property home = add_property("9 Weir Lane");
    const Job job = add_job("J-1", {});
    run("UPDATE job SET property_id = $1 WHERE id = $2", home.id, job.id);
    auto in = work();
    EXPECT_EQ(remove_property(in, home).error().code, Code::Conflict);
}

TEST_F(Properties, a_shared_uprn_is_the_first_that_was_entered) {
    EXPECT_EQ(*find_property_by_uprn(tx_, 100), std::nullopt);
    Property parent;
    parent.uprn = 100;
    const auto first = create(parent).id;
    create(parent);
    parent.uprn = 101;
    create(parent);
    EXPECT_EQ(*find_property_by_uprn(tx_, 100), first);
    EXPECT_EQ(*find_property_by_uprn(tx_, 102), std::nullopt);
}

TEST_F(Properties, the_search_matches_all_parts_of_an_address_in_any_order) {
    const Ids hit{create(full_property()).id.value};
    add_property("9 Weir Lane");
    for (const char* typed : {"hafod glas", "Flat 3 Hafod", "glâs flat", "ll61 5uj", "LL615UJ", "ynys mon",
                              "LLANFAIR", "00015498", "hse7", "1-30"}) {
        EXPECT_EQ(search_ids(typed), hit) << typed;
    }
    EXPECT_EQ(search_ids("ls21 3ab"), Ids{2});
    EXPECT_EQ(search_ids("ls213ab weir"), Ids{2});
    for (const char* typed : {"hafod weir", "%", "*", " ", "zz"}) {
        EXPECT_EQ(search_ids(typed), Ids{}) << typed;
    }
    EXPECT_EQ(search_ids("9"), (Ids{1, 2})) << "one letter: 00015498 and 9 Weir Lane";
    EXPECT_EQ(search_ids(""), (Ids{1, 2}));
}

TEST_F(Properties, an_updated_address_is_found_under_the_new_text_alone) {
    Property home = add_property("9 Weir Lane");
    home.address_line_1 = "9 Mill Street";
    auto job = work();
    ASSERT_TRUE(update_property(job, home).ok());
    EXPECT_EQ(search_ids("mill street"), Ids{home.id.value});
    EXPECT_EQ(search_ids("weir"), Ids{});
}

TEST_F(Properties, lists_are_paged_with_a_total) {
    for (int i = 1; i <= 30; ++i) {
        add_property(std::to_string(i) + " Weir Lane");
    }
    const auto page = list_properties(tx_, "weir", {10, 25});
    ASSERT_TRUE(page.ok());
    EXPECT_EQ(page->properties.size(), 5U);
    EXPECT_EQ(page->properties.front().address_line_1, "26 Weir Lane");
    EXPECT_EQ(page->total, 30);
    EXPECT_TRUE(page->total_is_exact);
    EXPECT_EQ(search_ids("", {2, 3}), (Ids{4, 5}));
    EXPECT_EQ(search_ids("", {2, 30}), Ids{});
}

TEST_F(Properties, each_change_is_one_event) {
    Property home = add_property("9 Weir Lane");
    auto job = work();
    home = update_property(job, home).value();
    ASSERT_TRUE(remove_property(job, home).ok());
    EXPECT_EQ(take_events(), (std::vector<std::string>{"address.created 1/1 - 0", "address.updated 1/2 - 0",
                                                       "address.deleted 1/2 - 0"}));
}

}  // namespace
}  // namespace tenantry::housing
