#include "register/job.hpp"

#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

auto stored(const Job& j) {
    return std::tuple{j.id,          j.uuid,   j.version,  j.reference,  j.title,
                      j.description, j.status, j.property, j.created_at, j.updated_at};
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
    EXPECT_EQ(stored(*find_job(in, job.uuid)), stored(job));
    clock_.advance(std::chrono::hours{1});
    job.reference = "J-2";
    job.title = "Téléphone 📞";
    job.description = std::string(5'000, 'x') + "\nline two";
    job.status = "Closed";
    job.property = add_property("9 Weir Lane").id;
    job.updated_at = clock_.now();
    const Job updated = update_job(in, job, {}).value();
    EXPECT_EQ(updated.version, 2);
    EXPECT_EQ(stored(*find_job(in, job.uuid)), stored(updated));
    EXPECT_EQ(find_job(in, crypto::new_uuid()).error().code, Code::NotFound);
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
    EXPECT_EQ(create_job(in, job, {Id<Person>{404}}).error().code, Code::Conflict);
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

TEST_F(Jobs, each_change_is_one_event) {
    const Job job = add_job("J-1", {});
    auto in = work();
    ASSERT_TRUE(update_job(in, job, {}).ok());
    EXPECT_EQ(take_events(), (std::vector<std::string>{"job.created 1/1 - 0", "job.updated 1/2 - 0"}));
}

}  // namespace
}  // namespace tenantry::housing
