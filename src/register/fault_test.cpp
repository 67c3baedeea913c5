// Every call of the engine fails once: the rule must pass the error up, and its savepoint leave nothing.
#include "register/alert.hpp"
#include "register/association.hpp"
#include "register/case_note.hpp"
#include "register/citizen_search.hpp"
#include "register/consent.hpp"
#include "register/contact_address.hpp"
#include "register/escalation.hpp"
#include "register/estate.hpp"
#include "register/importer.hpp"
#include "register/interaction_list.hpp"
#include "register/job_list.hpp"
#include "register/legal_document.hpp"
#include "register/mail.hpp"
#include "register/meeting_letter.hpp"
#include "register/new_tenancy.hpp"
#include "register/representative.hpp"
#include "register/signature.hpp"
#include "tests/support/casework_records.hpp"
#include "tests/support/places.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

template <class Fixture>
class Faulty : public Fixture {
  protected:
    /// Fails call after call until the operation passes. Answers how many calls it makes.
    template <class Operation>
    int expect_all_or_nothing(Operation operation) {
        const std::string before = this->dump();
        for (int n = 1;; ++n) {
            this->run("SAVEPOINT operation");
            this->tx_.fail_call(n);
            auto in = this->work();
            const Result<void> outcome = operation(in);
            const bool passed = this->tx_.fault_is_waiting();
            this->tx_.fail_no_call();
            if (passed) {
                EXPECT_TRUE(outcome.ok());
                EXPECT_NE(this->dump(), before);
                return n - 1;
            }
            EXPECT_FALSE(outcome.ok()) << "call " << n;
            if (outcome.ok()) {
                return n;
            }
            EXPECT_EQ(outcome.error().code, test::kInjected.code) << "call " << n;
            this->run("ROLLBACK TO operation");
            this->run("RELEASE operation");
            EXPECT_EQ(this->dump(), before) << "call " << n;
        }
    }
};

class Fault : public Faulty<test::PlacesTest> {
  protected:
    void SetUp() override {
        PlacesTest::SetUp();
        home_ = add_property("9 Weir Lane");
        Person person = test::full_person();
        person.property = home_.id;
        person_ = add(person);
    }

    /// Gives the property a UPRN, and answers it.
    std::int64_t add_uprn(Property property, std::int64_t uprn) {
        property.uprn = uprn;
        auto in = work();
        EXPECT_TRUE(update_property(in, property).ok());
        return uprn;
    }

    Property home_;
    Person person_;
};

TEST_F(Fault, create_person) {
    const int calls = expect_all_or_nothing([this](audit::Work& in) -> Result<void> {
        Person person = test::full_person();
        person.property = home_.id;
        TRY(create_person(in, person));
        return {};
    });
    EXPECT_GT(calls, 20);
}

TEST_F(Fault, update_person) {
    const auto second = add_property("10 Weir Lane").id;
    const int calls = expect_all_or_nothing([&](audit::Work& in) -> Result<void> {
        const Person before = TRY(load_person(in, person_.id));
        Person after = before;
        after.property = second;
        after.name.last = "Patel";
        after.email = "patel@mail.test";
        TRY(update_person(in, before, after, "tenant.updated"));
        return {};
    });
    EXPECT_GT(calls, 20);
}

TEST_F(Fault, remove_person) {
    add_job("J-1", {person_.id}, "Closed");
    const int calls = expect_all_or_nothing([this](audit::Work& in) { return remove_person(in, person_); });
    EXPECT_GT(calls, 15);
}

TEST_F(Fault, find_and_list_people) {
    expect_all_or_nothing([this](audit::Work& in) -> Result<void> {
        TRY(find_person(in, person_.uuid, Depth::Full));
        TRY(find_person_id(in.tx(), person_.uuid));
        for (const char* search : {"", "zoe", "ob", "07700900461"}) {
            PersonFilter filter;
            filter.search = search;
            filter.search_contacts = true;
            TRY(list_people(in, names_, filter));
        }
        return {};
    });
}

TEST_F(Fault, list_damaged_people) {
    run("UPDATE person SET active = 0");
    expect_all_or_nothing([this](audit::Work& in) -> Result<void> {
        TRY(list_people(in, names_, {}));
        return {};
    });
}

TEST_F(Fault, properties) {
    expect_all_or_nothing([this](audit::Work& in) -> Result<void> {
        Property other;
        other.address_line_1 = "10 Weir Lane";
        Property made = TRY(create_property(in, other));
        made.city = "Leeds";
        made = TRY(update_property(in, made));
        TRY(list_properties(in.tx(), "weir", {}));
        TRY(list_properties(in.tx(), "we", {}));
        TRY(list_properties(in.tx(), "", {}));
        TRY(list_occupancies(in.tx(), person_.id));
        TRY(list_occupants_at(in.tx(), home_.id, in.now()));
        return remove_property(in, made);
    });
}

/// An import of one record of each file, twice: created, then updated.
Result<void> import_twice(audit::Work& in) {
    PropertyRecord home;
    home.uuid = crypto::new_uuid();
    home.uprn = 10;
    home.address_line_1 = "11 Weir Lane";
    PersonRecord early;
    early.uuid = crypto::new_uuid();
    early.last_name = "Khan";
    early.tag_reference = "0123456/01";
    TenancyRecord tenancy;
    tenancy.uuid = crypto::new_uuid();
    tenancy.tag_reference = "0123456/01";
    tenancy.household = crypto::new_uuid();
    tenancy.uprn = 10;
    PersonRecord person;
    person.uuid = crypto::new_uuid();
    person.last_name = "Nair";
    person.email = "nair@mail.test";
    person.uprn = 10;
    person.tag_reference = "0123456/01";
    LedgerRecord line;
    line.uuid = crypto::new_uuid();
    line.tag_reference = tenancy.tag_reference;
    line.posted_on = parse_date("2030-03-01").value();
    JobRecord job;
    job.uuid = crypto::new_uuid();
    job.reference = "J-1";
    job.uprn = 10;
    job.people = {person.uuid};
    CaseNoteRecord note;
    note.uuid = crypto::new_uuid();
    note.job = job.uuid;
    const AreaRecord area{9, "Homerton 1"};
    OfficerRecord officer;
    officer.uuid = crypto::new_uuid();
    officer.email = "olu@lettings.example";
    const ManagerAreaRecord manager_area{crypto::new_uuid(), "North", 9, officer.uuid};
    const PatchRecord patch{crypto::new_uuid(), "HN7", 9, manager_area.uuid, officer.uuid};
    home.patch = patch.uuid;
    for (int time = 0; time < 2; ++time) {
        Importer importer{in};
        TRY(importer.add(area));
        TRY(importer.add(officer));
        TRY(importer.add(manager_area));
        TRY(importer.add(patch));
        TRY(importer.add(home));
        TRY(importer.add(early));
        TRY(importer.add(tenancy));
        TRY(importer.add(person));
        TRY(importer.add(line));
        TRY(importer.add(job));
        TRY(importer.add(note));
        TRY(importer.add(CodeRecord{"tenure", "SEC", "Secure"}));
        TRY(importer.finish());
    }
    return {};
}

TEST_F(Fault, jobs_and_their_notes) {
    const int calls = expect_all_or_nothing([this](audit::Work& in) -> Result<void> {
        Job wanted;
        wanted.uuid = crypto::new_uuid();
        wanted.title = "Boiler";
        wanted.property = home_.id;
        wanted.agent = 7;
        wanted.priority = 1;
        wanted.status = TRY(status_of(in.tx(), 2));
        Job before;
        before.agent = wanted.agent;
        TRY(check_choices(in.tx(), in.keys(), before, wanted));
        TRY(find_code(in.tx(), "job_type", "1"));
        Job job = TRY(create_job(in, wanted, {person_.id}));
        CaseNote note;
        note.uuid = crypto::new_uuid();
        note.job = job.id;
        TRY(create_case_note(in, note));
        TRY(list_case_notes(in, job.id, {}));
        job = TRY(update_job(in, job, {person_.id}));
        TRY(find_job(in, job.uuid));
        TRY(list_jobs(in, {}));
        TRY(search_jobs(in, "boiler", 5));
        TRY(list_job_creators(in.tx()));
        return remove_job(in, job);
    });
    EXPECT_GT(calls, 60);
}

TEST_F(Fault, consents) {
    const int calls = expect_all_or_nothing([this](audit::Work& in) -> Result<void> {
        TRY(publish_document(in, "terms", "1"));
        TRY(current_version(in.tx(), "terms"));
        TRY(list_documents(in.tx()));
        GivenConsent given{.subject = person_.uuid, .email = person_.email, .type = "terms", .version = "1"};
        given.choices = "{}";
        TRY(record_consent(in, given));
        TRY(list_consents(in, person_.uuid, {}));
        TRY(forget_consents_of(in, person_));
        CheckReport report;
        return check_consents(in.tx(), in.keys(), report);
    });
    EXPECT_GT(calls, 25);
}

TEST_F(Fault, an_import) {
    EXPECT_GT(expect_all_or_nothing(import_twice), 100);
}

TEST_F(Fault, officers_and_what_they_hold) {
    const Officer olu = add_officer("Olu Officer");
    const Patch patch = add_patch("HN7", add_manager_area("North").id, olu.id);
    const ManagerArea area = add_manager_area("South");
    expect_all_or_nothing([&](audit::Work& in) -> Result<void> {
        Officer wanted = wanted_officer("Una Signed");
        wanted.active = false;
        const Officer una = TRY(create_officer(in, wanted));
        TRY(disable_officer(in, TRY(find_officer(in.tx(), in.keys(), una.uuid))));
        TRY(assign_patch(in, patch.uuid, una.uuid, olu.uuid));
        TRY(assign_manager_area(in, area.uuid, olu.uuid, olu.uuid));
        TRY(vacate_patch(in, patch.uuid));
        TRY(vacate_manager_area(in, area.uuid));
        return settle_officer_roles(in);
    });
}

TEST_F(Fault, what_places_are_read_by) {
    const Officer olu = add_officer("Olu Officer");
    const Patch patch = add_patch("HN7", add_manager_area("North").id, olu.id);
    const Officer una = add_officer("Una Signed");
    run("UPDATE account SET role_id = 1 WHERE id = $1",
        una.account.id);  // damaged, so that a reading is journaled
    run("UPDATE property SET uprn = 10, patch_uuid = $1, row_seal = NULL WHERE id = $2", patch.uuid,
        home_.id);
    seal_rows();
    expect_all_or_nothing([&](audit::Work& in) -> Result<void> {
        TRY(name_officers(in, {olu.id, una.id}));
        TRY(list_unassigned_officers(in));
        TRY(find_posting(in.tx(), olu.account.id));
        TRY(find_patch_of_home(in.tx(), 10, "LS21 3AB"));
        TRY(list_teams(in.tx(), {3}));
        return {};
    });
}

TEST_F(Fault, what_is_read_of_tenancies) {
    auto setting_up = work();
    ASSERT_TRUE(import_twice(setting_up).ok());
    const auto tenant = select<Uuid>("SELECT uuid FROM person WHERE tenancy_id IS NOT NULL LIMIT 1");
    run("UPDATE tenancy SET payment_reference = '228012345'");
    run("UPDATE tenancy SET created_at = $1, row_seal = NULL", clock_.now());
    seal_rows();
    expect_all_or_nothing([&](audit::Work& in) -> Result<void> {
        TRY(list_accounts_by_tag(in, "0123456/01"));
        TRY(list_accounts_by_payment_reference(in, "228012345"));
        TRY(find_tenancy_of_person(in, tenant));
        TRY(read_statement(in, "0123456/01"));
        TRY(take_new_tenancies(in));
        return {};
    });
}

TEST_F(Fault, what_a_new_job_reads_and_a_check) {
    const Job job = add_job("J-1", {person_.id});
    expect_all_or_nothing([&](audit::Work& in) -> Result<void> {
        TRY(find_job(in, job.uuid));
        TRY(search_jobs(in, "boiler", 10));
        CaseNote note;
        note.uuid = crypto::new_uuid();
        note.job = job.id;
        TRY(create_case_note(in, note));
        TRY(list_case_notes(in, job.id, {}));
        CheckReport report;
        TRY(check_people(in.tx(), in.keys(), report));
        TRY(check_jobs(in.tx(), in.keys(), report));
        return check_case_notes(in.tx(), in.keys(), report);
    });
}

TEST_F(Fault, associations_and_estates) {
    const int calls = expect_all_or_nothing([](audit::Work& in) -> Result<void> {
        TRY(put_estate(in, "1", "Sample Estate"));
        TRY(put_block(in, {"11", "Sample House", "1"}));
        Association wanted;
        wanted.name = "Sample TRA";
        wanted.email = "tra@mail.test";
        const auto made = TRY(create_association(in, wanted, {"1"}));
        TRY(add_estate(in, made.id, "2"));
        TRY(update_association(in, TRY(find_association(in, made.id)), {"1", "3"}));
        TRY(list_associations(in, made.patch));
        TRY(list_association_estates(in.tx(), made.id));
        TRY(list_association_roles(in.tx()));
        TRY(list_estates_of_association(in.tx(), made.id));
        TRY(list_unassigned_estates(in.tx()));
        TRY(list_blocks(in.tx(), "1"));
        TRY(add_representative(in, made.id, "chair", "Cy Chair"));
        TRY(list_representatives(in, made.id));
        TRY(remove_representatives(in, made.id, "Cy Chair"));
        CheckReport report;
        TRY(check_associations(in.tx(), in.keys(), report));
        return check_representatives(in.tx(), in.keys(), report);
    });
    EXPECT_GT(calls, 50);
}

TEST_F(Fault, mail) {
    expect_all_or_nothing([](audit::Work& in) -> Result<void> {
        for (int n = 0; n < 3; ++n) {
            TRY(queue_mail(in, "tra@mail.test", "Meeting", "Text"));
        }
        TRY(in.tx().execute(test::sql("UPDATE mail SET body = x'00' WHERE id = 2")));
        TRY(is_mail_due(in.tx(), in.now()));
        const auto claimed = TRY(claim_mail(in, 3));
        TRY(mail_was_sent(in, claimed[0]));
        TRY(mail_was_not_sent(in, claimed[1], std::chrono::seconds{60}));
        CheckReport report;
        return check_mail(in.tx(), in.keys(), report);
    });
}

class CaseworkFault : public Faulty<test::CaseworkTest> {};

TEST_F(CaseworkFault, logging_following_up_handing_over_closing_and_listing) {
    const Casework logged = log(process());
    const auto all = [&](audit::Work& in) -> Result<void> {
        const auto links = TRY(find_links(in.tx(), {.person = person_.uuid, .officer = uuid(3)}));
        Interaction another = process();
        another.created_by = links.officer;
        const auto opened = TRY(log_interaction(in, {}, another, "Rang"));
        const auto& id = opened.interaction.uuid;
        TRY(follow_up(in, said_on(id, "Visited"), true, 2));
        TRY(transfer_interaction(in, said_on(id, "Yours"), {.to_manager = kManagerArea, .area = kArea}));
        TRY(close_case(in, said_on(id, "Done"), {}));
        auto note = TRY(load_incident_note(in, logged.note->uuid));
        TRY(update_incident_note(in, note));
        TRY(close_incident(in, TRY(load_incident(in, logged.incident.uuid)), "Done"));
        TRY(list_interactions_of_person(in, person_.uuid));
        TRY(list_interactions_of_patch(in, uuid(1), {}));
        TRY(list_interactions_of_manager_area(in, uuid(2), {}));
        TRY(list_interactions_of_area(in, kArea, {}));
        CheckReport report;
        TRY(check_incidents(in.tx(), in.keys(), report));
        TRY(check_incident_notes(in.tx(), in.keys(), report));
        return check_interactions(in.tx(), in.keys(), report);
    };
    EXPECT_GT(expect_all_or_nothing(all), 100);
}

TEST_F(Fault, what_stands_beside_a_person) {
    const auto uprn = add_uprn(home_, 77);
    const int calls = expect_all_or_nothing([&](audit::Work& in) -> Result<void> {
        NewResident wanted;
        wanted.person.name.last = "Nair";
        wanted.uprn = uprn;
        wanted.address.line_2 = "Rear entrance";
        wanted.goes_to_citizen_index = true;
        const Resident added = TRY(add_resident(in, wanted));
        const Uuid uuid = added.person.uuid;
        TRY(update_next_of_kin(in, uuid, {.name = "Kim"}));
        TRY(raise_alerts(in, uuid, uprn, {"3"}));
        const auto alerts = TRY(list_alerts_at(in, uprn));
        TRY(find_resident(in, uuid));
        TRY(list_residents_at(in, uprn));
        TRY(remove_alerts(in, uuid, uprn, {alerts.front().alert.uuid}, Caution::Ends));
        const Resident before = TRY(load_resident(in, uuid));
        Resident after = before;
        after.address = after.home;
        after = TRY(update_resident(in, before, after));
        return remove_person(in, after.person);
    });
    EXPECT_GT(calls, 60);
}

TEST_F(Fault, the_search_mode_is_changed_whole) {
    run("INSERT INTO instance (id, install_uuid, created_at, search_mode) VALUES (1, x'01', 0, 0)");
    for (const auto mode : {SearchMode::Memory, SearchMode::Plaintext}) {
        expect_all_or_nothing([&](audit::Work& in) -> Result<void> {
            TRY(rebuild_search(in, names_, mode));
            PersonFilter filter;
            filter.search = "zoe";
            TRY(list_people(in, names_, filter));
            return {};
        });
        EXPECT_EQ(search("zoe").size(), 1);
    }
}

TEST_F(Fault, alerts_and_citizens_are_imported_searched_and_checked) {
    const auto uprn = add_uprn(home_, 77);
    run("INSERT INTO tenancy (id, uuid, version, tag_reference, terminated, present, created_at, updated_at) "
        "VALUES (1, x'01', 1, '1/01', 0, 1, 0, 0)");
    seal_rows();
    Person tenant = person_;
    tenant.tenancy = Id<Tenancy>{1};
    update(person_, tenant);
    expect_all_or_nothing([&](audit::Work& in) -> Result<void> {
        Importer importer{in};
        AlertRecord alert{crypto::new_uuid(), person_.uuid, uprn, "3", in.now()};
        CitizenRecord citizen;
        citizen.usn = "U1";
        citizen.last_name = "O'Brien";
        for (int time = 0; time < 2; ++time) {
            TRY(importer.add(alert));
            TRY(importer.add(citizen));
        }
        for (const auto& criteria : {CitizenCriteria{.last_name = "obrien", .with_citizen_index = true},
                                     CitizenCriteria{.last_name = "ob", .with_citizen_index = true},
                                     CitizenCriteria{.address = "weir"}, CitizenCriteria{.address = "9"}}) {
            TRY(search_citizens(in, names_, criteria));
        }
        CheckReport report;
        TRY(check_contact_addresses(in.tx(), in.keys(), report));
        TRY(check_next_of_kin(in.tx(), in.keys(), report));
        TRY(check_alerts(in.tx(), in.keys(), report));
        return check_citizens(in.tx(), in.keys(), report);
    });
}

TEST_F(Fault, meetings_and_issues) {
    const int calls = expect_all_or_nothing([](audit::Work& in) -> Result<void> {
        Association wanted;
        wanted.name = "Sample TRA";
        wanted.email = "tra@mail.test";
        const auto association = TRY(create_association(in, wanted, {}));
        NewMeeting held;
        held.links.association = association.id;
        held.name = "March";
        held.signing = Signing{"Cy Chair", "chair", TRY(store_signature(in, "picture"))};
        const auto meeting = TRY(hold_meeting(in, held)).interaction;
        const auto one = TRY(raise_issue(in, meeting, {{}, "ETRA", "Door", "Here"}));
        const auto two = TRY(raise_issue(in, meeting, {{}, "ETRA", "Damp", std::nullopt}));
        const auto issue = TRY(load_issue(in, one.interaction.uuid));
        const auto incident = TRY(load_case_of(in, issue, std::nullopt));
        TRY(answer_issue(in, issue, incident, {"R", "Booked", 4, "Repairs", kStageCompleted, std::nullopt}));
        TRY(reject_answer(in, TRY(load_issue(in, one.interaction.uuid)), incident, "R", "No"));
        TRY(remove_issue(in, TRY(load_issue(in, one.interaction.uuid)),
                         TRY(load_incident(in, incident.uuid))));
        TRY(list_issues_of_association(in, association.id));
        TRY(list_issues_of_meeting(in, meeting.uuid));
        TRY(sign_meeting(in, TRY(load_meeting(in, meeting.uuid)), {"T", "chair", std::nullopt}));
        TRY(record_attendance(in, TRY(find_meeting(in, meeting.uuid)), {"C", "S", 3}));
        TRY(file_papers(in, TRY(load_meeting(in, meeting.uuid)), std::nullopt, crypto::new_uuid()));
        TRY(list_meetings(in, association.id));
        TRY(queue_meeting_letter(in, association, "March", MeetingLetter::AskForSignature,
                                 LinkForm::BareToken, "abc"));
        TRY(close_case_of(in, two.incident.uuid, "done"));
        CheckReport report;
        TRY(check_meetings(in.tx(), in.keys(), report));
        TRY(check_issues(in.tx(), in.keys(), report));
        return check_signatures(in.tx(), in.keys(), report);
    });
    EXPECT_GT(calls, 100);
}

TEST_F(Fault, escalation) {
    expect_all_or_nothing([](audit::Work& in) -> Result<void> {
        const auto meeting = TRY(hold_meeting(in, {})).interaction;
        TRY(raise_issue(in, meeting, {{}, "ETRA", "Door", "Here"}));
        audit::Work later{in.tx(), in.keys(), in.actor(), in.now() + std::chrono::days{19}, nullptr};
        const auto done = TRY(escalate_due_issues(later));
        VERIFY(done.size() == 1 && done[0].escalated);
        return {};
    });
}

}  // namespace
}  // namespace tenantry::housing
