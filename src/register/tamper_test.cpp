// Direct SQL against sealed rows: every change must be found when the row is read.
#include <fmt/format.h>

#include "register/case_note.hpp"
#include "register/person_columns.hpp"
#include "tests/support/register_records.hpp"

namespace tenantry::housing {
namespace {

constexpr std::array<std::string_view, 8> kSealed{
    "name", "email", "telephone_1", "telephone_2", "telephone_3", "date_of_birth", "disabled", "row_seal"};

class Tamper : public test::HousingTest {
  protected:
    void SetUp() override {
        victim_ = add(test::full_person());
        other_ = add(test::full_person());
    }

    [[nodiscard]] Bytes blob(std::string_view column, Id<Person> id) {
        return select<Bytes>("SELECT " + std::string{column} + " FROM person WHERE id = $1", id);
    }
    void set(std::string_view column, const db::Param& value, Id<Person> id) {
        const auto text = "UPDATE person SET " + std::string{column};
        if (std::holds_alternative<std::nullptr_t>(value.value())) {
            run(text + " = NULL WHERE id = $1", id);
        } else {
            run(text + " = $1 WHERE id = $2", value, id);
        }
    }
    [[nodiscard]] bool is_corrupt(const Person& person) {
        const auto found = find(person.id);
        return !found.ok() && found.error().code == Code::Corrupt;
    }
    /// The list must show both people, and name what of the victim it could not open.
    [[nodiscard]] std::vector<std::string> unreadable_in_list() {
        const auto page = list({});
        EXPECT_EQ(page.people.size(), 2U);
        EXPECT_TRUE(page.people[1].unreadable.empty());
        EXPECT_EQ(page.people[1].name.full(), other_.name.full());
        std::vector<std::string> columns;
        for (const Literal column : page.people[0].unreadable) {
            columns.emplace_back(column.view());
        }
        return columns;
    }
    /// Both people, swapped in one place, do not open; swapped back, they do.
    void expect_swap_is_found(std::string_view column) {
        const Bytes mine = blob(column, victim_.id);
        const Bytes theirs = blob(column, other_.id);
        set(column, theirs, victim_.id);
        set(column, mine, other_.id);
        EXPECT_TRUE(is_corrupt(victim_)) << column;
        EXPECT_TRUE(is_corrupt(other_)) << column;
        set(column, mine, victim_.id);
        set(column, theirs, other_.id);
        EXPECT_TRUE(find(victim_.id).ok());
    }

    Person victim_;
    Person other_;
};

TEST_F(Tamper, every_bit_of_every_sealed_column_counts) {
    testing::internal::CaptureStderr();
    for (const auto column : kSealed) {
        const Bytes sound = blob(column, victim_.id);
        for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
            Bytes flipped = sound;
            flipped[bit / 8] ^= static_cast<unsigned char>(1U << (bit % 8));
            set(column, flipped, victim_.id);
            ASSERT_TRUE(is_corrupt(victim_)) << column << " bit " << bit;
        }
        set(column, sound, victim_.id);
        ASSERT_TRUE(find(victim_.id).ok());
    }
    const std::string log = testing::internal::GetCapturedStderr();
    EXPECT_NE(log.find("a sealed field did not open"), std::string::npos);
    for (const std::string& clear :
         {victim_.name.first, victim_.name.last, *victim_.email, *victim_.telephone_1}) {
        EXPECT_EQ(log.find(clear), std::string::npos);
    }
}

TEST_F(Tamper, a_list_names_the_damaged_column_and_serves_the_rest) {
    for (const auto column : {"name", "email", "telephone_1", "telephone_2", "row_seal"}) {
        const Bytes sound = blob(column, victim_.id);
        for (std::size_t at = 0; at < sound.size(); ++at) {
            Bytes flipped = sound;
            flipped[at] ^= 0x10U;
            set(column, flipped, victim_.id);
            const auto named = unreadable_in_list();
            ASSERT_NE(std::find(named.begin(), named.end(), column), named.end()) << column << " byte " << at;
        }
        set(column, sound, victim_.id);
        EXPECT_TRUE(unreadable_in_list().empty());
    }
}

TEST_F(Tamper, a_damaged_field_is_left_out_and_the_others_are_shown) {
    set("email", Bytes(94), victim_.id);
    const auto page = list({});
    EXPECT_EQ(page.people[0].email, std::nullopt);
    EXPECT_EQ(page.people[0].name.full(), victim_.name.full());
    EXPECT_EQ(page.people[0].telephone_1, victim_.telephone_1);
}

TEST_F(Tamper, damage_is_one_event_for_each_record) {
    set("email", Bytes(94), victim_.id);
    set("name", Bytes(94), victim_.id);
    take_events();
    list({});
    EXPECT_EQ(take_events(), (std::vector<std::string>{"tenant.damaged 1/1 1 2", "tenant.listed -/- - 0"}));
    EXPECT_TRUE(is_corrupt(victim_));
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.damaged 1/1 1 2"});
    auto job = work();
    EXPECT_EQ(load_person(job, victim_.uuid).error().code, Code::Corrupt);
    EXPECT_EQ(take_events(), std::vector<std::string>{"tenant.damaged 1/1 1 2"});
}

TEST_F(Tamper, a_blob_cut_short_emptied_or_taken_away_is_found) {
    for (const auto column : kSealed) {
        const Bytes sound = blob(column, victim_.id);
        for (const std::size_t length : {std::size_t{0}, std::size_t{1}, std::size_t{30}, sound.size() - 1}) {
            set(column, Bytes(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(length)),
                victim_.id);
            EXPECT_TRUE(is_corrupt(victim_)) << column << " of " << length;
        }
        if (column != "name" && column != "row_seal") {
            set(column, nullptr, victim_.id);
            EXPECT_TRUE(is_corrupt(victim_)) << column;
        }
        set(column, sound, victim_.id);
    }
    EXPECT_TRUE(find(victim_.id).ok());
}

TEST_F(Tamper, blobs_swapped_between_rows_are_found) {
    for (const auto column : kSealed) {
        expect_swap_is_found(column);
    }
}

TEST_F(Tamper, blobs_swapped_between_columns_of_a_row_are_found) {
    for (std::size_t a = 0; a < kPersonColumns; ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            const Bytes first = blob(kSealed[a], victim_.id);
            const Bytes second = blob(kSealed[b], victim_.id);
            set(kSealed[a], second, victim_.id);
            set(kSealed[b], first, victim_.id);
            EXPECT_TRUE(is_corrupt(victim_)) << kSealed[a] << " and " << kSealed[b];
            set(kSealed[a], first, victim_.id);
            set(kSealed[b], second, victim_.id);
        }
    }
    EXPECT_TRUE(find(victim_.id).ok());
}

TEST_F(Tamper, an_older_blob_put_back_is_found) {
    std::array<Bytes, kSealed.size()> older;
    for (std::size_t i = 0; i < kSealed.size(); ++i) {
        older[i] = blob(kSealed[i], victim_.id);
    }
    update(victim_, victim_);
    for (std::size_t i = 0; i < kSealed.size(); ++i) {
        const Bytes now = blob(kSealed[i], victim_.id);
        set(kSealed[i], older[i], victim_.id);
        EXPECT_TRUE(is_corrupt(victim_)) << kSealed[i];
        set(kSealed[i], now, victim_.id);
    }
    EXPECT_TRUE(find(victim_.id).ok());
    for (std::size_t i = 0; i < kSealed.size(); ++i) {
        set(kSealed[i], older[i], victim_.id);
    }
    EXPECT_TRUE(is_corrupt(victim_));
}

TEST_F(Tamper, swapped_uuids_are_found) {
    set("uuid", crypto::new_uuid(), victim_.id);
    set("uuid", victim_.uuid, other_.id);
    set("uuid", other_.uuid, victim_.id);
    EXPECT_TRUE(is_corrupt(victim_));
    EXPECT_TRUE(is_corrupt(other_));
    EXPECT_EQ(list({}).people[0].unreadable.size(), 5U);
}

TEST_F(Tamper, every_change_of_a_plain_column_is_found) {
    const auto home = add_property("9 Weir Lane").id;
    run("INSERT INTO household (id, uuid, created_at) VALUES (9, x'00', 0)");
    const std::vector<std::pair<std::string_view, db::Param>> changes{{"version", 2},
                                                                      {"active", 0},
                                                                      {"responsible", 0},
                                                                      {"property_id", home},
                                                                      {"household_id", 9},
                                                                      {"created_at", 1},
                                                                      {"updated_at", 1},
                                                                      {"larn", "LARN834211"},
                                                                      {"larn", nullptr},
                                                                      {"hackney_homes_id", ""},
                                                                      {"member_id", nullptr},
                                                                      {"person_number", "3"},
                                                                      {"member_id", "4"},
                                                                      {"hackney_homes_id", "7654321"},
                                                                      {"extended_relationship", "Son"},
                                                                      {"relationship", "Son"},
                                                                      {"extended_relationship", nullptr}};
    for (const auto& [column, value] : changes) {
        run("SAVEPOINT change");
        set(column, value, victim_.id);
        EXPECT_TRUE(is_corrupt(victim_)) << column;
        EXPECT_NE(unreadable_in_list(), std::vector<std::string>{}) << column;
        run("ROLLBACK TO change");
    }
    EXPECT_TRUE(find(victim_.id).ok());
}

TEST_F(Tamper, an_absent_link_differs_from_number_0) {
    run("PRAGMA defer_foreign_keys = ON");
    set("property_id", 0, victim_.id);
    EXPECT_TRUE(is_corrupt(victim_));
    set("property_id", nullptr, victim_.id);
    EXPECT_TRUE(find(victim_.id).ok());
}

TEST_F(Tamper, a_changed_number_is_found) {
    run("PRAGMA defer_foreign_keys = ON");
    run("UPDATE person SET id = 77 WHERE id = $1", victim_.id);
    EXPECT_EQ(find(Id<Person>{77}).error().code, Code::Corrupt);
}

TEST_F(Tamper, a_blob_of_another_table_is_found) {
    const Job job = add_job("J-1", {});
    set("email", select<Bytes>("SELECT description FROM job"), victim_.id);
    EXPECT_TRUE(is_corrupt(victim_));
    run("UPDATE job SET description = $1", blob("telephone_1", victim_.id));
    auto in = work();
    EXPECT_EQ(load_job(in, job.uuid).error().code, Code::Corrupt);
}

TEST_F(Tamper, a_row_sealed_for_another_installation_does_not_open) {
    const test::TestKeys elsewhere;
    audit::Work foreign{tx_, elsewhere.ring, {}, clock_.now(), nullptr};
    const std::string before = dump();
    run("SAVEPOINT elsewhere");
    EXPECT_EQ(find_person(foreign, victim_.id, Depth::Full).error().code, Code::Corrupt);
    run("ROLLBACK TO elsewhere");
    EXPECT_EQ(dump(), before);
}

TEST_F(Tamper, an_older_key_still_opens_what_it_sealed) {
    keys_.rotate();
    EXPECT_TRUE(find(victim_.id).ok());
    const Person resealed = update(victim_, victim_);
    EXPECT_TRUE(find(resealed.id).ok());
    EXPECT_NE(blob("row_seal", victim_.id).front(), blob("row_seal", other_.id).front()) << "key ids";
}

class TamperedJob : public test::HousingTest {
  protected:
    void SetUp() override {
        job_ = add_job("J-1", {});
        other_ = add_job("J-2", {});
        auto writing = work();
        for (Job* job : {&job_, &other_}) {
            job->access_details = "Ring at 11";
            job->private_contact_name = "Zoë O’Brien";
            job->private_contact_email = "zoe@mail.test";
            job->priority = 2;
            job->invoice_no = "I-1";
            job->works_start_on = parse_date("2031-02-03");
            *job = update_job(writing, *job, {}).value();
        }
        for (CaseNote* note : {&note_, &second_}) {
            note->uuid = crypto::new_uuid();
            note->job = job_.id;
            note->text = "Rang, nobody in";
            note->created_by = "Sam Okafor";
            auto in = work();
            *note = create_case_note(in, *note).value();
        }
    }
    [[nodiscard]] bool job_is_corrupt() {
        auto in = work();
        const auto found = load_job(in, job_.uuid);
        return !found.ok() && found.error().code == Code::Corrupt;
    }
    [[nodiscard]] bool note_is_corrupt() {
        auto in = work();
        const auto found = find_case_note(in, note_.uuid);
        const auto listed = list_case_notes(in, job_.id, {});
        return !found.ok() && found.error().code == Code::Corrupt && listed->notes.size() == 1;
    }
    template <class IsCorrupt>
    void flip_every_bit(const std::string& table, const std::string& column, IsCorrupt is_corrupt) {
        const auto sound = select<Bytes>("SELECT " + column + " FROM " + table + " WHERE id = 1");
        const std::string update = "UPDATE " + table + " SET " + column + " = $1 WHERE id = 1";
        testing::internal::CaptureStderr();
        for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
            Bytes flipped = sound;
            flipped[bit / 8] ^= static_cast<unsigned char>(1U << (bit % 8));
            run(update, flipped);
            ASSERT_TRUE(is_corrupt()) << column << " bit " << bit;
        }
        const std::string log = testing::internal::GetCapturedStderr();
        EXPECT_NE(log.find("a sealed field did not open"), std::string::npos);
        run(update, sound);
        EXPECT_FALSE(is_corrupt());
    }
    /// Runs each change alone and takes it back.
    template <class IsCorrupt>
    void expect_found(std::initializer_list<const char*> changes, IsCorrupt is_corrupt) {
        for (const char* change : changes) {
            run("SAVEPOINT change");
            run(change);
            EXPECT_TRUE(is_corrupt()) << change;
            run("ROLLBACK TO change");
        }
        EXPECT_FALSE(is_corrupt());
    }

    Job job_;
    Job other_;
    CaseNote note_;
    CaseNote second_;
};

TEST_F(TamperedJob, every_bit_of_a_job_counts) {
    for (const char* column :
         {"description", "access_details", "private_contact_name", "private_contact_email", "row_seal"}) {
        flip_every_bit("job", column, [this] { return job_is_corrupt(); });
    }
}

TEST_F(TamperedJob, every_change_of_a_job_is_found) {
    add_property("9 Weir Lane");
    const Bytes older = select<Bytes>("SELECT description FROM job WHERE id = 1");
    auto in = work();
    ASSERT_TRUE(update_job(in, job_, {}).ok());
    expect_found(
        {"UPDATE job SET version = 9 WHERE id = 1", "UPDATE job SET reference = 'J-3' WHERE id = 1",
         "UPDATE job SET title = 'x' WHERE id = 1", "UPDATE job SET status = 'Closed' WHERE id = 1",
         "UPDATE job SET property_id = 1 WHERE id = 1", "UPDATE job SET created_at = 1 WHERE id = 1",
         "UPDATE job SET updated_at = 1 WHERE id = 1", "UPDATE job SET priority_id = 1 WHERE id = 1",
         "UPDATE job SET priority_id = NULL WHERE id = 1", "UPDATE job SET job_type_id = 2 WHERE id = 1",
         "UPDATE job SET priority_id = NULL, job_type_id = 2 WHERE id = 1",
         "UPDATE job SET agent_id = 7 WHERE id = 1", "UPDATE job SET contractor_id = 7 WHERE id = 1",
         "UPDATE job SET created_by = 7 WHERE id = 1", "UPDATE job SET total_budget = 0 WHERE id = 1",
         "UPDATE job SET contractor_budget = 1 WHERE id = 1",
         "UPDATE job SET vat_percentage = 1 WHERE id = 1", "UPDATE job SET works_start_on = 1 WHERE id = 1",
         "UPDATE job SET works_end_on = works_start_on, works_start_on = NULL WHERE id = 1",
         "UPDATE job SET invoice_no = 'I-2' WHERE id = 1", "UPDATE job SET quote_no = '' WHERE id = 1",
         "UPDATE job SET quote_no = invoice_no, invoice_no = NULL WHERE id = 1",
         "UPDATE job SET works_order_ref = 'x' WHERE id = 1", "UPDATE job SET is_pinned = 1 WHERE id = 1",
         "UPDATE job SET access_details = NULL WHERE id = 1",
         "UPDATE job SET private_contact_name = private_contact_email WHERE id = 1",
         R"(UPDATE job SET private_contact_email = (SELECT private_contact_email FROM job WHERE id = 2) WHERE id = 1)",
         // As a job that says nothing of what the jobs API knows.
         R"(UPDATE job SET priority_id = NULL, invoice_no = NULL, works_start_on = NULL, access_details = NULL,
            private_contact_name = NULL, private_contact_email = NULL WHERE id = 1)",
         "UPDATE job SET description = (SELECT description FROM job WHERE id = 2) WHERE id = 1",
         "UPDATE job SET row_seal = (SELECT row_seal FROM job WHERE id = 2) WHERE id = 1"},
        [this] { return job_is_corrupt(); });
    run("UPDATE job SET description = $1 WHERE id = 1", older);
    EXPECT_TRUE(job_is_corrupt());
}

TEST_F(TamperedJob, a_search_serves_the_other_jobs) {
    run("UPDATE job SET status = 'Closed' WHERE id = 1");
    auto in = work();
    const auto jobs = search_jobs(in, "boiler", 50);
    ASSERT_TRUE(jobs.ok());
    ASSERT_EQ(jobs->size(), 1U);
    EXPECT_EQ(jobs->front().uuid, other_.uuid);
}

TEST_F(TamperedJob, every_bit_of_a_note_counts) {
    for (const char* column : {"text", "created_by", "row_seal"}) {
        flip_every_bit("case_note", column, [this] { return note_is_corrupt(); });
    }
}

TEST_F(TamperedJob, every_change_of_a_note_is_found) {
    const auto is_corrupt = [this] {
        auto in = work();
        const auto found = find_case_note(in, note_.uuid);
        return !found.ok() && found.error().code == Code::Corrupt;
    };
    expect_found(
        {"UPDATE case_note SET version = 2 WHERE id = 1", "UPDATE case_note SET job_id = 2 WHERE id = 1",
         "UPDATE case_note SET created_at = 1 WHERE id = 1", "UPDATE case_note SET id = 9 WHERE id = 1",
         "UPDATE case_note SET send_email = 1 WHERE id = 1",
         "UPDATE case_note SET text = created_by, created_by = text WHERE id = 1",
         "UPDATE case_note SET text = (SELECT text FROM case_note WHERE id = 2) WHERE id = 1",
         "UPDATE case_note SET row_seal = (SELECT row_seal FROM case_note WHERE id = 2) WHERE id = 1"},
        is_corrupt);
}

TEST_F(TamperedJob, check_finds_exactly_the_damaged_records) {
    for (int i = 0; i < 5; ++i) {
        add(test::full_person());
    }
    const auto check_all = [this] {
        CheckReport report;
        EXPECT_TRUE(check_people(tx_, keys(), report).ok());
        EXPECT_TRUE(check_jobs(tx_, keys(), report).ok());
        EXPECT_TRUE(check_case_notes(tx_, keys(), report).ok());
        return report;
    };
    take_events();
    const auto sound = check_all();
    EXPECT_EQ(sound.records, 9);
    EXPECT_EQ(sound.damaged, 0);
    EXPECT_TRUE(sound.first_damaged.empty());

    run("UPDATE person SET date_of_birth = x'00' WHERE id = 2");
    run("UPDATE person SET responsible = 0 WHERE id = 5");
    run("UPDATE job SET title = 'x' WHERE id = 2");
    run("UPDATE case_note SET created_by = text WHERE id = 1");
    const auto report = check_all();
    EXPECT_EQ(report.records, 9);
    EXPECT_EQ(report.damaged, 4);
    std::vector<std::string> found;
    for (const Damage& damage : report.first_damaged) {
        found.push_back(fmt::format("{} {} {}", damage.table.view(), damage.id, damage.column.view()));
    }
    EXPECT_EQ(found, (std::vector<std::string>{"person 2 row_seal", "person 5 row_seal", "job 2 record",
                                               "case_note 1 record"}));
    EXPECT_TRUE(take_events().empty());
}

TEST(CheckReport, keeps_the_first_thousand_and_counts_the_rest) {
    CheckReport report;
    for (int i = 0; i < 1'500; ++i) {
        report.add("person", i, "name");
    }
    EXPECT_EQ(report.damaged, 1'500);
    EXPECT_EQ(report.first_damaged.size(), CheckReport::kDamageMost);
}

}  // namespace
}  // namespace tenantry::housing
