#include "register/job.hpp"

#include "access/account.hpp"
#include "register/case_note.hpp"
#include "register/job_columns.hpp"
#include "register/job_list.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

auto stored(const Job& j) {
    return std::tuple{
        std::tuple{j.id, j.uuid, j.version, j.reference, j.title, j.description, j.status, j.property,
                   j.created_at, j.updated_at},
        std::tuple{j.priority, j.type, j.agent, j.contractor, j.created_by, j.total_budget,
                   j.contractor_budget, j.vat_percentage},
        std::tuple{j.works_start_on, j.works_end_on, j.invoice_no, j.quote_no, j.works_order_ref,
                   j.access_details, j.private_contact_name, j.private_contact_email, j.is_pinned}};
}

/// Everything that a job may say.
Job full_job() {
    Job job;
    job.uuid = crypto::new_uuid();
    job.title = "Boiler does not light";
    job.description = "Since Sunday";
    job.status = "Open";
    job.priority = 2;
    job.type = 1;
    job.agent = 71;
    job.contractor = 72;
    job.created_by = 7;
    job.total_budget = 12'050;
    job.contractor_budget = 9'000;
    job.vat_percentage = 1'750;
    job.works_start_on = parse_date("2031-02-03");
    job.works_end_on = parse_date("2031-02-04");
    job.invoice_no = "I-1";
    job.quote_no = "Q-1";
    job.works_order_ref = "W-1";
    job.access_details = "Key is with the neighbour at 11";
    job.private_contact_name = "Zoë O’Brien";
    job.private_contact_email = "zoe@mail.test";
    job.is_pinned = true;
    return job;
}

class Jobs : public test::HousingTest {
  protected:
    std::vector<std::string> search_references(std::string_view text, std::int64_t limit = 50) {
        auto in = work();
        std::vector<std::string> references;
        const auto jobs = search_jobs(in, text, limit);
        for (const Job& job : *jobs) {
            references.push_back(job.reference);
        }
        return references;
    }
};

TEST_F(Jobs, every_field_comes_back_as_it_was_stored) {
    auto in = work();
    Job job = add_job("J-’1", {});
    EXPECT_EQ(stored(*load_job(in, job.uuid)), stored(job));
    clock_.advance(std::chrono::hours{1});
    job.reference = "J-2";
    job.title = "Téléphone 📞";
    job.description = std::string(5'000, 'x') + "\nline two";
    job.status = "Closed";
    job.property = add_property("9 Weir Lane").id;
    job.updated_at = clock_.now();
    const Job updated = update_job(in, job, {}).value();
    EXPECT_EQ(updated.version, 2);
    EXPECT_EQ(stored(*load_job(in, job.uuid)), stored(updated));
    EXPECT_EQ(load_job(in, crypto::new_uuid()).error().code, Code::NotFound);
}

TEST_F(Jobs, a_stale_update_is_a_conflict_and_changes_nothing) {
    const Person person = add_person("Priya Nair");
    const Job job = add_job("J-1", {person.id});
    auto in = work();
    ASSERT_TRUE(update_job(in, job, {person.id}).ok());
    const std::string before = dump();
    EXPECT_EQ(update_job(in, job, {}).error().code, Code::Conflict);
    EXPECT_EQ(dump(), before);
}

TEST_F(Jobs, a_reference_is_given_once) {
    Job job = add_job("J-1", {});
    job.uuid = crypto::new_uuid();
    auto in = work();
    EXPECT_EQ(create_job(in, job, {}).error().code, Code::Conflict);
}

TEST_F(Jobs, a_job_is_for_exactly_the_people_named) {
    const Person first = add_person("Priya Nair");
    const Person second = add_person("Sam Okafor");
    const Job job = add_job("J-1", {first.id, second.id, first.id});
    const auto active = [this](const Person& person) { return count_active_jobs(tx_, person.id).value(); };
    EXPECT_EQ(active(first), 1);
    EXPECT_EQ(active(second), 1);
    auto in = work();
    ASSERT_TRUE(update_job(in, job, {second.id}).ok());
    EXPECT_EQ(active(first), 0);
    EXPECT_EQ(active(second), 1);
    EXPECT_EQ(create_job(in, job, {Id<Person>{404}}).error().code, Code::Conflict);  // its reference is taken
}

TEST_F(Jobs, active_is_what_is_not_complete_closed_or_archived) {
    const Person person = add_person("Priya Nair");
    int jobs = 0;
    for (const char* status : {"Open", "In Progress", "Complete", "Closed", "Archived", "complete", ""}) {
        add_job("J-" + std::to_string(++jobs), {person.id}, status);
    }
    EXPECT_EQ(*count_active_jobs(tx_, person.id), 4);
}

TEST_F(Jobs, the_search_finds_letters_of_reference_or_title_newest_first) {
    add_job("REF-100", {});
    add_job("REF-200", {});
    EXPECT_EQ(search_references("ref-"), (std::vector<std::string>{"REF-200", "REF-100"}));
    EXPECT_EQ(search_references("BOILER"), (std::vector<std::string>{"REF-200", "REF-100"}));
    EXPECT_EQ(search_references("100"), std::vector<std::string>{"REF-100"});
    EXPECT_EQ(search_references("ref", 1), std::vector<std::string>{"REF-200"});
    for (const char* typed : {"%", "_", "neighbour", "REF-300"}) {
        EXPECT_TRUE(search_references(typed).empty()) << typed;
    }
}

TEST_F(Jobs, each_change_and_each_reading_is_one_event_about_whom_the_job_is_for) {
    const auto first = add_person("Priya Nair").id;
    const auto second = add_person("Sam Okafor").id;
    take_events();
    Job job = add_job("J-1", {first});
    auto in = work();
    job = update_job(in, job, {second}).value();
    job = update_job(in, job, {second}).value();
    job = update_job(in, job, {}).value();
    job = update_job(in, job, {}).value();
    ASSERT_TRUE(find_job(in, job.uuid).ok());
    job = update_job(in, job, {second}).value();
    ASSERT_TRUE(find_job(in, job.uuid).ok());
    ASSERT_TRUE(list_jobs(in, {}).ok());
    ASSERT_EQ(search_jobs(in, "j-1", 5)->size(), 1U);
    ASSERT_TRUE(search_jobs(in, "nothing", 5)->empty());
    ASSERT_TRUE(remove_job(in, job).ok());
    const std::string both = select<std::string>(
        "SELECT hex(people) FROM audit_event WHERE action = 'job.updated' AND record_version = 2");
    EXPECT_EQ(both, "0101") << "numbers 1 and 2, as differences";
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"job.created 1/1 1 0", "job.updated 1/2 - 0", "job.updated 1/3 2 0",
                                        "job.updated 1/4 2 0", "job.updated 1/5 - 0", "job.read 1/5 - 0",
                                        "job.updated 1/6 2 0", "job.read 1/6 2 0", "job.listed -/- 2 0",
                                        "job.listed -/- 2 0", "job.deleted 1/6 2 0"}));
}

TEST_F(Jobs, all_that_a_job_may_say_comes_back_and_can_be_taken_away) {
    auto in = work();
    const Job job = create_job(in, full_job(), {}).value();
    EXPECT_EQ(job.reference, "JOB-1");
    EXPECT_EQ(job.created_at, clock_.now());
    EXPECT_EQ(stored(*load_job(in, job.uuid)), stored(job));
    Job bare;
    std::tie(bare.id, bare.uuid, bare.version, bare.reference) =
        std::tie(job.id, job.uuid, job.version, job.reference);
    const Job updated = update_job(in, bare, {}).value();
    EXPECT_EQ(stored(*load_job(in, job.uuid)), stored(updated));
}

TEST_F(Jobs, a_reference_that_is_taken_is_told_apart) {
    add_job("JOB-2", {});
    auto in = work();
    Job job = full_job();
    job = create_job(in, job, {}).value();
    EXPECT_EQ(job.reference, "JOB-2-" + job.uuid.text().substr(0, 8));
    Job other = add_job("J-3", {});
    other.reference = job.reference;
    EXPECT_EQ(update_job(in, other, {}).error().code, Code::Conflict);
}

TEST_F(Jobs, nobody_is_linked_who_is_not_there) {
    auto in = work();
    const auto refused = create_job(in, full_job(), {Id<Person>{404}});
    EXPECT_EQ(refused.error().code, Code::Invalid);
    EXPECT_EQ(refused.error().field.view(), "tenants_ids");
}

TEST_F(Jobs, a_job_goes_with_its_notes_and_links) {
    const Person person = add_person("Priya Nair");
    Job job = add_job("J-1", {person.id});
    const Job other = add_job("J-2", {person.id});
    auto in = work();
    for (const auto of : {job.id, other.id, job.id}) {
        CaseNote note;
        note.uuid = crypto::new_uuid();
        note.job = of;
        ASSERT_TRUE(create_case_note(in, note).ok());
    }
    take_events();
    EXPECT_EQ(remove_job(in, update_job(in, job, {person.id}).value()).ok(), true);
    EXPECT_EQ(count("job"), 1);
    EXPECT_EQ(count("job_person"), 1);
    EXPECT_EQ(count("case_note"), 1);
    EXPECT_EQ(take_events(), (std::vector<std::string>{"job.updated 1/2 1 0", "case_note.deleted 1/- 1 0",
                                                       "case_note.deleted 3/- 1 0", "job.deleted 1/2 1 0"}));
    EXPECT_EQ(remove_job(in, job).error().code, Code::Conflict) << "it is gone";
    job = other;
    job.version = 9;
    EXPECT_EQ(remove_job(in, job).error().code, Code::Conflict) << "it was changed";
}

TEST_F(Jobs, what_ends_a_job_is_told_by_number_whatever_it_is_called) {
    const Person person = add_person("Priya Nair");
    run("UPDATE code SET label = 'Put to bed' WHERE list = 'job_status' AND code = '6'");
    run("INSERT INTO code VALUES ('job_status', '40', 'On hold')");
    int jobs = 0;
    for (const char* status : {"Put to bed", "Closed", "On hold", "Invoiced"}) {
        add_job("J-" + std::to_string(++jobs), {person.id}, status);
    }
    EXPECT_EQ(*count_active_jobs(tx_, person.id), 2);
}

TEST_F(Jobs, numbers_are_shown_with_the_names_that_they_stand_for) {
    access::Account agent;
    agent.type = access::AccountType::Agent;
    agent.role = access::find_role(tx_, "viewer").value();
    agent.first_name = "Ada";
    agent.last_name = "O’Agent";
    agent.email = "ada@lettings.example";
    auto in = work();
    agent = access::create_account(in, agent).value();
    Job job = full_job();
    job.agent = agent.id;
    job.property = add_property("9 Weir Lane").id;
    job.status = "in PROGRESS";
    job = create_job(in, job, {}).value();
    const auto shown = [&] { return find_job(in, job.uuid)->named; };
    EXPECT_EQ(shown().status_id, 4);
    EXPECT_EQ(shown().priority_name, "Urgent");
    EXPECT_EQ(shown().type_name, "Repair");
    EXPECT_EQ(shown().agent_name, "Ada O’Agent");
    EXPECT_EQ(shown().contractor_name, std::nullopt) << "there is no such account";
    EXPECT_EQ(shown().full_address, "9 Weir Lane, Otley, LS21 3AB");
    EXPECT_EQ(list_job_creators(tx_)->size(), 0U) << "7 is no account";
    job.created_by = agent.id;
    job.status = "Awaiting the moon";
    job.priority = 77;
    job = update_job(in, job, {}).value();
    EXPECT_EQ(shown().status_id, std::nullopt);
    EXPECT_EQ(shown().priority_name, std::nullopt);
    EXPECT_EQ(*list_job_creators(tx_), std::vector<std::int64_t>{agent.id});
    run("UPDATE account SET first_name = last_name");
    EXPECT_EQ(shown().agent_name, std::nullopt) << "the account is damaged";
}

TEST_F(Jobs, a_choice_is_checked_when_it_is_made_and_not_again) {
    const auto field = [this](const Job& before, const Job& after) {
        const auto checked = check_choices(tx_, keys(), before, after);
        return checked.ok() ? "" : std::string{checked.error().field.view()};
    };
    const auto changed = [](auto member, auto value) {
        Job job;
        job.*member = value;
        return job;
    };
    for (const auto& [wrong, name] :
         {std::pair{changed(&Job::priority, 77), "priority_id"},
          std::pair{changed(&Job::type, 77), "job_type_id"}, std::pair{changed(&Job::agent, 77), "agent_id"},
          std::pair{changed(&Job::contractor, 77), "contractor_id"}}) {
        EXPECT_EQ(field({}, wrong), name);
        EXPECT_EQ(field(wrong, wrong), "") << name;
    }
    EXPECT_EQ(field({}, changed(&Job::priority, 4)), "");
    Job works;
    works.works_start_on = parse_date("2031-02-03");
    works.works_end_on = parse_date("2031-02-02");
    EXPECT_EQ(field(works, works), "date_works_end_date");
    EXPECT_EQ(check_choices(tx_, keys(), {}, changed(&Job::property, Id<Property>{404})).error().code,
              Code::NotFound);
    EXPECT_EQ(status_of(tx_, 9).value(), "Invoiced");
    EXPECT_EQ(status_of(tx_, 10).error().field.view(), "status_id");
}

TEST_F(Jobs, the_amount_is_the_budget_with_vat_to_the_nearest_penny) {
    struct {
        std::optional<std::int64_t> budget;
        std::optional<std::int64_t> vat;
        std::optional<std::int64_t> amount;
    } const cases[]{{std::nullopt, 2'000, std::nullopt},
                    {100, std::nullopt, 100},
                    {10'000, 2'000, 12'000},
                    {1, 5'000, 2},
                    {1, 4'999, 1},
                    {12'050, 1'750, 14'159},
                    {0, 2'000, 0},
                    {10'000'000'000, 10'000, 20'000'000'000}};
    for (const auto& one : cases) {
        Job job;
        job.total_budget = one.budget;
        job.vat_percentage = one.vat;
        EXPECT_EQ(job.total_amount(), one.amount);
    }
}

TEST_F(Jobs, a_job_sealed_before_the_jobs_api_still_opens_and_one_that_says_more_does_not_pass_for_it) {
    const Job old = add_job("J-1", {});
    // As the release before sealed it.
    const std::string facts =
        fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", old.id.value, old.uuid.text(), old.version, old.reference,
                    old.status, 0, to_millis(old.created_at), to_millis(old.updated_at));
    const auto description = keys().seal({"job", "description", old.uuid, old.version}, old.description);
    run("UPDATE job SET description = $1, row_seal = $2", description,
        keys().row_seal("job",
                        {bytes_of(facts), bytes_of(old.title), crypto::KeyRing::blob_tag(description)}));
    auto in = work();
    EXPECT_EQ(stored(load_job(in, old.uuid).value()), stored(old));
    run("UPDATE job SET is_pinned = 1");
    EXPECT_EQ(load_job(in, old.uuid).error().code, Code::Corrupt);
}

TEST_F(Jobs, a_persons_jobs_come_in_pages_the_newest_first) {
    const auto ada = add_person("Ada Sample");
    const auto bo = add_person("Bo Sample");
    add_job("J-1", {ada.id});
    add_job("J-2", {bo.id});
    add_job("J-3", {ada.id, bo.id});
    const auto references = [this](Id<Person> person, Paging paging) {
        auto in = work();
        std::vector<std::string> all;
        const auto page = list_jobs_of_person(in, person, paging).value();
        for (const auto& named : page.jobs) {
            all.push_back(named.job.reference);
        }
        all.push_back(std::to_string(page.total));
        return all;
    };
    EXPECT_EQ(references(ada.id, {}), (std::vector<std::string>{"J-3", "J-1", "2"}));
    EXPECT_EQ(references(ada.id, {1, 1}), (std::vector<std::string>{"J-1", "2"}));
    take_events();
    EXPECT_EQ(references(bo.id, {1, 0}), (std::vector<std::string>{"J-3", "2"}));
    EXPECT_EQ(take_events(), std::vector<std::string>{"job.listed -/- - 0"});
    EXPECT_EQ(references(Id<Person>{99}, {}), std::vector<std::string>{"0"});
    EXPECT_EQ(take_events(), std::vector<std::string>{});
}

}  // namespace
}  // namespace tenantry::housing
