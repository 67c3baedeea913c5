// Every call of the engine fails once: the rule must pass the error up, and its savepoint leave nothing.
#include "register/case_note.hpp"
#include "register/importer.hpp"
#include "register/new_tenancy.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

class Fault : public test::HousingTest {
  protected:
    void SetUp() override {
        home_ = add_property("9 Weir Lane");
        Person person = test::full_person();
        person.property = home_.id;
        person_ = add(person);
    }

    /// Fails call after call until the operation passes. Answers how many calls it makes.
    template <class Operation>
    int expect_all_or_nothing(Operation operation) {
        const std::string before = dump();
        for (int n = 1;; ++n) {
            run("SAVEPOINT operation");
            tx_.fail_call(n);
            auto in = work();
            const Result<void> outcome = operation(in);
            const bool passed = tx_.fault_is_waiting();
            tx_.fail_no_call();
            if (passed) {
                EXPECT_TRUE(outcome.ok());
                EXPECT_NE(dump(), before);
                return n - 1;
            }
            EXPECT_FALSE(outcome.ok()) << "call " << n;
            if (outcome.ok()) {
                return n;
            }
            EXPECT_EQ(outcome.error().code, test::kInjected.code) << "call " << n;
            run("ROLLBACK TO operation");
            run("RELEASE operation");
            EXPECT_EQ(dump(), before) << "call " << n;
        }
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
            TRY(list_people(in, filter));
        }
        return {};
    });
}

TEST_F(Fault, list_damaged_people) {
    run("UPDATE person SET active = 0");
    expect_all_or_nothing([](audit::Work& in) -> Result<void> {
        TRY(list_people(in, {}));
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
    for (int time = 0; time < 2; ++time) {
        Importer importer{in};
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

TEST_F(Fault, an_import) {
    EXPECT_GT(expect_all_or_nothing(import_twice), 100);
}

TEST_F(Fault, what_is_read_of_tenancies) {
    auto setting_up = work();
    ASSERT_TRUE(import_twice(setting_up).ok());
    const auto tenant = select<Uuid>("SELECT uuid FROM person WHERE tenancy_id IS NOT NULL LIMIT 1");
    run("UPDATE tenancy SET payment_reference = '228012345'");
    run("UPDATE tenancy SET created_at = $1", clock_.now());
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
        TRY(list_case_notes(in, job.id));
        CheckReport report;
        TRY(check_people(in.tx(), in.keys(), report));
        TRY(check_jobs(in.tx(), in.keys(), report));
        return check_case_notes(in.tx(), in.keys(), report);
    });
}

}  // namespace
}  // namespace tenantry::housing
