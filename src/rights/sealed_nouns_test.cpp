#include "rights/sealed_nouns.hpp"

#include <algorithm>
#include <set>

#include "access/kept_answer.hpp"
#include "access/session.hpp"
#include "db/columns.hpp"
#include "register/alert.hpp"
#include "register/association.hpp"
#include "register/case_note.hpp"
#include "register/check_all.hpp"
#include "register/citizen.hpp"
#include "register/consent.hpp"
#include "register/contact_address.hpp"
#include "register/issue.hpp"
#include "register/ledger.hpp"
#include "register/legal_hold.hpp"
#include "register/mail.hpp"
#include "register/meeting.hpp"
#include "register/next_of_kin.hpp"
#include "register/representative.hpp"
#include "register/sealed_texts.hpp"
#include "register/signature.hpp"
#include "register/tenancy.hpp"
#include "rights/disclosure.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::rights {
namespace {

using namespace housing;
using Names = std::vector<std::string>;

/// Tables that are declared, and that no rule writes to. One that has a rule belongs into sealed_nouns().
const std::set<std::string_view> kWithoutRule{};

/// Whether a column holds something under a field key, straight from its declaration.
bool is_under_field_key(const db::Column& column) {
    return column.table != "data_key" &&
           (column.protection == db::Protection::Sealed || column.name == "row_seal");
}

/// A row at least in every table that is under the field keys.
class SealedNouns : public test::CaseworkTest {
  protected:
    void SetUp() override {
        CaseworkTest::SetUp();
        seal_sets();
        auto person = test::full_person();
        person.property = add_property("9 Weir Lane").id;
        full_ = add(person);
        fill_beside_person();
        fill_casework();
        auto in = work();
        housing::Tenancy tenancy;
        tenancy.uuid = crypto::new_uuid();
        tenancy.tag_reference = "0000001/01";
        ASSERT_TRUE(create_tenancy(in, tenancy).ok());
        LedgerRecord line;
        line.uuid = crypto::new_uuid();
        line.tag_reference = tenancy.tag_reference;
        LedgerImport importing{in};
        ASSERT_TRUE(importing.add(line).ok());
        ASSERT_TRUE(importing.finish().ok());
        const auto job = add_job("JOB-1", {full_.id});
        create_case_note(in, {{}, crypto::new_uuid(), 0, job.id, "Rang twice", "Olu Officer", clock_.now()})
            .value();
        access::create_session(in, 1, access::SessionKind::Api, {"203.0.113.9", "curl"}, {}).value();
        ASSERT_TRUE(access::keep_answer(tx_, keys(), {}, "201 made", clock_.now()).ok());
        ASSERT_TRUE(queue_mail(in, "tra@mail.test", "Minutes", "To be signed").value());
        ASSERT_TRUE(record_consent(in, {.email = "kim@mail.test",
                                        .address = "203.0.113.9",
                                        .type = "analytics",
                                        .version = "1",
                                        .accepted = true,
                                        .choices = "{}"})
                        .ok());
        ASSERT_TRUE(record_disclosure(in, {full_.id, "json", Checked::No, "asked at the desk"}, 0).ok());
        ASSERT_TRUE(place_legal_hold(in, full_.id, "a claim").ok());
        full_ = find(full_.id).value();
        former_key_ = keys().active_field_key();
        take_events();
    }

    void fill_beside_person() {
        auto in = work();
        put_contact_address(in, full_, {"1 Far Street", "Flat 2", std::nullopt, "York", "YO1 1AA"}).value();
        update_next_of_kin(in, full_.uuid,
                           {"Kim", "sister", "2 Far Street", "07700 900111", "0113", "k@k.test"})
            .value();
        raise_alerts(in, full_.uuid, 100, {"1"}).value();
        Citizen citizen;
        citizen.name = full_.name;
        citizen.date_of_birth = full_.date_of_birth;
        create_citizen(in, citizen).value();
    }

    void fill_casework() {
        auto in = work();
        Association association;
        association.name = "Sample TRA";
        association.email = "tra@mail.test";
        association.notes = "Meets in the hall";
        association = create_association(in, association, {}).value();
        add_representative(in, association.id,
                           select<std::string>("SELECT role FROM association_role LIMIT 1"), "Sam")
            .value();
        NewMeeting meeting;
        meeting.links.association = association.id;
        meeting.name = "March meeting";
        meeting.attendance = {"Cllr Abara", "Sam Okafor", 7};
        meeting.signing = Signing{"Sam", std::nullopt, store_signature(in, "picture").value()};
        const auto held = hold_meeting(in, meeting).value();
        NewIssue issue;
        issue.title = "ETRA";
        issue.note = "Door broken";
        issue.location = "Sample House";
        raise_issue(in, held.interaction, issue).value();
        log();
    }

    /// The next rows of the table, read and sealed anew.
    audit::Resealing seal_anew(const SealedNoun& noun, std::int64_t after = 0) {
        audit::Resealing some{keys(), db::sealed_table(noun.table), after};
        EXPECT_TRUE(noun.reseal(tx_, some).ok()) << noun.table;
        return some;
    }
    void store(const SealedNoun& noun, const audit::Resealing& some) {
        auto in = work();
        EXPECT_TRUE(some.store(in, noun.damage).ok()) << noun.table;
    }
    /// How many batches the table took.
    int reseal(const SealedNoun& noun) {
        int batches = 0;
        std::int64_t after = 0;
        for (bool is_through = false; !is_through; ++batches) {
            const auto some = seal_anew(noun, after);
            store(noun, some);
            is_through = some.is_through();
            after = some.reached();
        }
        return batches;
    }
    void reseal_all_but(std::string_view left_out) {
        for (const auto& noun : sealed_nouns()) {
            if (noun.table != left_out) {
                reseal(noun);
            }
        }
    }
    static const SealedNoun& noun_of(std::string_view table) {
        return *std::ranges::find(sealed_nouns(), table, &SealedNoun::table);
    }

    std::int64_t count_under(const db::Column& column, std::uint32_t key) {
        return count(fmt::format("{} WHERE hex(substr({}, {}, 4)) = '{:02X}000000'", column.table,
                                 column.name, column.name == "row_seal" ? 1 : 3, key));
    }
    /// The columns, as "table.column", of which some value is under the key.
    Names columns_under(std::uint32_t key) {
        Names found;
        for (const auto& column : db::columns()) {
            if (is_under_field_key(column) && count_under(column, key) > 0) {
                found.push_back(fmt::format("{}.{}", column.table, column.name));
            }
        }
        return found;
    }
    std::int64_t rows_under(std::uint32_t key) {
        const std::array<unsigned char, 4> stored{static_cast<unsigned char>(key)};
        std::int64_t rows = 0;
        for (const auto& table : db::sealed_tables()) {
            std::int64_t found = 0;
            EXPECT_TRUE(tx_.find(table.count, std::tie(found), stored).ok());
            rows += found;
        }
        return rows;
    }

    Person full_;
    std::uint32_t former_key_ = 0;
};

TEST_F(SealedNouns, every_table_under_the_field_keys_has_a_noun_that_seals_it_anew) {
    for (const auto& column : db::columns()) {
        if (is_under_field_key(column)) {
            const bool has_noun =
                std::ranges::find(sealed_nouns(), column.table, &SealedNoun::table) != sealed_nouns().end();
            EXPECT_NE(has_noun, kWithoutRule.contains(column.table))
                << column.table << "." << column.name << " is under a field key: does sealed_nouns.cpp know "
                << column.table << "? A table that is not in it stays under its old key.";
        }
    }
    for (const auto& noun : sealed_nouns()) {
        EXPECT_GT(count(std::string{noun.table}), 0) << "this test puts no row into " << noun.table;
    }
}

TEST_F(SealedNouns, after_a_rotation_no_value_of_any_column_is_under_the_former_key) {
    const auto before = columns_under(former_key_);
    EXPECT_GT(before.size(), sealed_nouns().size());
    keys_.rotate();
    reseal_all_but("nothing");
    EXPECT_EQ(columns_under(former_key_), Names{});
    EXPECT_EQ(rows_under(former_key_), 0);
    EXPECT_EQ(columns_under(keys().active_field_key()), before);
    EXPECT_EQ(take_events(), Names{}) << "nothing was damaged, and no version moved on";
}

TEST_F(SealedNouns, a_table_that_is_forgotten_is_found) {
    keys_.rotate();
    reseal_all_but("alert");
    EXPECT_EQ(columns_under(former_key_), (Names{"alert.type_code", "alert.row_seal"}));
    EXPECT_EQ(rows_under(former_key_), 1);
}

TEST_F(SealedNouns, what_was_sealed_anew_reads_as_before_without_the_former_key) {
    keys_.rotate();
    reseal_all_but("nothing");
    keys_.wrapped.front().state = crypto::KeyState::Retired;
    keys_.wrapped.front().wrapped.clear();
    keys_.ring = keys_.reopen().value();
    CheckReport report;
    using Check = Result<void> (*)(db::Transaction&, const crypto::KeyRing&, CheckReport&);
    for (const Check check : std::initializer_list<Check>{
             check_people, check_contact_addresses, check_next_of_kin, check_alerts, check_citizens,
             check_jobs, check_case_notes, check_associations, check_representatives, check_mail,
             check_meetings, check_issues, check_signatures, check_incidents, check_incident_notes,
             check_interactions, check_all, check_disclosures}) {
        EXPECT_TRUE(check(tx_, keys(), report).ok());
    }
    EXPECT_EQ(report.damaged, 0);
    EXPECT_GE(report.records, 16);
    const auto person = find(full_.id).value();
    EXPECT_EQ(person.name.full(), full_.name.full());
    EXPECT_EQ(person.telephone_3, full_.telephone_3);
    EXPECT_EQ(person.disabled, full_.disabled);
    EXPECT_EQ(person.version, full_.version);
    EXPECT_EQ(access::find_account(tx_, keys(), 1)->full_name(), "Olu Officer");
    auto in = work();
    const auto sessions = access::list_sessions(in, std::nullopt, 5, 0).value();
    EXPECT_EQ(sessions.sessions.front().client->user_agent, "curl");
    EXPECT_EQ(access::find_kept_answer(tx_, keys(), {}, clock_.now()).value(), "201 made");
    audit::EntryFilter filter;
    filter.until = clock_.now() + std::chrono::seconds{1};
    const auto events = audit::list_entries(tx_, keys(), filter).value();
    EXPECT_EQ(events.front().address, "203.0.113.9");
}

TEST_F(SealedNouns, batches_are_bounded_and_go_on_where_the_last_one_ended) {
    for (int i = 0; i < 250; ++i) {
        add_person("Ada Sample");
    }
    keys_.rotate();
    const auto& people = noun_of("person");
    const auto first = seal_anew(people);
    EXPECT_EQ(first.rows(), 200U) << "of nine values each";
    EXPECT_FALSE(first.is_through());
    EXPECT_EQ(reseal(people), 2);
    EXPECT_EQ(seal_anew(people).rows(), 0U) << "what is under the active key is passed over";
    auto in = work();
    for (int i = 0; i < 3; ++i) {
        store_signature(in, std::string(audit::Resealing::kBytesMost, 'p')).value();
    }
    keys_.rotate();
    EXPECT_EQ(reseal(noun_of("signature")), 4) << "the small one and a large one, two large ones, nothing";
}

TEST_F(SealedNouns, a_row_that_was_changed_in_between_is_left_to_whoever_changed_it) {
    keys_.rotate();
    const auto& people = noun_of("person");
    const auto some = seal_anew(people);
    Person after = full_;
    after.email = "new@mail.test";
    update(full_, after);
    store(people, some);
    const auto now = find(full_.id).value();
    EXPECT_EQ(now.email, "new@mail.test");
    EXPECT_EQ(now.version, full_.version + 1);
    EXPECT_EQ(seal_anew(people).rows(), 0U);
}

TEST_F(SealedNouns, a_removed_row_does_not_come_back) {
    keys_.rotate();
    const auto& mail = noun_of("mail");
    const auto some = seal_anew(mail);
    run("DELETE FROM mail");
    store(mail, some);
    EXPECT_EQ(count("mail"), 0);
}

TEST_F(SealedNouns, a_damaged_row_stays_as_it_is_and_is_reported_and_the_others_go_on) {
    testing::internal::CaptureStderr();
    run("UPDATE person SET email = name WHERE id = $1", full_.id);
    run("UPDATE mail SET body = x'0101'");
    const auto before =
        select<std::string>("SELECT quote(name) || quote(row_seal) FROM person WHERE id = $1", full_.id);
    keys_.rotate();
    reseal_all_but("nothing");
    EXPECT_EQ(
        select<std::string>("SELECT quote(name) || quote(row_seal) FROM person WHERE id = $1", full_.id),
        before);
    EXPECT_EQ(rows_under(former_key_), 2);
    EXPECT_EQ(columns_under(former_key_),
              (Names{"person.name", "person.email", "person.telephone_1", "person.telephone_2",
                     "person.telephone_3", "person.date_of_birth", "person.disabled", "person.row_seal",
                     "mail.recipient", "mail.subject"}));
    EXPECT_EQ(take_events(),
              (Names{fmt::format("tenant.damaged {0}/{1} {0} 2", full_.id.value, full_.version),
                     "mail.damaged 1/- - 2"}));
    testing::internal::GetCapturedStderr();
}

TEST_F(SealedNouns, a_blob_put_back_under_the_former_key_is_noticed_and_keeps_counting) {
    testing::internal::CaptureStderr();
    run("CREATE TEMP TABLE once AS SELECT * FROM person");
    keys_.rotate();
    reseal_all_but("nothing");
    EXPECT_EQ(rows_under(former_key_), 0);
    run("UPDATE person SET email = (SELECT email FROM once WHERE once.id = person.id) WHERE id = $1",
        full_.id);
    EXPECT_EQ(rows_under(former_key_), 1);
    reseal(noun_of("person"));
    EXPECT_EQ(rows_under(former_key_), 1) << "sealing it anew would vouch for it";
    EXPECT_EQ(take_events(),
              Names{fmt::format("tenant.damaged {0}/{1} {0} 2", full_.id.value, full_.version)});
    testing::internal::GetCapturedStderr();
}

TEST_F(SealedNouns, a_row_with_nothing_but_a_seal_is_sealed_anew_as_well) {
    constexpr TextColumns<0> kNothing{"tenancy", {}};
    const RowIdentity row{full_.uuid, 1, RowFacts{}.add(7)};
    const auto sealed = seal_texts(keys(), kNothing, row, housing::PlainTexts<0>{});
    keys_.rotate();
    const db::SealedTable table{"tenancy", {}, true, {}, {}, {}};
    audit::Resealing some{keys(), table, 0};
    const audit::SealedRow which{7, 1};
    housing::reseal(some, which, kNothing, row, TextBlobs<0>{}, sealed.row_seal);
    EXPECT_EQ(some.rows(), 1U);
    EXPECT_EQ(some.damaged(), 0U);
    housing::reseal(some, which, kNothing, {full_.uuid, 1, RowFacts{}.add(8)}, TextBlobs<0>{},
                    sealed.row_seal);
    EXPECT_EQ(some.damaged(), 1U) << "these are not the facts that were sealed";
}

TEST_F(SealedNouns, an_emptied_seal_is_damage_like_any_other) {
    testing::internal::CaptureStderr();
    run("UPDATE alert SET row_seal = x''");
    run("UPDATE session SET client = x''");
    keys_.rotate();
    reseal_all_but("nothing");
    EXPECT_EQ(take_events(),
              (Names{"session.damaged 1/- - 2", fmt::format("alert.damaged 1/1 {} 2", full_.id.value)}));
    testing::internal::GetCapturedStderr();
}

}  // namespace
}  // namespace tenantry::rights
