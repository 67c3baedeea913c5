#include "intake/import_folder.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temporary_folder.hpp"

namespace tenantry::intake {
namespace {

constexpr std::string_view kOne = "3b1d6c1e-7a44-4d0e-9c55-0e3f5f1a9b20";
constexpr std::string_view kTwo = "8d0f5c0a-3f0b-4d52-a1c7-6b1f0d4a2e11";

class ImportFolderTest : public testing::Test {
  protected:
    void write(const std::string& name, const std::string& text) {
        std::ofstream{folder_ / name, std::ios::binary} << text;
    }
    static std::string row(std::string_view id, std::string_view rest) {
        return std::string{id} + "," + std::string{rest} + "\n";
    }
    /// The errors of a checking pass, as they are printed.
    std::vector<std::string> check() {
        return read([](AnyRecord /*any*/) { return Result<void>{}; });
    }
    std::vector<std::string> read(const RecordSink& sink) {
        RowErrors errors;
        const auto outcome = read_folder(folder_, sink, errors);
        EXPECT_EQ(outcome.ok(), errors.empty());
        std::vector<std::string> texts;
        for (const auto& error : errors.all()) {
            texts.push_back(error.text());
        }
        return texts;
    }

    test::TemporaryFolder temporary_;
    const std::filesystem::path& folder_ = temporary_.path();
};

using Texts = std::vector<std::string>;

TEST_F(ImportFolderTest, reads_every_column_into_its_record_in_any_order) {
    write(
        "people.csv",
        "last_name,person_uuid,title,first_name,date_of_birth,email,telephone_1,telephone_2,telephone_3,larn,"
        "hackney_homes_id,member_id,person_number,uprn,tag_reference,responsible,relationship,"
        "extended_relationship,disabled\n"
        "Nair," +
            std::string{kOne} +
            ",Ms,Priya,1981-11-12,priya@example.org,07700 900461,020 7946 0001,999,LARN1,90001,7,1,"
            "100023000001,004512/01,true,Tenant,Daughter,true\n");
    std::optional<housing::PersonRecord> read_person;
    RowErrors errors;
    const auto counts = read_folder(
        folder_,
        [&](AnyRecord record) {
            read_person = *std::get<const housing::PersonRecord*>(record);
            return Result<void>{};
        },
        errors);
    ASSERT_TRUE(counts.ok());
    EXPECT_EQ(*counts, (RecordCounts{.people = 1}));
    ASSERT_TRUE(read_person);
    EXPECT_EQ(read_person->uuid, Uuid::parse(kOne));
    EXPECT_EQ(read_person->title + read_person->first_name + read_person->last_name, "MsPriyaNair");
    EXPECT_EQ(read_person->date_of_birth, parse_date("1981-11-12"));
    EXPECT_EQ(read_person->email, "priya@example.org");
    EXPECT_EQ(read_person->telephone_1, "07700 900461");
    EXPECT_EQ(read_person->telephone_2, "020 7946 0001");
    EXPECT_EQ(read_person->telephone_3, "999");
    EXPECT_EQ(read_person->larn, "LARN1");
    EXPECT_EQ(read_person->hackney_homes_id, "90001");
    EXPECT_EQ(read_person->member_id, "7");
    EXPECT_EQ(read_person->person_number, "1");
    EXPECT_EQ(read_person->uprn, 100'023'000'001);
    EXPECT_EQ(read_person->tag_reference, "004512/01");
    EXPECT_TRUE(read_person->responsible);
    EXPECT_EQ(read_person->relationship, "Tenant");
    EXPECT_EQ(read_person->extended_relationship, "Daughter");
    EXPECT_TRUE(read_person->disabled);
}

TEST_F(ImportFolderTest, reads_every_column_of_tenancies_and_transactions) {
    write("tenancies.csv",
          "tenancy_uuid,tag_reference,payment_reference,uprn,household_uuid,tenure_code,start_date,end_date,"
          "terminated,present,current_balance,rent,benefit,direct_debit,account_type,agreement_type,created_"
          "at\n" +
              row(kOne, "004512/01,228004512,100023000001," + std::string{kTwo} +
                            ",SEC,2012-01-23,2026-02-01,true,false,-12.30,118.02,0.00,DD,1,M,"
                            "2012-01-23T09:00:00Z"));
    write("transactions.csv", "transaction_uuid,tag_reference,type,posted_on,amount,description\n" +
                                  row(kTwo, "004512/01,RPO,2026-03-02,-50.00,PayPoint/Post Office"));
    int read_records = 0;
    EXPECT_EQ(read([&](AnyRecord record) -> Result<void> {
                  ++read_records;
                  if (const auto* const* line = std::get_if<const housing::LedgerRecord*>(&record)) {
                      EXPECT_EQ((*line)->uuid, Uuid::parse(kTwo));
                      EXPECT_EQ((*line)->tag_reference, "004512/01");
                      EXPECT_EQ((*line)->type, "RPO");
                      EXPECT_EQ((*line)->posted_on, parse_date("2026-03-02"));
                      EXPECT_EQ((*line)->amount, housing::Pence{-5'000});
                      EXPECT_EQ((*line)->description, "PayPoint/Post Office");
                      return {};
                  }
                  const auto& t = *std::get<const housing::TenancyRecord*>(record);
                  EXPECT_EQ(t.uuid, Uuid::parse(kOne));
                  EXPECT_EQ(t.tag_reference, "004512/01");
                  EXPECT_EQ(t.payment_reference, "228004512");
                  EXPECT_EQ(t.uprn, 100'023'000'001);
                  EXPECT_EQ(t.household, Uuid::parse(kTwo));
                  EXPECT_EQ(t.tenure_code, "SEC");
                  EXPECT_EQ(t.start_on, parse_date("2012-01-23"));
                  EXPECT_EQ(t.end_on, parse_date("2026-02-01"));
                  EXPECT_TRUE(t.terminated);
                  EXPECT_EQ(t.present, false);
                  EXPECT_EQ(t.current_balance, housing::Pence{-1'230});
                  EXPECT_EQ(t.rent, housing::Pence{11'802});
                  EXPECT_EQ(t.benefit, housing::Pence{0});
                  EXPECT_EQ(t.direct_debit + t.account_type + t.agreement_type, "DD1M");
                  EXPECT_EQ(t.created_at, parse_instant("2012-01-23T09:00:00Z"));
                  return {};
              }),
              Texts{});
    EXPECT_EQ(read_records, 2);
}

TEST_F(ImportFolderTest, what_is_wrong_with_a_ledger_line_is_named_by_its_column) {
    write("transactions.csv", "transaction_uuid,tag_reference,type,posted_on,amount,description\n" +
                                  row("x", "004512/01,RPO,2026-03-02,-50.00,") +
                                  row(kOne, ",RPO,02/03/2026,-50,") +
                                  row(kTwo, "004512/01,RPO,,,\"Two\nlines\""));
    EXPECT_EQ(check(),
              (Texts{"transactions.csv:2: transaction_uuid: is not a uuid",
                     "transactions.csv:3: tag_reference: is required",
                     "transactions.csv:3: posted_on: is not a date written YYYY-MM-DD",
                     "transactions.csv:3: amount: is not an amount in pounds with two decimals",
                     "transactions.csv:4: posted_on: is required", "transactions.csv:4: amount: is required",
                     "transactions.csv:4: description: has a control character"}));
}

TEST_F(ImportFolderTest, an_empty_field_is_an_absent_value) {
    write("people.csv", "person_uuid,last_name,date_of_birth,uprn,responsible\n" + row(kOne, "Nair,,,"));
    const auto errors = read([](AnyRecord record) {
        const auto& person = *std::get<const housing::PersonRecord*>(record);
        EXPECT_FALSE(person.date_of_birth);
        EXPECT_FALSE(person.uprn);
        EXPECT_FALSE(person.responsible);
        EXPECT_EQ(person.first_name, "");
        return Result<void>{};
    });
    EXPECT_EQ(errors, Texts{});
}

TEST_F(ImportFolderTest, reads_the_files_in_the_order_that_references_need) {
    write("code_lists.csv", "list,code,label\ntenure,SEC,Secure\n");
    write("case_notes.csv", "note_uuid,job_uuid,text,created_by,created_at\n" +
                                row(kOne, std::string{kTwo} + ",\"Two\nlines\",Jo,2026-03-02T10:00:00Z"));
    write("jobs.csv", "job_uuid,job_reference,title,status,person_uuids,created_at,updated_at\n" +
                          row(kTwo, "J1,Leak,New," + std::string{kOne} + ";" + std::string{kTwo} +
                                        ",2026-03-01,2026-03-02"));
    write("people.csv", "person_uuid,last_name\n" + row(kOne, "Nair"));
    write("properties.csv", "property_uuid,address_line_1,postcode\n" + row(kOne, "1 High Road,e81aa"));
    write("patches.csv", "patch_uuid,name,area_id\n" + row(kOne, "HN7,3"));
    write("manager_areas.csv", "manager_area_uuid,name,area_id\n" + row(kOne, "North,3"));
    write("officers.csv", "officer_uuid,last_name,email\n" + row(kOne, "Officer,olu@lettings.example"));
    write("areas.csv", "area_id,name\n3,Homerton 1\n");
    std::vector<std::size_t> order;
    EXPECT_EQ(read([&](AnyRecord record) {
                  order.push_back(record.index());
                  return Result<void>{};
              }),
              Texts{});
    EXPECT_EQ(order.size(), 9U);
    EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST_F(ImportFolderTest, reads_who_looks_after_which_homes) {
    const std::string long_password(257, 'x');
    write("areas.csv", "area_id,name\n3,Homerton 1\n1234567890,Far\n,None\n");
    write("officers.csv", "officer_uuid,first_name,last_name,email,username,password,active\n" +
                              row(kOne, "Olu,Officer,olu@lettings.example,oofficer,\" s3cret \",false") +
                              row(kTwo, ",Manager,mo@lettings.example,,,") + row(kTwo, ",Manager,mo,,,") +
                              row(kTwo, ",Manager,mo@lettings.example,," + long_password + ",no"));
    write("manager_areas.csv",
          "manager_area_uuid,name,area_id,officer_uuid\n" + row(kOne, "North,3," + std::string{kTwo}));
    write("patches.csv", "patch_uuid,name,area_id,manager_area_uuid,officer_uuid\n" +
                             row(kOne, "HN7,3," + std::string{kOne} + "," + std::string{kTwo}) +
                             row(kTwo, "HN8,x,,"));
    std::vector<housing::OfficerRecord> officers;
    EXPECT_EQ(
        read([&](AnyRecord record) {
            if (const auto* const* area = std::get_if<const housing::AreaRecord*>(&record)) {
                EXPECT_EQ((*area)->id, 3);
                EXPECT_EQ((*area)->name, "Homerton 1");
            } else if (const auto* const* one = std::get_if<const housing::OfficerRecord*>(&record)) {
                officers.push_back(**one);
            } else if (const auto* const* held = std::get_if<const housing::ManagerAreaRecord*>(&record)) {
                EXPECT_EQ((*held)->name, "North");
                EXPECT_EQ((*held)->area, 3);
                EXPECT_EQ((*held)->officer, Uuid::parse(kTwo));
            } else {
                const auto& patch = *std::get<const housing::PatchRecord*>(record);
                EXPECT_EQ(patch.name, "HN7");
                EXPECT_EQ(patch.manager_area, Uuid::parse(kOne));
                EXPECT_EQ(patch.officer, Uuid::parse(kTwo));
            }
            return Result<void>{};
        }),
        (Texts{"areas.csv:3: area_id: is not a number of 1 to 9 digits", "areas.csv:4: area_id: is required",
               "officers.csv:4: email: is not an e-mail address",
               "officers.csv:5: password: is longer than 256 bytes",
               "officers.csv:5: active: is neither true nor false",
               "patches.csv:3: area_id: is not a number of 1 to 9 digits"}));
    ASSERT_EQ(officers.size(), 2U);
    EXPECT_EQ(officers[0].first_name + officers[0].last_name + officers[0].username, "OluOfficeroofficer");
    EXPECT_EQ(officers[0].password, " s3cret ");
    EXPECT_FALSE(officers[0].active);
    EXPECT_EQ(officers[1].password, "");
    EXPECT_TRUE(officers[1].active) << "unless the file says otherwise";
}

TEST_F(ImportFolderTest, hashes_the_passwords_that_there_are) {
    write("officers.csv", "officer_uuid,last_name,email,password\n" +
                              row(kOne, "Officer,olu@lettings.example,s3cret") +
                              row(kTwo, "Manager,mo@lettings.example,"));
    RowErrors errors;
    std::vector<std::pair<std::size_t, std::size_t>> told;
    const auto hashes = hash_passwords(
        folder_, crypto::kPasswordFloor,
        [&](std::size_t done, std::size_t in_all) {
            told.emplace_back(done, in_all);
            return Result<void>{};
        },
        errors);
    ASSERT_TRUE(hashes.ok());
    ASSERT_EQ(hashes->size(), 1U);
    EXPECT_TRUE(crypto::verify_password(hashes->at(*Uuid::parse(kOne)), "s3cret"));
    EXPECT_FALSE(crypto::needs_rehash(hashes->at(*Uuid::parse(kOne)), crypto::kPasswordFloor));
    EXPECT_EQ(told, (std::vector<std::pair<std::size_t, std::size_t>>{{1, 1}}));
}

TEST_F(ImportFolderTest, hashes_no_more_passwords_than_an_office_has) {
    std::string rows = "officer_uuid,last_name,email,password\n";
    for (std::size_t i = 0; i <= kPasswordsMost; ++i) {
        rows += "3b1d6c1e-7a44-4d0e-9c55-" + std::to_string(100'000'000'000 + i) + ",O,o@l.example,x\n";
    }
    write("officers.csv", rows);
    RowErrors errors;
    const auto hashes = hash_passwords(
        folder_, crypto::kPasswordFloor,
        [](std::size_t /*done*/, std::size_t /*in_all*/) {
            ADD_FAILURE();
            return Result<void>{};
        },
        errors);
    EXPECT_EQ(hashes.error().code, Code::TooLarge);
}

TEST_F(ImportFolderTest, names_a_wrong_value_by_file_line_and_column_and_never_says_it) {
    write("properties.csv", "property_uuid,uprn,address_line_1,postcode\r\n" +
                                row(kOne, "1,\"1 High\r\n Road\",E8 1AA") + row(kTwo, "12x,,somewhere"));
    EXPECT_EQ(check(), (Texts{"properties.csv:2: address_line_1: has a control character",
                              "properties.csv:4: uprn: is not a UPRN of 1 to 12 digits",
                              "properties.csv:4: address_line_1: is required",
                              "properties.csv:4: postcode: is not a UK postcode"}));
}

TEST_F(ImportFolderTest, refuses_unknown_doubled_and_missing_columns) {
    write("people.csv", "person_uuid,Nair,person_uuid\n" + row(kOne, "x,"));
    EXPECT_EQ(check(),
              (Texts{"people.csv:1: column 2: is no column of this file",
                     "people.csv:1: person_uuid: is there twice", "people.csv:1: last_name: is missing"}));
}

TEST_F(ImportFolderTest, refuses_rows_that_do_not_fit_the_header) {
    write("people.csv",
          "person_uuid,last_name\n" + row(kOne, "Nair,x") + std::string{kTwo} + "\n" + row(kTwo, "\"Na"));
    EXPECT_EQ(check(), (Texts{"people.csv:2: has more fields than the header",
                              "people.csv:3: has fewer fields than the header",
                              "people.csv:4: last_name: has a quote that is never closed"}));
}

TEST_F(ImportFolderTest, leaves_no_file_out_silently) {
    write("repairs.csv", "repair_uuid\n");
    write("People.csv", "person_uuid,last_name\n");
    write(".DS_Store", "x");
    write("jobs.csv", "");
    std::filesystem::create_directory(folder_ / "people.csv");
    EXPECT_EQ(check(), (Texts{"People.csv: is no file of an import folder",
                              "repairs.csv: is no file of an import folder",
                              "people.csv:1: column 1: cannot be read", "jobs.csv:1: has no header row"}));
}

TEST_F(ImportFolderTest, a_folder_that_is_not_there_is_not_found) {
    RowErrors errors;
    EXPECT_EQ(check_folder(folder_ / "nowhere", errors).error().code, Code::NotFound);
}

TEST_F(ImportFolderTest, stops_at_a_thousand_errors) {
    std::string rows = "person_uuid,last_name\n";
    for (int i = 0; i < 1500; ++i) {
        rows += "x,\n";
    }
    write("people.csv", rows);
    EXPECT_EQ(check().size(), RowErrors::kMost);
}

TEST_F(ImportFolderTest, what_the_sink_refuses_is_an_error_of_the_row_and_ends_with_the_file) {
    write("people.csv", "person_uuid,last_name\n" + row(kOne, "Nair") + row(kTwo, "Khan"));
    write("jobs.csv", "job_uuid,job_reference,title,status,created_at,updated_at\n" +
                          row(kTwo, "J1,Leak,New,2026-03-01,2026-03-02"));
    EXPECT_EQ(read([](AnyRecord record) -> Result<void> {
                  EXPECT_TRUE(std::holds_alternative<const housing::PersonRecord*>(record));
                  return Error{Code::Invalid, "no property has this UPRN", "uprn"};
              }),
              (Texts{"people.csv:2: uprn: no property has this UPRN",
                     "people.csv:3: uprn: no property has this UPRN"}));
    EXPECT_EQ(read([](AnyRecord /*any*/) -> Result<void> {
                  return Error{Code::Conflict, "a constraint refused it"};
              }),
              Texts{"people.csv:2: a constraint refused it"});
}

TEST_F(ImportFolderTest, passes_any_other_error_of_the_sink_on_at_once) {
    write("people.csv", "person_uuid,last_name\n" + row(kOne, "Nair") + row(kTwo, "Khan"));
    RowErrors errors;
    int calls = 0;
    const auto outcome = read_folder(
        folder_,
        [&](AnyRecord /*any*/) -> Result<void> {
            ++calls;
            return Error{Code::Unavailable, "shutting down"};
        },
        errors);
    EXPECT_EQ(outcome.error().code, Code::Unavailable);
    EXPECT_EQ(calls, 1);
}

TEST_F(ImportFolderTest, tells_its_progress_after_each_record) {
    write("people.csv", "person_uuid,last_name\n" + row(kOne, "Nair") + row(kTwo, "Khan"));
    std::vector<std::size_t> told;
    read(with_progress([](AnyRecord /*any*/) { return Result<void>{}; }, 2,
                       [&](std::size_t done, std::size_t in_all) {
                           told.push_back(done);
                           EXPECT_EQ(in_all, 2U);
                           return Result<void>{};
                       }));
    EXPECT_EQ(told, (std::vector<std::size_t>{1, 2}));
}

}  // namespace
}  // namespace tenantry::intake
