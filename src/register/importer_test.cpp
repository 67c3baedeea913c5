#include "register/importer.hpp"

#include "register/case_note.hpp"
#include "register/code_list.hpp"
#include "register/household.hpp"
#include "register/tenancy.hpp"
#include "tests/support/places.hpp"

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

class Import : public test::PlacesTest {
  protected:
    OfficerRecord officer_record(const std::string& name) {
        OfficerRecord record;
        record.uuid = crypto::new_uuid();
        record.first_name = name.substr(0, name.find(' '));
        record.last_name = name.substr(name.find(' ') + 1);
        record.email = record.first_name + "@lettings.example";
        record.username = record.first_name;
        record.password = "said in the file";
        record.password_hash = "hash of " + name;
        return record;
    }
    Officer officer_of(const OfficerRecord& record) { return find_officer(tx_, keys(), record.uuid).value(); }
    /// The records, and then what is due after the last.
    template <class... Record>
    Result<void> import_whole(const Record&... records) {
        auto in = work();
        Importer importer{in};
        for (const auto& outcome : {importer.add(records)...}) {
            TRY(outcome);
        }
        return importer.finish();
    }
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
    const Tenancy tenancy = find_tenancy(tx_, keys(), record.uuid).value();
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
    const Tenancy created = find_tenancy(tx_, keys(), record.uuid).value();
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
    const Tenancy updated = find_tenancy(tx_, keys(), record.uuid).value();
    EXPECT_EQ(updated.version, 2);
    EXPECT_EQ(updated.id, created.id);
    EXPECT_EQ(updated.household, created.household);
    EXPECT_EQ(updated.current_balance, std::nullopt);
    EXPECT_EQ(updated.created_at, created.created_at);
    EXPECT_EQ(updated.property, std::nullopt);
    EXPECT_FALSE(updated.present);
    record.present = true;
    ASSERT_TRUE(import(record).ok());
    EXPECT_TRUE(find_tenancy(tx_, keys(), record.uuid)->present);
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
    const auto household = find_tenancy(tx_, keys(), flat.uuid)->household;
    EXPECT_EQ(find_tenancy(tx_, keys(), garage.uuid)->household, household);
    EXPECT_EQ(person_of(keeper).household, household);
    EXPECT_EQ(person_of(keeper).tenancy, find_tenancy(tx_, keys(), garage.uuid)->id);
    // Where a later file gives no household, they keep theirs.
    garage.household.reset();
    ASSERT_TRUE(import(garage).ok());
    EXPECT_EQ(find_tenancy(tx_, keys(), garage.uuid)->household, household);
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
    job.priority = 2;
    job.type = 3;
    job.access_details = "Ring twice";
    ASSERT_TRUE(import(job).ok());
    job.priority = job.type = std::nullopt;  // a later import that does not say leaves what is there
    job.access_details = "";
    job.status = "Closed";
    ASSERT_TRUE(import(job).ok());
    EXPECT_EQ(*count_active_jobs(tx_, person_of(person).id), 0);
    auto in = work();
    const Job found = load_job(in, job.uuid).value();
    EXPECT_EQ(found.version, 3);
    EXPECT_EQ(std::tuple(found.priority, found.type, found.access_details), std::tuple(2, 3, "Ring twice"));
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

TEST_F(Import, officers_have_accounts_that_a_second_import_updates) {
    OfficerRecord record = officer_record("Olu Officer");
    ASSERT_TRUE(import(record).ok());
    const Officer created = officer_of(record);
    EXPECT_EQ(created.account.full_name(), "Olu Officer");
    EXPECT_EQ(created.account.email, "Olu@lettings.example");
    EXPECT_EQ(created.account.username, "Olu");
    EXPECT_EQ(created.account.password, "hash of Olu Officer");
    EXPECT_EQ(created.account.role.name, "officer");
    EXPECT_TRUE(created.active);

    record.last_name = "Other";
    record.email = "other@lettings.example";
    record.password = record.password_hash = "";
    ASSERT_TRUE(import(record).ok());
    EXPECT_EQ(officer_of(record).id, created.id);
    EXPECT_EQ(officer_of(record).account.id, created.account.id);
    EXPECT_EQ(officer_of(record).account.full_name(), "Olu Other");
    EXPECT_EQ(officer_of(record).account.email, "other@lettings.example");
    EXPECT_EQ(officer_of(record).account.password, "hash of Olu Officer") << "an absent one leaves it";

    record.password_hash = "another hash";
    ASSERT_TRUE(import(record).ok());
    EXPECT_EQ(officer_of(record).account.password, "another hash");
    record.active = false;
    ASSERT_TRUE(import(record).ok());
    EXPECT_FALSE(officer_of(record).active);
    EXPECT_EQ(officer_of(record).account.status, access::AccountStatus::Disabled);
    record.username = "";
    record.active = true;
    ASSERT_TRUE(import(record).ok());
    EXPECT_EQ(officer_of(record).account.status, access::AccountStatus::Active);
    EXPECT_EQ(officer_of(record).account.username, std::nullopt);
    EXPECT_EQ(officer_of(record).account.password, "");
    EXPECT_EQ(count("officer"), 1);
    EXPECT_EQ(count("account"), 1);
}

TEST_F(Import, an_officer_without_a_username_or_a_password_gets_an_account_that_lets_nobody_in) {
    OfficerRecord no_username = officer_record("Nan Nameless");
    no_username.username = "";
    OfficerRecord no_password = officer_record("Pip Passless");
    no_password.password = no_password.password_hash = "";
    ASSERT_TRUE(import_whole(no_username, no_password).ok());
    EXPECT_EQ(officer_of(no_username).account.password, "");
    EXPECT_EQ(officer_of(no_password).account.password, "");
}

TEST_F(Import, an_account_that_is_there_already_is_not_taken_over) {
    auto in = work();
    access::Account admin = wanted_officer("Ada Admin").account;
    admin.role.id = access::find_role(tx_, "admin")->id;
    admin = access::create_account(in, admin).value();
    OfficerRecord record = officer_record("Olu Officer");
    record.email = admin.email;
    EXPECT_EQ(import(record).error().code, Code::Conflict);
    record = officer_record("Olu Officer");
    record.username = *admin.username;
    EXPECT_EQ(import(record).error().code, Code::Conflict);
    EXPECT_EQ(access::find_account(tx_, keys(), admin.id)->version, 1);
}

TEST_F(Import, whoever_holds_a_managers_area_at_the_end_is_a_manager) {
    const OfficerRecord olu = officer_record("Olu Officer");
    const OfficerRecord mo = officer_record("Mo Manager");
    ManagerAreaRecord area{crypto::new_uuid(), "North", 3, mo.uuid};
    ASSERT_TRUE(import_whole(olu, mo, area).ok());
    EXPECT_EQ(officer_of(olu).account.role.name, "officer");
    EXPECT_EQ(officer_of(mo).account.role.name, "manager");
    ASSERT_TRUE(import_whole(olu, mo, area).ok());
    EXPECT_EQ(officer_of(mo).account.role.name, "manager");
    area.officer = olu.uuid;
    ASSERT_TRUE(import_whole(area).ok());
    EXPECT_EQ(officer_of(olu).account.role.name, "manager");
    EXPECT_EQ(officer_of(mo).account.role.name, "officer");

    // What the API assigned waits for an import that is about officers.
    auto in = work();
    ASSERT_TRUE(assign_manager_area(in, area.uuid, mo.uuid, olu.uuid).ok());
    ASSERT_TRUE(import_whole(property_record()).ok());
    EXPECT_EQ(officer_of(mo).account.role.name, "officer");
    ASSERT_TRUE(import_whole(mo).ok());
    EXPECT_EQ(officer_of(mo).account.role.name, "manager");
}

TEST_F(Import, patches_and_managers_areas_are_created_and_updated) {
    const OfficerRecord olu = officer_record("Olu Officer");
    const OfficerRecord mo = officer_record("Mo Manager");
    ManagerAreaRecord area{crypto::new_uuid(), "North", 3, mo.uuid};
    PatchRecord patch{crypto::new_uuid(), "HN7", 3, area.uuid, olu.uuid};
    ASSERT_TRUE(import_whole(AreaRecord{8, "New"}, olu, mo, area, patch).ok());
    EXPECT_EQ(find_area(tx_, {8})->name, "New");
    const Patch created = find_patch(tx_, keys(), patch.uuid).value();
    EXPECT_EQ(created.name, "HN7");
    EXPECT_EQ(created.area, Id<Area>{3});
    EXPECT_EQ(created.officer, officer_of(olu).id);
    EXPECT_EQ(created.manager_area, find_manager_area(tx_, keys(), area.uuid)->id);
    EXPECT_EQ(find_manager_area(tx_, keys(), area.uuid)->officer, officer_of(mo).id);

    auto in = work();
    ASSERT_TRUE(assign_patch(in, patch.uuid, olu.uuid, mo.uuid).ok());
    ASSERT_TRUE(import(patch).ok());
    EXPECT_EQ(find_patch(tx_, keys(), patch.uuid)->updated_by, officer_of(mo).id) << "nothing was given away";
    patch = {patch.uuid, "HN8", 8, std::nullopt, std::nullopt};
    area = {area.uuid, "South", 8, std::nullopt};
    ASSERT_TRUE(import_whole(patch, area).ok());
    const Patch updated = find_patch(tx_, keys(), patch.uuid).value();
    EXPECT_EQ(updated.id, created.id);
    EXPECT_EQ(updated.name, "HN8");
    EXPECT_EQ(updated.area, Id<Area>{8});
    EXPECT_EQ(updated.officer, std::nullopt);
    EXPECT_EQ(updated.manager_area, std::nullopt);
    EXPECT_EQ(updated.updated_by, std::nullopt);
    EXPECT_EQ(find_manager_area(tx_, keys(), area.uuid)->name, "South");
    EXPECT_EQ(find_manager_area(tx_, keys(), area.uuid)->officer, std::nullopt);

    PropertyRecord home = property_record();
    home.patch = patch.uuid;
    ASSERT_TRUE(import(home).ok());
    EXPECT_EQ(find_property(tx_, keys(), home.uuid)->patch, patch.uuid);
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
    const Uuid nobody = crypto::new_uuid();
    expect_field(import(ManagerAreaRecord{nobody, "North", 5, std::nullopt}), "area_id");
    expect_field(import(ManagerAreaRecord{nobody, "North", 3, nobody}), "officer_uuid");
    expect_field(import(PatchRecord{nobody, "HN7", 5, std::nullopt, std::nullopt}), "area_id");
    expect_field(import(PatchRecord{nobody, "HN7", 3, nobody, std::nullopt}), "manager_area_uuid");
    expect_field(import(PatchRecord{nobody, "HN7", 3, std::nullopt, nobody}), "officer_uuid");
    PropertyRecord home = property_record();
    home.patch = nobody;
    expect_field(import(home), "patch_uuid");
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
    EXPECT_EQ(take_events(), (std::vector<std::string>{"address.created 1/1 - 0", "household.created 1/1 - 0",
                                                       "tenant.created 1/1 1 0", "tenant.imported 1/2 1 0"}));
}

}  // namespace
}  // namespace tenantry::housing
