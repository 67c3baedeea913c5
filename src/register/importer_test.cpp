#include "register/importer.hpp"

#include "register/case_note.hpp"
#include "register/code_list.hpp"
#include "register/household.hpp"
#include "register/tenancy.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

PropertyRecord property_record() {
    PropertyRecord record;
    record.uuid = crypto::new_uuid();
    record.uprn = 10'008'230'561;
    record.property_reference = "00015498";
    record.address_line_1 = "9 Weir Lane";
    record.city = "Otley";
    record.postcode = "LS21 3AB";
    return record;
}

PersonRecord person_record() {
    PersonRecord record;
    record.uuid = crypto::new_uuid();
    record.title = "Ms";
    record.first_name = "Priya";
    record.last_name = "Nair";
    record.date_of_birth = Date{std::chrono::year{1990}, std::chrono::month{5}, std::chrono::day{17}};
    record.email = "priya@mail.test";
    record.telephone_1 = "07700900461";
    record.uprn = 10'008'230'561;
    record.tag_reference = "0123456/01";
    record.responsible = true;
    record.disabled = true;
    return record;
}

TenancyRecord tenancy_record() {
    TenancyRecord record;
    record.uuid = crypto::new_uuid();
    record.tag_reference = "0123456/01";
    record.payment_reference = "228012345";
    record.uprn = 10'008'230'561;
    record.tenure_code = "SEC";
    record.current_balance = Pence{-1'230};
    record.created_at = from_millis(1'700'000'000'000);
    return record;
}

class Import : public test::HousingTest {
  protected:
    template <class Record>
    Result<void> import(const Record& record) {
        auto in = work();
        return Importer{in}.add(record);
    }
    Person person_of(const PersonRecord& record) {
        auto in = work();
        return find_person(in, record.uuid, Depth::Full).value();
    }
};

TEST_F(Import, a_new_uuid_is_created_and_a_known_one_updated) {
    PropertyRecord home = property_record();
    ASSERT_TRUE(import(home).ok());
    PersonRecord record = person_record();
    ASSERT_TRUE(import(record).ok());
    const Person created = person_of(record);
    EXPECT_EQ(created.version, 1);
    EXPECT_EQ(created.name.title, "Ms");
    EXPECT_EQ(created.name.full(), "Priya Nair");
    EXPECT_EQ(created.date_of_birth, record.date_of_birth);
    EXPECT_EQ(created.telephone_2, std::nullopt);
    EXPECT_EQ(created.full_address, "9 Weir Lane, Otley, LS21 3AB");
    EXPECT_TRUE(created.active);
    EXPECT_TRUE(created.responsible);
    EXPECT_EQ(created.disabled, true);

    home.address_line_1 = "10 Weir Lane";
    ASSERT_TRUE(import(home).ok());
    EXPECT_EQ(count("property"), 1);
    record.last_name = "Patel";
    record.email = "";
    ASSERT_TRUE(import(record).ok());
    const Person updated = person_of(record);
    EXPECT_EQ(updated.id, created.id);
    EXPECT_EQ(updated.version, 2);
    EXPECT_EQ(updated.name.full(), "Priya Patel");
    EXPECT_EQ(updated.email, std::nullopt);
    EXPECT_EQ(updated.full_address, "10 Weir Lane, Otley, LS21 3AB");
}

TEST_F(Import, whoever_has_no_uprn_is_a_former_tenant) {
    ASSERT_TRUE(import(property_record()).ok());
    PersonRecord record = person_record();
    ASSERT_TRUE(import(record).ok());
    record.uprn.reset();
    ASSERT_TRUE(import(record).ok());
    const Person person = person_of(record);
    EXPECT_FALSE(person.active);
    EXPECT_EQ(person.property, std::nullopt);
    const auto stays = list_occupancies(tx_, person.id);
    ASSERT_EQ(stays->size(), 1U);
    EXPECT_NE(stays->front().to, std::nullopt);
}

TEST_F(Import, people_of_one_tag_reference_are_one_household_and_an_empty_one_is_none) {
    ASSERT_TRUE(import(property_record()).ok());
    const PersonRecord first = person_record();
    PersonRecord second = person_record();
    ASSERT_TRUE(import(first).ok());
    ASSERT_TRUE(import(second).ok());
    const auto household = person_of(first).household;
    ASSERT_TRUE(household.has_value());
    EXPECT_EQ(list_household_members(tx_, *household)->size(), 2U);
    second.tag_reference = "";
    ASSERT_TRUE(import(second).ok());
    EXPECT_EQ(person_of(second).household, std::nullopt);
    EXPECT_EQ(*list_household_members(tx_, *household), std::vector{person_of(first).id});
}

TEST_F(Import, people_belong_to_the_tenancy_of_their_tag_reference) {
    ASSERT_TRUE(import(property_record()).ok());
    const PersonRecord early = person_record();
    ASSERT_TRUE(import(early).ok());
    EXPECT_EQ(person_of(early).tenancy, std::nullopt);
    TenancyRecord record = tenancy_record();
    record.household = crypto::new_uuid();
    ASSERT_TRUE(import(record).ok());
    PersonRecord late = person_record();
    ASSERT_TRUE(import(late).ok());
    const Tenancy tenancy = find_tenancy(tx_, record.uuid).value();
    EXPECT_EQ(person_of(early).tenancy, tenancy.id);
    EXPECT_EQ(person_of(late).tenancy, tenancy.id);
    EXPECT_EQ(person_of(early).household, tenancy.household);
    EXPECT_EQ(person_of(late).household, tenancy.household);
    EXPECT_EQ(count("household"), 1);
    EXPECT_EQ(select<Uuid>("SELECT uuid FROM household"), record.household);
    late.tag_reference = "";
    ASSERT_TRUE(import(late).ok());
    EXPECT_EQ(person_of(late).tenancy, std::nullopt);
    EXPECT_EQ(person_of(late).household, std::nullopt);
}

TEST_F(Import, a_tenancy_is_created_and_updated) {
    ASSERT_TRUE(import(property_record()).ok());
    TenancyRecord record = tenancy_record();
    ASSERT_TRUE(import(record).ok());
    const Tenancy created = find_tenancy(tx_, record.uuid).value();
    EXPECT_EQ(created.tag_reference, "0123456/01");
    EXPECT_EQ(created.payment_reference, "228012345");
    EXPECT_EQ(created.tenure_code, "SEC");
    EXPECT_EQ(created.current_balance, -1'230);
    EXPECT_EQ(created.rent, std::nullopt);
    EXPECT_EQ(created.direct_debit, std::nullopt);
    EXPECT_EQ(created.created_at, record.created_at);
    EXPECT_EQ(created.property_reference, "00015498");
    EXPECT_TRUE(created.present);
    EXPECT_NE(created.household, std::nullopt);
    record.current_balance.reset();
    record.created_at.reset();
    record.terminated = true;
    record.uprn.reset();
    ASSERT_TRUE(import(record).ok());
    const Tenancy updated = find_tenancy(tx_, record.uuid).value();
    EXPECT_EQ(updated.version, 2);
    EXPECT_EQ(updated.id, created.id);
    EXPECT_EQ(updated.household, created.household);
    EXPECT_EQ(updated.current_balance, std::nullopt);
    EXPECT_EQ(updated.created_at, created.created_at);
    EXPECT_EQ(updated.property, std::nullopt);
    EXPECT_FALSE(updated.present);
    record.present = true;
    ASSERT_TRUE(import(record).ok());
    EXPECT_TRUE(find_tenancy(tx_, record.uuid)->present);
}

TEST_F(Import, tenancies_of_one_household_uuid_are_one_households) {
    TenancyRecord flat = tenancy_record();
    TenancyRecord garage = tenancy_record();
    flat.uprn = garage.uprn = std::nullopt;
    garage.tag_reference = "0123456/02";
    PersonRecord keeper = person_record();
    keeper.uprn.reset();
    keeper.tag_reference = garage.tag_reference;
    flat.household = garage.household = crypto::new_uuid();
    ASSERT_TRUE(import(flat).ok());
    ASSERT_TRUE(import(keeper).ok());
    ASSERT_TRUE(import(garage).ok());
    const auto household = find_tenancy(tx_, flat.uuid)->household;
    EXPECT_EQ(find_tenancy(tx_, garage.uuid)->household, household);
    EXPECT_EQ(person_of(keeper).household, household);
    EXPECT_EQ(person_of(keeper).tenancy, find_tenancy(tx_, garage.uuid)->id);
    // Where a later file gives no household, they keep theirs.
    garage.household.reset();
    ASSERT_TRUE(import(garage).ok());
    EXPECT_EQ(find_tenancy(tx_, garage.uuid)->household, household);
}

TEST_F(Import, jobs_and_notes_are_created_and_updated) {
    ASSERT_TRUE(import(property_record()).ok());
    const PersonRecord person = person_record();
    ASSERT_TRUE(import(person).ok());
    JobRecord job;
    job.uuid = crypto::new_uuid();
    job.reference = "J-1";
    job.title = "Boiler";
    job.description = "Key is with the neighbour";
    job.status = "Open";
    job.uprn = 10'008'230'561;
    job.people = {person.uuid};
    job.created_at = from_millis(1'000);
    job.updated_at = from_millis(2'000);
    ASSERT_TRUE(import(job).ok());
    EXPECT_EQ(*count_active_jobs(tx_, person_of(person).id), 1);
    job.status = "Closed";
    ASSERT_TRUE(import(job).ok());
    EXPECT_EQ(*count_active_jobs(tx_, person_of(person).id), 0);
    auto in = work();
    const Job found = find_job(in, job.uuid).value();
    EXPECT_EQ(found.version, 2);
    EXPECT_EQ(found.description, job.description);
    EXPECT_EQ(found.updated_at, job.updated_at);
    EXPECT_NE(found.property, std::nullopt);

    CaseNoteRecord note;
    note.uuid = crypto::new_uuid();
    note.job = job.uuid;
    note.text = "Rang";
    note.created_by = "Sam";
    note.created_at = from_millis(3'000);
    ASSERT_TRUE(import(note).ok());
    note.text = "Rang twice";
    ASSERT_TRUE(import(note).ok());
    const CaseNote kept = find_case_note(in, note.uuid).value();
    EXPECT_EQ(kept.version, 2);
    EXPECT_EQ(kept.text, "Rang twice");
    EXPECT_EQ(kept.job, found.id);

    ASSERT_TRUE(import(CodeRecord{"tenure", "SEC", "Secure"}).ok());
    EXPECT_EQ(list_codes(tx_, "tenure")->front().label, "Secure");
}

TEST_F(Import, a_reference_that_leads_nowhere_names_its_column_and_changes_nothing) {
    const auto expect_field = [](const Result<void>& outcome, std::string_view field) {
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().code, Code::Invalid);
        EXPECT_EQ(outcome.error().field.view(), field);
    };
    const std::string before = dump();
    expect_field(import(person_record()), "uprn");
    expect_field(import(tenancy_record()), "uprn");
    JobRecord job;
    job.uuid = crypto::new_uuid();
    job.uprn = 1;
    expect_field(import(job), "uprn");
    job.uprn.reset();
    job.people = {crypto::new_uuid()};
    expect_field(import(job), "person_uuids");
    CaseNoteRecord note;
    note.uuid = crypto::new_uuid();
    note.job = job.uuid;
    expect_field(import(note), "job_uuid");
    EXPECT_EQ(dump(), before);
}

TEST_F(Import, a_tag_reference_that_another_tenancy_has_names_its_column) {
    ASSERT_TRUE(import(property_record()).ok());
    ASSERT_TRUE(import(tenancy_record()).ok());
    const auto again = import(tenancy_record());
    EXPECT_EQ(again.error().code, Code::Conflict);
    EXPECT_EQ(again.error().field.view(), "tag_reference");
}

TEST_F(Import, a_damaged_record_is_not_overwritten) {
    ASSERT_TRUE(import(property_record()).ok());
    const PersonRecord record = person_record();
    ASSERT_TRUE(import(record).ok());
    run("UPDATE person SET active = 0");
    EXPECT_EQ(import(record).error().code, Code::Corrupt);
}

TEST_F(Import, what_was_imported_is_journaled) {
    ASSERT_TRUE(import(property_record()).ok());
    const PersonRecord record = person_record();
    ASSERT_TRUE(import(record).ok());
    ASSERT_TRUE(import(record).ok());
    EXPECT_EQ(take_events(), (std::vector<std::string>{"address.created 1/1 - 0", "household.created 1/- - 0",
                                                       "tenant.created 1/1 1 0", "tenant.imported 1/2 1 0"}));
}

}  // namespace
}  // namespace tenantry::housing
