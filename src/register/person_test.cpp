#include "register/person.hpp"

#include <random>

#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

using Events = std::vector<std::string>;

/// What of a person is stored, to compare.
auto stored(const Person& p) {
    return std::tuple{p.id,
                      p.uuid,
                      p.version,
                      p.active,
                      p.property,
                      p.household,
                      p.name.title,
                      p.name.first,
                      p.name.last,
                      p.email,
                      p.telephone_1,
                      p.telephone_2,
                      p.telephone_3,
                      p.date_of_birth,
                      p.disabled,
                      p.larn,
                      p.hackney_homes_id,
                      p.member_id,
                      p.person_number,
                      p.responsible,
                      p.relationship,
                      p.extended_relationship,
                      p.created_at,
                      p.updated_at,
                      p.full_address};
}

class People : public test::HousingTest {
  protected:
    Person find_again(const Person& person) {
        const auto found = find(person.id);
        EXPECT_TRUE(found.ok());
        EXPECT_TRUE(found->unreadable.empty());
        return *found;
    }
};

TEST_F(People, every_field_comes_back_as_it_was_stored) {
    Person person = test::full_person();
    person.property = add_property("9 Weir Lane").id;
    const Person created = add(person);
    EXPECT_EQ(created.version, 1);
    EXPECT_EQ(created.created_at, clock_.now());
    EXPECT_EQ(created.updated_at, clock_.now());
    EXPECT_EQ(created.full_address, "9 Weir Lane, Otley, LS21 3AB");
    EXPECT_EQ(stored(find_again(created)), stored(created));
    EXPECT_EQ(created.email, person.email);
    EXPECT_EQ(created.name.title, person.name.title);
    EXPECT_EQ(created.extended_relationship, person.extended_relationship);
}

TEST_F(People, a_given_uuid_and_given_times_are_kept) {
    Person person = test::full_person();
    person.uuid = crypto::new_uuid();
    person.created_at = from_millis(1'000'000'000'123);
    person.updated_at = from_millis(1'000'000'000'456);
    const Person found = find_again(add(person));
    EXPECT_EQ(found.uuid, person.uuid);
    EXPECT_EQ(found.created_at, person.created_at);
    EXPECT_EQ(found.updated_at, person.updated_at);
}

TEST_F(People, names_come_back_byte_for_byte) {
    const std::string combining = "Ame\u0301lie Nguye\u0302\u0303n";
    std::string long_name;
    for (int i = 0; i < 100; ++i) {
        long_name += "é ";
    }
    for (const std::string& name :
         {std::string{"Siobhán O'Brien"}, std::string{"D’Arcy O‘Neill"},
          std::string{"Ada 🏳️‍🌈 Lovelace"}, combining, std::string{"محمد بن سلمان"},
          std::string{"דָּוִד \u202b כהן"}, std::string{"山田 太郎"}, std::string{"Madonna"},
          std::string{"  Jean   Luc   Picard  "}, std::string{"x"}, long_name, std::string(200, 'w'),
          std::string{"%_\"*;--"}, std::string{"Robert'); DROP TABLE person;--"}}) {
        const Person created = add_person(name);
        const Person found = find_again(created);
        EXPECT_EQ(found.name.full(), name);
        EXPECT_EQ(stored(found), stored(created));
    }
}

TEST_F(People, an_absent_field_differs_from_an_empty_one) {
    const Person absent = add_person("Absent");
    EXPECT_EQ(stored(find_again(absent)), stored(absent));
    EXPECT_EQ(absent.email, std::nullopt);

    Person person;
    person.name = {"", "", "Empty"};
    for (auto* field : {&person.email, &person.telephone_1, &person.telephone_2, &person.telephone_3,
                        &person.larn, &person.hackney_homes_id, &person.member_id, &person.person_number,
                        &person.relationship, &person.extended_relationship}) {
        *field = "";
    }
    person.disabled = false;
    const Person empty = add(person);
    EXPECT_EQ(stored(find_again(empty)), stored(empty));
    EXPECT_EQ(empty.name.title, "");
    EXPECT_EQ(count("person WHERE email IS NULL"), 1);
}

TEST_F(People, what_is_stored_shows_no_sealed_field) {
    const Person person = add(test::full_person());
    const auto row = select<std::string>(
        "SELECT quote(name) || quote(email) || quote(telephone_1) || quote(telephone_2) || "
        "quote(telephone_3) "
        "|| quote(date_of_birth) || quote(disabled) FROM person WHERE id = $1",
        person.id);
    for (const std::string& clear : {person.name.first, person.name.last, *person.email, *person.telephone_1,
                                     *person.telephone_2, *person.telephone_3, std::string{"1961-02-28"}}) {
        std::string hex = hex_encode(bytes_of(clear));
        for (char& c : hex) {
            c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
        }
        EXPECT_EQ(row.find(hex), std::string::npos);
    }
    const auto lengths = [this](std::string_view column) {
        return select<std::int64_t>("SELECT max(length(" + std::string{column} + ")) FROM person");
    };
    EXPECT_EQ(lengths("email"), lengths("disabled"));
}

TEST_F(People, split_name_parts_at_the_last_space) {
    const auto parts = [](std::string_view full) {
        const Name name = split_name(full);
        return std::pair{name.first, name.last};
    };
    EXPECT_EQ(parts("Priya Nair"), std::pair(std::string{"Priya"}, std::string{"Nair"}));
    EXPECT_EQ(parts("Ana Maria Silva"), std::pair(std::string{"Ana Maria"}, std::string{"Silva"}));
    EXPECT_EQ(parts("Cher"), std::pair(std::string{}, std::string{"Cher"}));
    EXPECT_EQ(parts(""), std::pair(std::string{}, std::string{}));
}

TEST_F(People, split_name_joins_back_unchanged_for_any_text) {
    constexpr std::array<std::string_view, 8> kPieces{" ", " ", "  ", "a", "Żó", "'", "\t", "👪"};
    std::mt19937 random{20'250'301};
    for (int i = 0; i < 20'000; ++i) {
        std::string full;
        for (auto pieces = random() % 9; pieces > 0; --pieces) {
            full += kPieces[random() % kPieces.size()];
        }
        ASSERT_EQ(split_name(full).full(), full);
    }
}

TEST_F(People, an_update_stores_all_fields_one_version_on) {
    const Person before = add_person("Priya Nair");
    clock_.advance(std::chrono::hours{1});
    Person after = test::full_person();
    after.id = before.id;
    after.uuid = before.uuid;
    after.created_at = before.created_at;
    after.active = false;
    after.property = add_property("9 Weir Lane").id;
    const Person updated = update(before, after);
    EXPECT_EQ(updated.version, 2);
    EXPECT_EQ(updated.updated_at, clock_.now());
    EXPECT_EQ(updated.full_address, "9 Weir Lane, Otley, LS21 3AB");
    EXPECT_EQ(stored(find_again(updated)), stored(updated));

    Person bare = updated;
    bare.property.reset();
    bare.email.reset();
    bare.date_of_birth.reset();
    bare.disabled.reset();
    const Person third = update(updated, bare);
    EXPECT_EQ(third.version, 3);
    EXPECT_EQ(third.full_address, std::nullopt);
    EXPECT_EQ(stored(find_again(third)), stored(third));
}

TEST_F(People, a_stale_update_is_a_conflict_and_changes_nothing) {
    const Person first = add_person("Priya Nair");
    Person renamed = first;
    renamed.name = split_name("Priya Patel");
    const Person second = update(first, renamed);
    const std::string before = dump();
    auto job = work();
    const auto stale = update_person(job, first, renamed, "tenant.updated");
    ASSERT_FALSE(stale.ok());
    EXPECT_EQ(stale.error().code, Code::Conflict);
    EXPECT_EQ(dump(), before);
    EXPECT_EQ(stored(find_again(second)), stored(second));
}

TEST_F(People, an_update_of_somebody_who_was_removed_is_a_conflict) {
    const Person person = add_person("Priya Nair");
    remove(person);
    auto job = work();
    EXPECT_EQ(update_person(job, person, person, "tenant.updated").error().code, Code::Conflict);
}

TEST_F(People, an_unknown_property_is_not_found) {
    Person person = test::full_person();
    const Person stored_person = add(person);
    person.property = Id<Property>{404};
    const std::string before = dump();
    auto job = work();
    EXPECT_EQ(create_person(job, person).error().code, Code::NotFound);
    Person moved = stored_person;
    moved.property = person.property;
    EXPECT_EQ(update_person(job, stored_person, moved, "tenant.updated").error().code, Code::NotFound);
    EXPECT_EQ(dump(), before);
}

TEST_F(People, nobody_is_found_under_an_unknown_number_or_uuid) {
    auto job = work();
    EXPECT_EQ(find(Id<Person>{404}).error().code, Code::NotFound);
    EXPECT_EQ(find_person(job, crypto::new_uuid(), Depth::Full).error().code, Code::NotFound);
    EXPECT_EQ(load_person(job, Id<Person>{404}).error().code, Code::NotFound);
    EXPECT_EQ(load_person(job, crypto::new_uuid()).error().code, Code::NotFound);
    EXPECT_EQ(find_person_id(tx_, crypto::new_uuid()).error().code, Code::NotFound);
    EXPECT_EQ(take_events(), Events{});
}

TEST_F(People, a_uuid_is_given_once) {
    const Person person = add_person("Priya Nair");
    Person other = test::full_person();
    other.uuid = person.uuid;
    auto job = work();
    EXPECT_EQ(create_person(job, other).error().code, Code::Conflict);
}

TEST_F(People, depth_decides_which_fields_are_opened) {
    const Person person = add(test::full_person());
    const auto contact = find(person.id, Depth::Contact);
    ASSERT_TRUE(contact.ok());
    EXPECT_EQ(contact->telephone_2, person.telephone_2);
    EXPECT_EQ(contact->telephone_3, std::nullopt);
    EXPECT_EQ(contact->date_of_birth, std::nullopt);
    EXPECT_EQ(contact->disabled, std::nullopt);
}

TEST_F(People, removal_takes_index_entries_occupancies_and_links_along) {
    const Person other = add_person("Other Person");
    const auto with_other = [this](const std::string& tables) { return count(tables); };
    Person person = test::full_person();
    person.property = add_property("9 Weir Lane").id;
    person = add(person);
    add_job("J-1", {person.id, other.id}, "Closed");
    EXPECT_EQ(with_other("person_contact"), 4);
    remove(person);
    EXPECT_EQ(find(person.id).error().code, Code::NotFound);
    EXPECT_EQ(count("person"), 1);
    EXPECT_EQ(count("person_name"), 1);
    EXPECT_EQ(count("person_contact"), 0);
    EXPECT_EQ(count("occupancy"), 0);
    EXPECT_EQ(count("job_person"), 1);
    if (test::postgres_server() == nullptr) {
        EXPECT_EQ(count("person_name_trigram('lee')"), 0);
    }
    expect_sound_index("person_name");
}

TEST_F(People, whoever_has_an_active_job_is_not_removed) {
    const Person person = add_person("Priya Nair");
    const Job job = add_job("J-1", {person.id});
    auto in = work();
    EXPECT_EQ(remove_person(in, person).error().code, Code::Conflict);
    EXPECT_TRUE(find(person.id).ok());
    for (const char* done : {"Complete", "Closed", "Archived"}) {
        run("UPDATE job SET status = $1", done);
        EXPECT_EQ(*count_active_jobs(tx_, person.id), 0) << done;
    }
    remove(person);
}

TEST_F(People, a_number_is_not_given_again) {
    const Person first = add_person("Priya Nair");
    remove(first);
    EXPECT_EQ(add_person("Sam Okafor").id.value, first.id.value + 1);
}

TEST_F(People, each_change_and_each_reading_is_one_event) {
    const Person created = add(test::full_person());
    const std::string who = std::to_string(created.id.value);
    EXPECT_EQ(take_events(), (Events{"tenant.created " + who + "/1 " + who + " 0"}));

    auto job = work();
    ASSERT_TRUE(find_person(job, created.id, Depth::Contact).ok());
    EXPECT_EQ(take_events(), (Events{"tenant.viewed " + who + "/1 " + who + " 0"}));
    ASSERT_TRUE(find_person(job, created.uuid, Depth::Full).ok());
    EXPECT_EQ(take_events(), (Events{"tenant.viewed " + who + "/1 " + who + " 0"}));

    const auto loaded = load_person(job, created.uuid);
    ASSERT_TRUE(loaded.ok());
    EXPECT_EQ(*find_person_id(tx_, created.uuid), created.id);
    EXPECT_EQ(take_events(), Events{});

    update(*loaded, *loaded);
    EXPECT_EQ(take_events(), (Events{"tenant.updated " + who + "/2 " + who + " 0"}));

    list({});
    EXPECT_EQ(take_events(), (Events{"tenant.listed -/- - 0"}));
    EXPECT_EQ(select<Bytes>("SELECT people FROM audit_event ORDER BY id DESC LIMIT 1"), Bytes{1});
    search("nobody at all");
    EXPECT_EQ(take_events(), Events{});

    remove(find_again(created));
    EXPECT_EQ(take_events(), (Events{"tenant.viewed " + who + "/2 " + who + " 0",
                                     "tenant.deleted " + who + "/2 " + who + " 0"}));
}

TEST_F(People, an_event_says_who_when_and_from_where) {
    add_person("Priya Nair");
    EXPECT_EQ(select<std::int64_t>("SELECT account_id FROM audit_event"), 7);
    EXPECT_EQ(select<Instant>("SELECT at FROM audit_event"), clock_.now());
    const auto entries =
        audit::list_entries(tx_, keys(), {.from = {}, .until = clock_.now() + std::chrono::seconds{1}});
    ASSERT_TRUE(entries.ok());
    ASSERT_EQ(entries->size(), 1U);
    EXPECT_EQ(entries->front().address, "203.0.113.9");
}

}  // namespace
}  // namespace tenantry::housing
