#include "register/interaction_list.hpp"

#include <functional>

#include "register/code_list.hpp"
#include "register/contact_address.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

class Trays : public test::CaseworkTest {
  protected:
    static constexpr Instant kAllClosed{};

    InteractionList of_person(const Uuid& person) {
        auto in = work();
        return list_interactions_of_person(in, person).value();
    }
    InteractionList of_patch(unsigned char patch, Instant closed_since = kAllClosed) {
        auto in = work();
        return list_interactions_of_patch(in, uuid(patch), closed_since).value();
    }
    InteractionList of_manager_area(unsigned char area, Instant closed_since = kAllClosed) {
        auto in = work();
        return list_interactions_of_manager_area(in, uuid(area), closed_since).value();
    }
    InteractionList of_area(std::int64_t area, Instant closed_since = kAllClosed) {
        auto in = work();
        return list_interactions_of_area(in, Id<Area>{area}, closed_since).value();
    }
    static std::vector<std::int64_t> numbers(const InteractionList& list) {
        std::vector<std::int64_t> all;
        for (const auto& item : list.items) {
            all.push_back(item.interaction.id.value);
        }
        return all;
    }
    void close(const Casework& logged) {
        auto in = work();
        ASSERT_TRUE(close_case(in, said_on(logged.interaction.uuid, "done"), {}).ok());
    }
    Casework log_with(const std::function<void(Interaction&)>& change) {
        Interaction interaction = process();
        change(interaction);
        return log(interaction);
    }
    /// What was logged and done, without the tables' other events.
    std::vector<std::string> list_events() {
        take_events();
        of_patch(1);
        return take_events();
    }
};

using Numbers = std::vector<std::int64_t>;

TEST_F(Trays, each_tray_has_what_lies_in_it_in_order_of_number) {
    log();
    log_with([](Interaction& i) { i.patch = Id<Patch>{4}; });
    log_with([](Interaction& i) {
        i.patch.reset();
        i.manager_area = kManagerArea;
    });
    log_with([](Interaction& i) { i.area = Id<Area>{4}; });
    const Person other = add_person("Bo Other");
    log_with([&](Interaction& i) { i.person = other.id; });
    EXPECT_EQ(numbers(of_patch(1)), (Numbers{1, 4, 5}));
    EXPECT_EQ(numbers(of_patch(4)), Numbers{2});
    EXPECT_EQ(numbers(of_manager_area(2)), Numbers{3});
    EXPECT_EQ(numbers(of_area(3)), (Numbers{1, 2, 3, 5}));
    EXPECT_EQ(numbers(of_area(4)), Numbers{4});
    EXPECT_EQ(numbers(of_person(person_.uuid)), (Numbers{1, 2, 3, 4}));
    EXPECT_EQ(numbers(of_person(other.uuid)), Numbers{5});
}

TEST_F(Trays, nothing_lies_in_the_tray_of_what_does_not_exist_and_nothing_is_journaled) {
    log();
    take_events();
    EXPECT_TRUE(of_patch(99).items.empty());
    EXPECT_TRUE(of_manager_area(99).items.empty());
    EXPECT_TRUE(of_area(99).items.empty());
    EXPECT_TRUE(of_person(uuid(99)).items.empty());
    EXPECT_TRUE(take_events().empty());
}

TEST_F(Trays, what_was_closed_long_ago_leaves_the_tray_but_not_the_person) {
    const auto logged = [this] { return log_with([](Interaction& i) { i.manager_area = kManagerArea; }); };
    const Casework early = logged();
    const Casework late = logged();
    logged();
    close(early);
    clock_.advance(std::chrono::hours{24 * 28});
    const Instant since = clock_.now() - std::chrono::hours{24 * 28};
    close(late);
    for (const Instant bound : {kAllClosed, since}) {
        EXPECT_EQ(numbers(of_patch(1, bound)), (Numbers{1, 2, 3}));
        EXPECT_EQ(numbers(of_manager_area(2, bound)), (Numbers{1, 2, 3}));
        EXPECT_EQ(numbers(of_area(3, bound)), (Numbers{1, 2, 3}));
    }
    const Instant later = since + std::chrono::milliseconds{1};
    EXPECT_EQ(numbers(of_patch(1, later)), (Numbers{2, 3}));
    EXPECT_EQ(numbers(of_manager_area(2, later)), (Numbers{2, 3}));
    EXPECT_EQ(numbers(of_area(3, later)), (Numbers{2, 3}));
    EXPECT_EQ(numbers(of_person(person_.uuid)), (Numbers{1, 2, 3}));
}

TEST_F(Trays, an_area_shows_what_is_about_somebody) {
    log_with([](Interaction& i) { i.person.reset(); });
    log();
    EXPECT_EQ(numbers(of_area(3)), Numbers{2});
    const auto list = of_patch(1);
    EXPECT_EQ(numbers(list), (Numbers{1, 2}));
    EXPECT_EQ(list.contact_of(list.items[0]), nullptr);
    EXPECT_EQ(list.contact_of(list.items[1])->person.id, person_.id);
}

TEST_F(Trays, an_item_has_everything_that_an_officer_is_shown) {
    auto in = work();
    ASSERT_TRUE(put_code(in, "nature_of_enquiry", "3", "Estate Managment").ok());
    ASSERT_TRUE(put_code(in, "enquiry_subject", "100000005", "Joint tenancy application").ok());
    ASSERT_TRUE(put_code(in, "source", "1", "Estate Officer").ok());
    run("INSERT INTO tenancy (id, uuid, version, tag_reference, terminated, present, created_at, updated_at) "
        "VALUES (6, x'06', 1, '004512/01', 0, 1, 86400000, 0)");
    seal_rows();
    Person person = test::full_person();
    Property home = add_property("FLAT 2 SAMPLE HOUSE", "E8 9ZZ");
    home.uprn = 100023000001;
    home = update_property(in, home).value();
    person.property = home.id;
    person.tenancy = Id<Tenancy>{6};
    person = add(person);
    const Casework parent = log();
    const Casework logged = log_with([&](Interaction& i) {
        i.person = person.id;
        i.household = Id<Household>{9};
        i.manager_area = kManagerArea;
        i.nature_of_enquiry = "3";
        i.enquiry_subject = "100000005";
        i.source = "1";
        i.parent = parent.interaction.id;
    });
    ASSERT_TRUE(follow_up(in, said_on(logged.interaction.uuid, "Visited"), true, {}).ok());

    const auto list = of_person(person.uuid);
    ASSERT_EQ(list.items.size(), 1U);
    const ListedInteraction& item = list.items[0];
    EXPECT_EQ(item.incident, logged.incident.uuid);
    EXPECT_EQ(item.ticket_number, logged.incident.ticket_number);
    EXPECT_TRUE(item.request_callback);
    EXPECT_EQ(item.household, uuid(9));
    EXPECT_EQ(item.patch, uuid(1));
    EXPECT_EQ(item.manager_area, uuid(2));
    EXPECT_EQ(item.area_name, "Homerton 1");
    EXPECT_EQ(item.parent, parent.interaction.uuid);
    EXPECT_EQ(item.created_by, uuid(3));
    EXPECT_EQ(item.updated_by, uuid(8));
    EXPECT_EQ(item.nature_of_enquiry, "Estate Managment");
    EXPECT_EQ(item.enquiry_subject, "Joint tenancy application");
    EXPECT_EQ(item.source, "Estate Officer");
    EXPECT_EQ(list.name_of(item.interaction.created_by), "Olu Officer");
    EXPECT_EQ(list.name_of(item.interaction.updated_by), "Mo Manager");
    EXPECT_EQ(list.name_of(item.patch_officer), "Olu Officer");
    EXPECT_EQ(list.name_of(item.manager), "Mo Manager");
    EXPECT_EQ(list.name_of(std::nullopt), std::nullopt);
    ASSERT_EQ(item.notes.size(), 2U);
    EXPECT_EQ(item.notes[0].text, "Rang about the form");
    EXPECT_EQ(item.notes[1].text.substr(0, 7), "Visited");
    const InteractionContact* contact = list.contact_of(item);
    ASSERT_NE(contact, nullptr);
    EXPECT_EQ(contact->person.name.full(), person.name.full());
    EXPECT_EQ(contact->person.date_of_birth, person.date_of_birth);
    EXPECT_EQ(contact->address.line_1, "FLAT 2 SAMPLE HOUSE");
    EXPECT_EQ(contact->address.city, "Otley");
    EXPECT_EQ(contact->address.postcode, "E8 9ZZ");
    EXPECT_EQ(contact->uprn, 100023000001);
    EXPECT_EQ(contact->tenancy_created_at, from_millis(86'400'000));
}

TEST_F(Trays, letters_go_to_an_address_of_their_own) {
    log();
    auto in = work();
    ASSERT_TRUE(put_contact_address(in, person_, {"7 Side Street", {}, {}, "LEEDS", "LS1 4AB"}).ok());
    const auto address = [this] {
        const auto list = of_patch(1);
        return list.contact_of(list.items[0])->address;
    };
    EXPECT_EQ(address(), (Address{"7 Side Street", {}, {}, "LEEDS", "LS1 4AB"}));
    run("UPDATE contact_address SET line_1 = x'00'");
    EXPECT_TRUE(address().empty());
    const auto list = of_patch(1);
    EXPECT_EQ(list.contact_of(list.items[0])->person.unreadable.at(0).view(), "contact_address");
}

TEST_F(Trays, an_unknown_code_has_no_label_and_a_patch_without_an_officer_no_name) {
    run("UPDATE patch SET officer_id = NULL WHERE id = 1");
    log_with([](Interaction& i) {
        i.nature_of_enquiry = "99";
        i.created_by.reset();
    });
    const auto list = of_patch(1);
    EXPECT_EQ(list.items[0].nature_of_enquiry, std::nullopt);
    EXPECT_EQ(list.items[0].enquiry_subject, std::nullopt);
    EXPECT_EQ(list.items[0].created_by, std::nullopt);
    EXPECT_EQ(list.name_of(list.items[0].patch_officer), std::nullopt);
}

TEST_F(Trays, each_note_is_with_its_own_case) {
    const Casework first = log();
    log();
    const Casework third = log();
    auto in = work();
    ASSERT_TRUE(follow_up(in, said_on(third.interaction.uuid, "to the third"), false, {}).ok());
    ASSERT_TRUE(follow_up(in, said_on(first.interaction.uuid, "to the first"), false, {}).ok());
    run("DELETE FROM incident_note WHERE incident_id = 2");
    const auto list = of_patch(1);
    EXPECT_EQ(list.items[0].notes.size(), 2U);
    EXPECT_EQ(list.items[0].notes[1].text.substr(0, 12), "to the first");
    EXPECT_TRUE(list.items[1].notes.empty());
    EXPECT_EQ(list.items[2].notes[1].text.substr(0, 12), "to the third");
}

TEST_F(Trays, a_list_is_one_reading_of_all_its_people_and_takes_no_more_statements_when_it_is_long) {
    log();
    const auto calls = [this] {
        int n = 1;
        for (;; ++n) {
            run("SAVEPOINT reading");
            tx_.fail_call(n);
            auto in = work();
            const auto list = list_interactions_of_patch(in, uuid(1), kAllClosed);
            const bool passed = tx_.fault_is_waiting();
            tx_.fail_no_call();
            run("ROLLBACK TO reading");
            run("RELEASE reading");
            if (passed) {
                return n - 1;
            }
            EXPECT_FALSE(list.ok()) << n;
        }
    };
    const int of_one = calls();
    log();
    EXPECT_EQ(calls() - of_one, 3) << "a row of the tray, one of the item, one of its note";
    const Person other = add_person("Bo Other");
    log_with([&](Interaction& i) { i.person = other.id; });
    EXPECT_EQ(calls() - of_one, 7) << "and one of the person";
    EXPECT_EQ(list_events(), std::vector<std::string>{"interaction.listed -/- - 0"});
}

TEST_F(Trays, damage_takes_no_tray_down_and_is_reported) {
    testing::internal::CaptureStderr();
    log();
    const Person other = add_person("Bo Other");
    log_with([&](Interaction& i) { i.person = other.id; });
    run("UPDATE incident_note SET text = x'00' WHERE id = 1");
    run("UPDATE person SET name = x'00' WHERE id = 1");
    run("UPDATE interaction SET process_stage = 2 WHERE id = 2");
    run("UPDATE incident SET request_callback = 1 WHERE id = 2");
    run("UPDATE account SET first_name = x'00' WHERE id = 1");
    take_events();
    const auto list = of_patch(1);
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"interaction.damaged 2/- 2 2", "incident.damaged 2/- 2 2",
                                        "tenant.damaged 1/1 1 2", "incident_note.damaged 1/1 - 2",
                                        "user.damaged 1/- - 2", "interaction.listed -/- - 0"}));
    ASSERT_EQ(list.items.size(), 2U);
    EXPECT_TRUE(list.items[0].notes.at(0).unreadable);
    EXPECT_EQ(list.items[0].notes.at(0).text, "");
    EXPECT_FALSE(list.contact_of(list.items[0])->person.unreadable.empty());
    EXPECT_EQ(list.name_of(kOfficer), std::nullopt);
    EXPECT_EQ(list.items[1].notes.at(0).text, "Rang about the form");
    EXPECT_EQ(list.contact_of(list.items[1])->person.name.full(), "Bo Other");
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_NE(log.find("incident_note"), std::string::npos);
    EXPECT_EQ(log.find("Rang"), std::string::npos);
    EXPECT_EQ(log.find("Ada"), std::string::npos);
}

TEST_F(Trays, a_persons_work_comes_in_pages_of_the_newest_open_and_closed_apart) {
    for (int i = 0; i < 5; ++i) {
        const Casework logged = log();
        if (i % 2 == 0) {
            close(logged);
        }
    }
    const auto page = [this](WorkState state, Paging paging) {
        auto in = work();
        return page_interactions_of_person(in, person_.id, state, paging).value();
    };
    EXPECT_EQ(numbers(page(WorkState::Open, {50, 0}).list), (Numbers{2, 4}));
    const auto newest = page(WorkState::Closed, {2, 0});
    EXPECT_EQ(numbers(newest.list), (Numbers{3, 5}));
    EXPECT_EQ(newest.total, 3);
    EXPECT_EQ(numbers(page(WorkState::Closed, {2, 2}).list), Numbers{1});
    take_events();
    EXPECT_TRUE(page(WorkState::Closed, {2, 4}).list.items.empty());
    EXPECT_TRUE(take_events().empty());
}

}  // namespace
}  // namespace tenantry::housing
