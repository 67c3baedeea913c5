// The import folder and the demo landlord on a real register.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>

#include "app/demo/demo_landlord.hpp"
#include "db/sqlite/sqlite.hpp"
#include "intake/import_folder.hpp"
#include "register/case_note.hpp"
#include "register/job.hpp"
#include "register/names_in_memory.hpp"
#include "register/officer.hpp"
#include "register/person.hpp"
#include "register/property.hpp"
#include "register/tenancy.hpp"
#include "tests/support/test_keys.hpp"

namespace tenantry::app {
namespace {

constexpr DemoOptions kDemo{.homes = 40, .seed = 7};

class ImportToRegister : public testing::Test {
  protected:
    Result<void> import_folder() {
        housing::Importer importer{work_};
        intake::RowErrors errors;
        const auto checked = intake::check_folder(folder_.path(), errors);
        EXPECT_TRUE(checked.ok());
        const auto outcome = intake::write_folder(
            folder_.path(), *checked, importer,
            [&](std::size_t done, std::size_t in_all) {
                done_ = done;
                EXPECT_EQ(in_all, checked->total());
                return Result<void>{};
            },
            errors, hashes_);
        texts_.clear();
        for (const auto& error : errors.all()) {
            texts_.push_back(error.text());
        }
        return outcome;
    }
    template <class Do>
    void roll_back_after(Do work) {
        constexpr db::Sql kBegin{"test/begin", "SAVEPOINT here", ""};
        constexpr db::Sql kBack{"test/back", "ROLLBACK TO here", ""};
        ASSERT_TRUE(tx_->execute(kBegin).ok());
        work();
        ASSERT_TRUE(tx_->execute(kBack).ok());
    }
    void write(const std::string& name, const std::string& text) {
        std::ofstream{folder_.path() / name, std::ios::binary} << text;
    }

    SystemClock clock_;
    test::TestKeys keys_;
    test::TemporaryFolder folder_;
    std::unique_ptr<db::Transaction> tx_ = db::open_sqlite_in_memory(clock_).value();
    housing::NamesInMemory names_;
    audit::Work work_{*tx_, keys_.ring, {}, clock_.now(), nullptr};
    housing::Importer importer_{work_};
    intake::PasswordHashes hashes_;
    std::size_t done_ = 0;
    std::vector<std::string> texts_;
};

TEST_F(ImportToRegister, a_folder_of_the_demo_landlord_is_the_demo_landlord) {
    ASSERT_TRUE(write_demo_folder(kDemo, folder_.path()).ok());
    ASSERT_TRUE(import_folder().ok());
    EXPECT_EQ(done_, count_demo(kDemo).total());
    ASSERT_TRUE(make_demo(kDemo, [&](intake::AnyRecord record) -> Result<void> {
                    if (const auto* const* person = std::get_if<const housing::PersonRecord*>(&record)) {
                        const auto stored = TRY(housing::load_person(work_, (*person)->uuid));
                        EXPECT_EQ(stored.name.first, (*person)->first_name);
                        EXPECT_EQ(stored.name.last, (*person)->last_name);
                        EXPECT_EQ(stored.email.value_or(""), (*person)->email);
                        EXPECT_EQ(stored.telephone_1.value_or(""), (*person)->telephone_1);
                        EXPECT_EQ(stored.date_of_birth, (*person)->date_of_birth);
                        EXPECT_EQ(stored.active, (*person)->uprn.has_value());
                        EXPECT_LE(stored.version, 2) << "an alert flags the people of a home";
                    } else if (const auto* const* job = std::get_if<const housing::JobRecord*>(&record)) {
                        const auto stored = TRY(housing::load_job(work_, (*job)->uuid));
                        EXPECT_EQ(stored.description, (*job)->description);
                        EXPECT_EQ(stored.priority, (*job)->priority);
                        EXPECT_EQ(stored.type, (*job)->type);
                        EXPECT_EQ(stored.access_details.value_or(""), (*job)->access_details);
                        EXPECT_EQ(stored.updated_at, (*job)->updated_at);
                    } else if (const auto* const* note =
                                   std::get_if<const housing::CaseNoteRecord*>(&record)) {
                        EXPECT_EQ(TRY(housing::find_case_note(work_, (*note)->uuid)).text, (*note)->text);
                    }
                    return {};
                }).ok());
}

TEST_F(ImportToRegister, a_second_import_updates_and_adds_nothing) {
    ASSERT_TRUE(make_demo(kDemo, intake::write_to(importer_)).ok());
    ASSERT_TRUE(importer_.finish().ok());
    ASSERT_TRUE(write_demo_folder(kDemo, folder_.path()).ok());
    ASSERT_TRUE(import_folder().ok());
    EXPECT_EQ(housing::list_properties(*tx_, "", {1, 0})->total, static_cast<std::int64_t>(kDemo.homes));
    housing::PersonFilter everyone;
    everyone.paging = {1, 0};
    EXPECT_EQ(housing::list_people(work_, names_, everyone)->total,
              static_cast<std::int64_t>(count_demo(kDemo).people));
}

TEST_F(ImportToRegister, references_that_lead_nowhere_are_errors_of_their_row) {
    const std::string person = "3b1d6c1e-7a44-4d0e-9c55-0e3f5f1a9b20";
    const std::string job = "8d0f5c0a-3f0b-4d52-a1c7-6b1f0d4a2e11";
    write("people.csv", "person_uuid,last_name,uprn\n" + person + ",Nair,5\n" + job + ",Khan,\n");
    EXPECT_EQ(import_folder().error().code, Code::Invalid);
    EXPECT_EQ(texts_, std::vector<std::string>{"people.csv:2: uprn: no property has this UPRN"});

    const std::string header = "job_uuid,job_reference,title,status,person_uuids,created_at,updated_at\n";
    write("people.csv", "person_uuid,last_name\n" + person + ",Nair\n");
    write("jobs.csv",
          header + job + ",J1,Leak,New,0f8b4c53-95a1-4a56-a3c1-6f1f3f1f5a01,2026-03-01,2026-03-01\n");
    EXPECT_EQ(import_folder().error().code, Code::Invalid);
    EXPECT_EQ(texts_, std::vector<std::string>{"jobs.csv:2: person_uuids: no person has this uuid"});

    write("jobs.csv", header);
    write("case_notes.csv", "note_uuid,job_uuid,text,created_by,created_at\n" + person +
                                ",0f8b4c53-95a1-4a56-a3c1-6f1f3f1f5a01,Hello,Jo,2026-03-01\n");
    EXPECT_EQ(import_folder().error().code, Code::Invalid);
    EXPECT_EQ(texts_, std::vector<std::string>{"case_notes.csv:2: job_uuid: no job has this uuid"});
}

TEST_F(ImportToRegister, officers_come_with_their_passwords_and_patches) {
    const std::string olu = "3b1d6c1e-7a44-4d0e-9c55-0e3f5f1a9b20";
    const std::string mo = "8d0f5c0a-3f0b-4d52-a1c7-6b1f0d4a2e11";
    write("areas.csv", "area_id,name\n3,Homerton 1\n");
    write("officers.csv", "officer_uuid,last_name,email,username,password\n" + olu +
                              ",Officer,olu@lettings.example,oofficer,s3cret\n" + mo +
                              ",Manager,mo@lettings.example,mmanager,\n");
    write("manager_areas.csv",
          "manager_area_uuid,name,area_id,officer_uuid\n" + mo + ",North,3," + mo + "\n");
    write("patches.csv", "patch_uuid,name,area_id,manager_area_uuid,officer_uuid\n" + olu + ",HN7,3," + mo +
                             "," + olu + "\n");
    write("properties.csv",
          "property_uuid,address_line_1,postcode,patch_uuid\n" + olu + ",9 Weir Lane,LS21 3AB," + olu + "\n");
    hashes_ = {{*Uuid::parse(olu), "the hash"}};
    ASSERT_TRUE(import_folder().ok());
    EXPECT_EQ(done_, 6U);
    const auto officer = housing::find_officer(*tx_, keys_.ring, *Uuid::parse(olu)).value();
    EXPECT_EQ(officer.account.password, "the hash");
    EXPECT_EQ(officer.account.role.name, "officer");
    const auto manager = housing::find_officer(*tx_, keys_.ring, *Uuid::parse(mo)).value();
    EXPECT_EQ(manager.account.password, "");
    EXPECT_EQ(manager.account.role.name, "manager") << "once all were read";

    write("properties.csv",
          "property_uuid,address_line_1,postcode,patch_uuid\n" + olu + ",9 Weir Lane,LS21 3AB," + mo + "\n");
    EXPECT_EQ(import_folder().error().code, Code::Invalid);
    EXPECT_EQ(texts_, std::vector<std::string>{"properties.csv:2: patch_uuid: no patch has this uuid"});
    hashes_.clear();
    EXPECT_EQ(import_folder().error().code, Code::Invalid);
    EXPECT_EQ(texts_, std::vector<std::string>{
                          "officers.csv:2: password: was not there when the folder was checked"});
}

constexpr std::string_view kTenancy = "0b9e2c5a-1f5d-4c1b-8f3e-5d2a7c9e1f01";
constexpr std::string_view kLedgerHeader = "transaction_uuid,tag_reference,posted_on,amount\n";

std::string ledger_row(std::size_t number) {
    return fmt::format("{:08d}-0000-4000-8000-000000000000,004512/01,2026-03-02,-50.00\n", number);
}

TEST_F(ImportToRegister, tenancies_and_their_ledger_come_in_and_a_second_time_are_updated) {
    write("tenancies.csv", fmt::format("tenancy_uuid,tag_reference,rent\n{},004512/01,118.02\n", kTenancy));
    std::string lines{kLedgerHeader};
    for (std::size_t i = 0; i < 30; ++i) {
        lines += ledger_row(i);
    }
    write("transactions.csv", lines);
    for (int time = 0; time < 2; ++time) {
        ASSERT_TRUE(import_folder().ok());
        EXPECT_EQ(done_, 31U);
        EXPECT_EQ(housing::find_tenancy_by_tag(*tx_, keys_.ring, "004512/01")->rent, 11'802);
        constexpr db::Sql kCount{"test/count", "SELECT count(*) FROM ledger_line", ""};
        std::int64_t count = 0;
        ASSERT_TRUE(tx_->find(kCount, std::tie(count)).ok());
        EXPECT_EQ(count, 30);
    }
}

TEST_F(ImportToRegister, what_is_wrong_with_tenancies_and_ledger_lines_is_an_error_of_the_row) {
    write("tenancies.csv", fmt::format("tenancy_uuid,tag_reference,uprn\n{},004512/01,5\n", kTenancy));
    EXPECT_EQ(import_folder().error().code, Code::Invalid);
    EXPECT_EQ(texts_, std::vector<std::string>{"tenancies.csv:2: uprn: no property has this UPRN"});

    write("tenancies.csv", fmt::format("tenancy_uuid,tag_reference\n{},004512/01\n{},004512/01\n", kTenancy,
                                       "0b9e2c5a-1f5d-4c1b-8f3e-5d2a7c9e1f02"));
    EXPECT_EQ(import_folder().error().code, Code::Invalid);
    EXPECT_EQ(texts_, std::vector<std::string>{
                          "tenancies.csv:3: tag_reference: another tenancy has this tag reference"});
}

TEST_F(ImportToRegister, a_ledger_line_of_no_tenancy_is_an_error_of_its_row) {
    write("transactions.csv", std::string{kLedgerHeader} + ledger_row(1));
    EXPECT_EQ(import_folder().error().code, Code::Invalid);
    EXPECT_EQ(texts_, std::vector<std::string>{
                          "transactions.csv:2: tag_reference: no tenancy has this tag reference"});
}

TEST_F(ImportToRegister, a_transaction_uuid_that_comes_twice_is_an_error_of_the_later_lines) {
    write("tenancies.csv", fmt::format("tenancy_uuid,tag_reference\n{},004512/01\n", kTenancy));
    // Line numbers and row numbers part: an empty line, and CRLF.
    write("transactions.csv", std::string{kLedgerHeader} + ledger_row(1) + "\r\n" + ledger_row(2) +
                                  ledger_row(1) + ledger_row(3) + ledger_row(3));
    const std::vector<std::string> twice{
        "transactions.csv:5: transaction_uuid: another line of this file has it too",
        "transactions.csv:7: transaction_uuid: another line of this file has it too"};
    roll_back_after([&] {
        EXPECT_EQ(import_folder().error().code, Code::Invalid);
        EXPECT_EQ(texts_, twice);
    });
    // With lines in the ledger they are found as they come.
    const std::string lines = std::string{kLedgerHeader} + ledger_row(9);
    write("transactions.csv", lines);
    ASSERT_TRUE(import_folder().ok());
    write("transactions.csv", std::string{kLedgerHeader} + ledger_row(1) + "\r\n" + ledger_row(9) +
                                  ledger_row(1) + ledger_row(3) + ledger_row(9));
    EXPECT_EQ(import_folder().error().code, Code::Invalid);
    EXPECT_EQ(texts_, twice);
}

TEST_F(ImportToRegister, a_job_reference_that_is_taken_is_an_error_of_its_row) {
    const std::string header = "job_uuid,job_reference,title,status,created_at,updated_at\n";
    write("jobs.csv", header +
                          "3b1d6c1e-7a44-4d0e-9c55-0e3f5f1a9b20,J1,Leak,New,2026-03-01,2026-03-01\n"
                          "8d0f5c0a-3f0b-4d52-a1c7-6b1f0d4a2e11,J1,Damp,New,2026-03-01,2026-03-01\n");
    EXPECT_EQ(import_folder().error().code, Code::Invalid);
    ASSERT_EQ(texts_.size(), 1U);
    EXPECT_TRUE(texts_[0].starts_with("jobs.csv:3: ")) << texts_[0];
}

}  // namespace
}  // namespace tenantry::app
