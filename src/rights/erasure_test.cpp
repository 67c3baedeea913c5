#include "rights/erasure.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include "audit/person_index.hpp"
#include "register/alert.hpp"
#include "register/citizen.hpp"
#include "register/household.hpp"
#include "register/legal_hold.hpp"
#include "register/person_columns.hpp"
#include "register/tenancy.hpp"
#include "rights/disclosure.hpp"
#include "rights/duty.hpp"
#include "rights/erasure_decision.hpp"
#include "rights/period.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::rights {
namespace {

using housing::Person;
using std::chrono::days;

class ErasureTest : public test::CaseworkTest {
  protected:
    static constexpr days kLongAgo{6 * 366};  // longer than every seeded period

    Result<ErasurePlan> erase(const Person& person, char ground = 'a') {
        auto in = work();
        return erase_person(in, person.id, ground, day_of(clock_.now()));
    }
    ErasurePlan plan(const Person& person) {
        auto in = work();
        return plan_erasure(in, person.id).value();
    }

    /// A tenancy that ended the day before.
    housing::Tenancy add_tenancy(const std::string& tag) {
        housing::Tenancy tenancy;
        tenancy.tag_reference = tag;
        tenancy.terminated = true;
        tenancy.end_on = day_of(clock_.now() - days{1});
        tenancy.current_balance = -500;
        auto in = work();
        const auto made = housing::create_tenancy(in, tenancy).value();
        run("INSERT INTO ledger_line (id, uuid, tenancy_id, posted_on, amount) VALUES ($1, $2, $3, 0, 100)",
            made.id.value + 1000, crypto::new_uuid(), made.id);
        return made;
    }

    /// A person with something in every table, all of it ended; nobody else has part in it.
    Person add_with_everything() {
        const auto tenancy = add_tenancy("000017/01");
        auto person = test::full_person();
        person.property = add_property("9 Weir Lane").id;
        person.tenancy = tenancy.id;
        {
            auto in = work();
            person.household = housing::ensure_household(in, "000017/01").value();
        }
        auto made = add(person);
        const auto id = made.id.value;
        run("INSERT INTO contact_address (person_id, version, row_seal) VALUES ($1, 1, x'00')", id);
        run("INSERT INTO next_of_kin (person_id, version, row_seal) VALUES ($1, 1, x'00')", id);
        run("INSERT INTO alert (id, uuid, version, person_id, uprn, type_code, row_seal, created_at) "
            "VALUES (1, $2, 1, $1, 7, x'00', x'00', 0)",
            id, crypto::new_uuid());
        add_citizen(made, std::nullopt);
        const auto job = add_job("JOB-1", {made.id}, "Complete");
        run("INSERT INTO case_note (id, uuid, version, job_id, text, created_by, row_seal, created_at) "
            "VALUES (1, $2, 1, $1, x'00', x'00', x'00', 0)",
            job.id, crypto::new_uuid());
        close(log_about(made));
        run("INSERT INTO consent (id, uuid, subject_uuid, email_hash, fingerprint_hash, ip_fingerprint, "
            "consent_type, consent_version, accepted, choices, row_seal, created_at) "
            "VALUES (1, $2, $1, x'01', x'02', x'03', 'terms', '1', 1, x'04', x'05', 0)",
            made.uuid, crypto::new_uuid());
        auto in = work();
        EXPECT_TRUE(record_disclosure(in, {made.id, "json", Checked::No, "Asked on the telephone"}, 0).ok());
        const auto hold = housing::place_legal_hold(in, made.id, "Claim").value();
        EXPECT_TRUE(housing::lift_legal_hold(in, hold.uuid).ok());
        while (audit::index_next_events(tx_).value()) {
        }
        auto after = made;
        after.property.reset();
        return update(made, after);
    }
    housing::Casework log_about(const Person& person) {
        auto interaction = process();
        interaction.person = person.id;
        return log(interaction);
    }
    void close(const housing::Casework& all) {
        auto in = work();
        ASSERT_TRUE(housing::close_case(in, said_on(all.interaction.uuid), std::nullopt).ok());
    }
    housing::Citizen add_citizen(const Person& person, std::optional<std::string> usn) {
        housing::Citizen citizen;
        citizen.usn = std::move(usn);
        citizen.person = person.uuid;
        citizen.name = person.name;
        auto in = work();
        return housing::create_citizen(in, citizen).value();
    }

    /// How many rows of each table lead to the person, by the declarations.
    std::map<std::string, std::int64_t> rows_about(const Person& person) {
        std::map<std::string, std::int64_t> found;
        for (const PersonTable& table : person_tables()) {
            if (test::postgres_server() != nullptr && table.name == "person_name_trigram") {
                continue;  // an index there
            }
            const std::string text =
                fmt::format("SELECT count(*) FROM {} t WHERE {}", table.name, table.leads_to_person);
            found[std::string{table.name}] = table.leads_to_person.find("$2") == std::string::npos
                                                 ? select<std::int64_t>(text, person.id)
                                                 : select<std::int64_t>(text, person.id, "[]");
        }
        return found;
    }
    static std::vector<Because> causes(const ErasurePlan& plan, std::string_view table) {
        std::vector<Because> all;
        for (const Kept& kept : plan.kept) {
            if (kept.table == table) {
                for (const Reason& one : kept.reasons) {
                    all.push_back(one.because);
                }
            }
        }
        return all;
    }
};

TEST_F(ErasureTest, every_table_about_people_has_one_rule) {
    EXPECT_EQ(tables_without_one_rule(person_tables(), erasure_rules()), (std::vector<std::string_view>{}));
    for (const ErasureRule& rule : erasure_rules()) {
        EXPECT_EQ(rule.with == GoesWith::Nothing, !rule.why.empty()) << rule.table;
        EXPECT_TRUE(std::ranges::count(person_tables(), rule.table, &PersonTable::name) == 1) << rule.table;
    }
    // And a table that is forgotten is named, as is one with two rules.
    EXPECT_EQ(tables_without_one_rule(person_tables(), erasure_rules().subspan(1)),
              (std::vector<std::string_view>{"person"}));
    std::vector<ErasureRule> doubled{erasure_rules().begin(), erasure_rules().end()};
    doubled.push_back({"alert", GoesWith::Nothing, "by mistake"});
    EXPECT_EQ(tables_without_one_rule(person_tables(), doubled), (std::vector<std::string_view>{"alert"}));
}

TEST_F(ErasureTest, takes_everything_of_a_person_when_nothing_keeps_it) {
    const auto person = add_with_everything();
    clock_.advance(kLongAgo);
    for (const auto& [table, rows] : rows_about(person)) {
        if (table != "erasure") {
            EXPECT_GT(rows, 0) << table << ": the test's person must have something everywhere";
        }
    }
    const auto done = erase(person, 'b').value();
    EXPECT_EQ(done.goes.tables().at("person"), (Counts{1, 0}));
    EXPECT_EQ(done.goes.tables().at("consent"), (Counts{0, 1}));
    for (const auto& [table, rows] : rows_about(person)) {
        EXPECT_EQ(rows, table == "disclosure" || table == "erasure" ? 1 : 0) << table;
    }
    EXPECT_EQ(count("property WHERE address_line_1 = '9 Weir Lane'"), 1);
    EXPECT_EQ(count("household WHERE tag_reference = '000017/01'") + count("tenancy") + count("ledger_line") +
                  count("job") + count("case_note") + count("incident") + count("interaction") +
                  count("incident_note") + count("citizen") + count("citizen_text"),
              0);
    EXPECT_EQ(count("consent WHERE coalesce(subject_uuid, email_hash, fingerprint_hash, ip_fingerprint, "
                    "choices) IS NULL AND accepted = 1"),
              1);
    EXPECT_EQ(count("disclosure WHERE reason IS NULL"), 1);
    housing::CheckReport report;
    ASSERT_TRUE(check_disclosures(tx_, keys(), report).ok());
    EXPECT_EQ(report.damaged, 0);
    EXPECT_EQ(list_wanted(tx_).value().size(), 1U);
    EXPECT_EQ(erase(person).error().code, Code::NotFound);
}

TEST_F(ErasureTest, leaves_other_people_as_they_are) {
    add_with_everything();
    const auto other = person_;
    const auto before = rows_about(other);
    clock_.advance(kLongAgo);
    const auto events = take_events();
    Person gone;
    gone.id = Id<Person>{other.id.value + 1};
    ASSERT_TRUE(erase(gone).ok());
    EXPECT_EQ(rows_about(other), before);
    EXPECT_TRUE(find(other.id).ok());
}

TEST_F(ErasureTest, refuses_and_says_why_where_all_must_stay) {
    struct Case {
        Because because;
        std::function<void(const Person&)> make;
    };
    const auto today = [this] { return to_days(day_of(clock_.now())); };
    for (const Case& one : {
             Case{Because::LegalHold,
                  [&](const Person& p) {
                      auto in = work();
                      ASSERT_TRUE(housing::place_legal_hold(in, p.id, "Claim").ok());
                  }},
             Case{Because::RunningTenancy,
                  [&](const Person&) { run("UPDATE tenancy SET terminated = 0, current_balance = 0"); }},
             Case{Because::RunningTenancy, [&](const Person&) { run("UPDATE tenancy SET present = 1"); }},
             Case{Because::Debt, [&](const Person&) { run("UPDATE tenancy SET current_balance = 1"); }},
             Case{Because::CurrentHome,
                  [&](const Person& p) {
                      run("INSERT INTO occupancy (person_id, property_id, from_at) VALUES ($1, 1, 0)", p.id);
                  }},
             Case{Because::OpenJob, [&](const Person&) { run("UPDATE job SET status = 'Assigned'"); }},
             Case{Because::OpenCase, [&](const Person&) { run("UPDATE incident SET closed_at = NULL"); }},
             Case{Because::OpenCase, [&](const Person&) { run("UPDATE interaction SET closed_at = NULL"); }},
             Case{Because::Period,
                  [&](const Person&) { run("UPDATE tenancy SET end_on = $1", today() - 72 * 30); }},
         }) {
        run("SAVEPOINT one_case");
        const auto person = add_with_everything();
        clock_.advance(kLongAgo);
        one.make(person);
        const auto found = plan(person);
        EXPECT_EQ(causes(found, "person"), std::vector{one.because}) << key_of(one.because).view();
        EXPECT_EQ(found.reasons().front().because, one.because);
        EXPECT_FALSE(found.goes.tables().contains("person"));
        EXPECT_FALSE(found.goes.tables().contains("person_contact"));
        if (one.because == Because::LegalHold) {
            EXPECT_TRUE(found.is_empty());
            const auto everything = dump();
            EXPECT_EQ(erase(person).error().text.view(), kNothingToErase.text.view());
            EXPECT_EQ(dump(), everything);
        } else {
            ASSERT_TRUE(erase(person).ok()) << "what is kept by nothing goes";
            EXPECT_EQ(find(person.id).value().email, person.email);
        }
        run("ROLLBACK TO one_case");
        run("RELEASE one_case");
        take_events();
    }
}

TEST_F(ErasureTest, says_until_when_a_period_keeps_it_and_erases_it_then) {
    const auto person = add_with_everything();
    const auto first = plan(person);
    const auto& kept = first.kept.front();
    ASSERT_EQ(first.is_empty(), false) << "the citizen index needs no former tenant";
    EXPECT_EQ(first.goes.tables().size(), 1U);
    EXPECT_EQ(first.goes.tables().at("citizen"), (Counts{1, 0}));
    EXPECT_EQ(kept.reasons.front().because, Because::Period);
    const auto until = *kept.reasons.front().until;
    EXPECT_EQ(until, after_months(day_of(clock_.now()), 72));
    clock_.advance(std::chrono::sys_days{until} - std::chrono::floor<days>(clock_.now()) - days{1});
    EXPECT_FALSE(plan(person).goes.tables().contains("person"));
    clock_.advance(days{1});
    EXPECT_TRUE(plan(person).goes.tables().contains("person"));
}

TEST_F(ErasureTest, a_plan_changes_nothing_and_is_what_is_done) {
    const auto person = add_with_everything();
    clock_.advance(kLongAgo);
    const auto before = dump();
    const auto planned = plan(person);
    EXPECT_EQ(dump(), before);
    EXPECT_EQ(erase(person).value().goes, planned.goes);
}

TEST_F(ErasureTest, takes_from_what_others_share_the_link_alone) {
    const auto person = add_with_everything();
    auto other = test::full_person();
    other.email = "other@mail.test";
    other.tenancy = person.tenancy;
    other.household = person.household;
    other = add(other);
    const auto shared = add_job("JOB-2", {person.id, other.id}, "Closed");
    auto about_other = process();
    about_other.person = other.id;
    const auto casework = log(about_other);
    close(casework);
    // The person's own work on somebody else's case.
    auto in = work();
    auto own = process();
    own.person = person.id;
    own.incident = casework.incident.id;
    own.closed_at = clock_.now();
    const auto own_made = housing::create_interaction(in, own).value();
    add_citizen(person, "U-77");
    clock_.advance(kLongAgo);

    const auto done = erase(person).value();
    EXPECT_EQ(causes(done, "job"), std::vector{Because::Shared});
    EXPECT_EQ(causes(done, "tenancy"), std::vector{Because::Shared});
    EXPECT_EQ(causes(done, "household"), std::vector{Because::Shared});
    EXPECT_EQ(done.goes.tables().at("interaction"), (Counts{1, 1}));
    EXPECT_EQ(done.goes.tables().at("citizen"), (Counts{1, 1}));
    EXPECT_EQ(count("person WHERE id = " + std::to_string(person.id.value)), 0);
    EXPECT_EQ(select<std::int64_t>("SELECT person_id FROM job_person WHERE job_id = $1", shared.id),
              other.id.value);
    EXPECT_EQ(count("tenancy") + count("ledger_line"), 2);
    auto again = work();
    EXPECT_EQ(housing::load_interaction(again, own_made.uuid).value().person, std::nullopt);
    EXPECT_EQ(housing::load_interaction(again, casework.interaction.uuid).value().person, other.id);
    EXPECT_EQ(housing::find_citizen(again, "U-77").value().person, std::nullopt);
    EXPECT_TRUE(find(other.id).ok());
}

TEST_F(ErasureTest, a_case_that_another_came_from_stays_for_it) {
    const auto person = add_with_everything();
    const auto parent = select<std::int64_t>("SELECT max(id) FROM interaction");
    auto child = process();
    child.person = person_.id;
    child.parent = Id<housing::Interaction>{parent};
    close(log(child));
    clock_.advance(kLongAgo);
    const auto done = erase(person).value();
    EXPECT_EQ(done.goes.tables().at("incident"), (Counts{0, 1}));
    EXPECT_EQ(count("interaction WHERE person_id IS NULL"), 1);
    housing::CheckReport report;
    ASSERT_TRUE(housing::check_interactions(tx_, keys(), report).ok());
    ASSERT_TRUE(housing::check_incidents(tx_, keys(), report).ok());
    EXPECT_EQ(report.damaged, 0);
}

TEST_F(ErasureTest, leaves_a_row_with_nothing_personal_where_what_stays_refers_to_it) {
    auto in = work();
    ASSERT_TRUE(set_retention_months(in, Kind::Interaction, 1200).ok());
    const auto person = add_with_everything();
    clock_.advance(kLongAgo);
    const auto done = erase(person).value();
    EXPECT_EQ(done.goes.tables().at("person"), (Counts{0, 1}));
    EXPECT_EQ(causes(done, "interaction"), std::vector{Because::Period});
    const auto left = find(person.id).value();
    EXPECT_EQ(left.name.full(), "Erased person");
    EXPECT_EQ(left.name.title, std::nullopt);
    EXPECT_EQ(left.version, person.version + 1);
    EXPECT_FALSE(left.active);
    EXPECT_EQ(
        count("person WHERE coalesce(email, telephone_1, telephone_2, telephone_3, date_of_birth, disabled) "
              "IS NULL AND coalesce(larn, hackney_homes_id, member_id, person_number, relationship, "
              "extended_relationship) IS NULL AND coalesce(property_id, household_id, tenancy_id) IS NULL "
              "AND id = " +
              std::to_string(person.id.value)),
        1);
    const auto rows = rows_about(person);
    for (const char* table : {"person_name", "person_contact", "occupancy", "next_of_kin", "contact_address",
                              "alert", "legal_hold", "consent", "citizen", "tenancy", "household"}) {
        EXPECT_EQ(rows.at(table), 0) << table;
    }
    EXPECT_EQ(rows.at("interaction"), 1);
}

TEST_F(ErasureTest, a_damaged_person_can_be_erased) {
    const auto person = add_with_everything();
    run("UPDATE person SET name = x'0102' WHERE id = $1", person.id);
    clock_.advance(kLongAgo);
    EXPECT_EQ(find(person.id).error().code, Code::Corrupt);
    EXPECT_TRUE(erase(person).ok());
}

TEST_F(ErasureTest, records_ground_counts_and_reasons_and_no_personal_value) {
    const auto person = add_with_everything();
    add_job("JOB-2", {person.id}, "Assigned");
    clock_.advance(kLongAgo);
    ASSERT_TRUE(erase(person, 'f').ok());
    EXPECT_EQ(select<std::string>("SELECT ground || account_id || '/' || requested_on FROM erasure"),
              "f7/" + std::to_string(to_days(day_of(clock_.now()))));
    const auto erased = select<std::string>("SELECT erased FROM erasure");
    EXPECT_NE(erased.find(R"({"table":"interaction","erased":1,"pseudonymised":0})"), std::string::npos)
        << erased;
    const auto kept = select<std::string>("SELECT kept FROM erasure");
    EXPECT_NE(
        kept.find(
            R"({"table":"job","records":1,"reasons":[{"reason":"open_job","until":null,"rule":null}]})"),
        std::string::npos)
        << kept;
    for (const char* value : {"Zo", "Brien", "mail.test", "07700", "1961", "Boiler", "Weir"}) {
        EXPECT_EQ((erased + kept).find(value), std::string::npos) << value;
    }
}

TEST_F(ErasureTest, an_email_that_others_have_too_is_nobodys_alone) {
    const auto person = add_with_everything();
    auto other = test::full_person();
    other = add(other);
    const auto hash = *housing::hash_email(keys(), *person.email);
    run("INSERT INTO consent (id, uuid, email_hash, consent_type, consent_version, accepted, row_seal, "
        "created_at) VALUES (2, $1, $2, 'terms', '1', 1, x'05', 0)",
        crypto::new_uuid(), hash);
    EXPECT_EQ(count_consents_of(tx_, person.id).value(), 1);
    run("DELETE FROM person_contact WHERE person_id = $1", other.id);
    EXPECT_EQ(count_consents_of(tx_, person.id).value(), 2);
    clock_.advance(kLongAgo);
    ASSERT_TRUE(erase(person).ok());
    EXPECT_EQ(count("consent WHERE email_hash IS NOT NULL"), 0);
}

TEST_F(ErasureTest, is_whole_or_not_at_all) {
    const auto person = add_with_everything();
    add_citizen(person, "U-77");
    clock_.advance(kLongAgo);
    const auto before = dump();
    int failed = 0;
    for (int call = 1;; call += 3) {
        run("SAVEPOINT one_erasure");
        tx_.fail_call(call);
        const auto done = erase(person);
        const bool came = !tx_.fault_is_waiting();
        tx_.fail_no_call();
        if (!came) {
            EXPECT_TRUE(done.ok());
            run("RELEASE one_erasure");
            break;
        }
        ASSERT_FALSE(done.ok()) << call;
        run("ROLLBACK TO one_erasure");
        run("RELEASE one_erasure");
        if (++failed % 20 == 0) {
            ASSERT_EQ(dump(), before) << call;
        }
    }
    EXPECT_GT(failed, 50);
    EXPECT_EQ(find(person.id).error().code, Code::NotFound);
}

TEST_F(ErasureTest, knows_six_grounds) {
    for (const char* text : {"a", "b", "c", "d", "e", "f"}) {
        EXPECT_EQ(parse_ground(text), text[0]);
    }
    for (const char* text : {"", "g", "A", "aa", "`"}) {
        EXPECT_EQ(parse_ground(text), std::nullopt) << text;
    }
}

}  // namespace
}  // namespace tenantry::rights
