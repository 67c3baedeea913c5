#include "rights/retention.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "register/citizen.hpp"
#include "register/legal_hold.hpp"
#include "register/tenancy.hpp"
#include "rights/duty.hpp"
#include "rights/period.hpp"
#include "rights/sql.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::rights {
namespace {

using housing::Person;
using std::chrono::days;
using Named = std::set<std::pair<std::string, std::int64_t>>;  // kind and number

class RetentionTest : public test::CaseworkTest {
  protected:
    RetentionRules rules() { return RetentionRules::read(tx_).value(); }
    Date today() { return day_of(clock_.now()); }

    /// All that is due, in batches as Upkeep takes them.
    Named due() {
        Named found;
        for (const Kind kind : kKinds) {
            for (std::optional<std::int64_t> after = 0; after;) {
                const auto batch = find_due(tx_, rules(), kind, *after, today()).value();
                for (const DueRecord& one : batch.due) {
                    found.emplace(name_of(kind).view(), one.record);
                }
                after = batch.last;
            }
        }
        return found;
    }
    std::int64_t propose_all() {
        std::int64_t proposed = 0;
        for (const Kind kind : kKinds) {
            auto in = work();
            const auto batch = find_due(tx_, rules(), kind, 0, today()).value();
            proposed += propose(in, kind, batch.due).value();
        }
        return proposed;
    }
    void approve() {
        auto in = work();
        ASSERT_TRUE(approve_all(in, 7).ok());
    }
    /// Everything approved, carried out; what was erased.
    Named run_all() {
        Named erased;
        for (std::int64_t after = 0;;) {
            auto in = work();
            const auto next = carry_out_next(in, after).value();
            if (!next) {
                return erased;
            }
            after = next->proposal;
            if (next->erased) {
                erased.emplace(next->what, next->record);
            }
        }
    }
    std::string outcome(std::string_view what, std::int64_t record) {
        return select<std::string>(
            "SELECT state || ' ' || coalesce(outcome, '-') FROM retention_proposal WHERE what = $1 AND "
            "record_id = $2 ORDER BY id DESC LIMIT 1",
            what, record);
    }

    /// Somebody who moved out today, whose tenancy ended today, with a closed job and a closed case.
    Person add_leaver(const std::string& tag) {
        housing::Tenancy tenancy;
        tenancy.tag_reference = tag;
        tenancy.terminated = true;
        tenancy.end_on = today();
        auto in = work();
        Person person;
        person.name = {std::nullopt, "Lena", "Leaver"};
        person.tenancy = housing::create_tenancy(in, tenancy).value().id;
        person.property = add_property("9 Weir Lane").id;
        const auto made = add(person);
        add_job("JOB-" + tag, {made.id}, "Complete");
        auto about = process();
        about.person = made.id;
        const auto casework = log(about);
        EXPECT_TRUE(housing::close_case(in, said_on(casework.interaction.uuid), std::nullopt).ok());
        auto after = made;
        after.property.reset();
        return update(made, after);
    }
    /// A tenancy that ended today, of nobody.
    housing::Tenancy add_empty_tenancy(const std::string& tag) {
        housing::Tenancy tenancy;
        tenancy.tag_reference = tag;
        tenancy.terminated = true;
        tenancy.end_on = today();
        auto in = work();
        return housing::create_tenancy(in, tenancy).value();
    }
    void years(int number) { clock_.advance(days{366 * number}); }
};

TEST_F(RetentionTest, has_a_rule_for_each_kind_whose_months_a_landlord_changes) {
    const auto seeded = rules();
    for (const RetentionRule& rule : seeded.all()) {
        EXPECT_EQ(rule.months, rule.kind == Kind::Citizen ? 24 : 72);
        EXPECT_FALSE(rule.why.empty() || rule.since.empty());
        EXPECT_EQ(rule.updated_at, std::nullopt);
        EXPECT_EQ(parse_kind(name_of(rule.kind).view()), rule.kind);
    }
    take_events();
    auto in = work();
    ASSERT_TRUE(set_retention_months(in, Kind::Job, 84).ok());
    EXPECT_EQ(rules().of(Kind::Job).months, 84);
    EXPECT_EQ(rules().of(Kind::Job).updated_at, clock_.now());
    EXPECT_EQ(take_events(), (std::vector<std::string>{"retention.rule_changed 0/- - 0"}));
    for (const std::int64_t months : {0, -1, 1201}) {
        EXPECT_EQ(set_retention_months(in, Kind::Job, months).error().code, Code::Invalid) << months;
    }
    run("DELETE FROM retention_rule WHERE what = 'citizen'");
    EXPECT_EQ(RetentionRules::read(tx_).error().code, Code::Corrupt);
}

TEST_F(RetentionTest, several_proposals_are_decided_at_once_and_only_those_that_wait) {
    for (const char* tag : {"1/01", "2/02", "3/03"}) {
        add_empty_tenancy(tag);
    }
    years(7);
    ASSERT_EQ(propose_all(), 4);  // and the person of the fixture
    const auto all = list_proposals(tx_, ProposalState::Proposed, {}).value().proposals;
    ASSERT_EQ(all.size(), 4U);
    const housing::PageOfIds two{{all[0].id, all[2].id, 999}};
    EXPECT_EQ(list_waiting_of(tx_, two).value().size(), 2U);
    take_events();
    auto in = work();
    EXPECT_EQ(decide_proposals(in, two, ProposalState::Approved, 7).value(), 2);
    EXPECT_EQ(take_events().size(), 2U);
    EXPECT_EQ(decide_proposals(in, two, ProposalState::Refused, 7).value(), 0);
    EXPECT_TRUE(take_events().empty());
    EXPECT_TRUE(list_waiting_of(tx_, two).value().empty());
    EXPECT_EQ(count_proposals(tx_, ProposalState::Proposed).value(), 2);
    const auto approved = list_newest_proposals(tx_, ProposalState::Approved, {}).value();
    EXPECT_EQ(approved.total, 2);
    ASSERT_EQ(approved.proposals.size(), 2U);
    EXPECT_EQ(approved.proposals[0].id, all[2].id);
    EXPECT_EQ(approved.proposals[0].decided_by, 7);
    const auto kept = decide_proposals(in, {{all[1].id}}, ProposalState::Refused, 7);
    EXPECT_EQ(kept.value(), 1);
    EXPECT_EQ(list_newest_proposals(tx_, ProposalState::Refused, {})->proposals[0].record, all[1].record);
}

TEST_F(RetentionTest, who_asks_for_it_is_journaled) {
    take_events();
    auto in = work();
    ASSERT_TRUE(ask_for(in, Duty::Propose).ok());
    ASSERT_TRUE(ask_for(in, Duty::Run).ok());
    EXPECT_EQ(take_events(), (std::vector<std::string>{"retention.proposals_wanted -/- - 0",
                                                       "retention.run_wanted -/- - 0"}));
    EXPECT_EQ(list_wanted(tx_).value().size(), 2U);
}

TEST_F(RetentionTest, finds_each_kind_on_the_day_that_its_period_ends_and_not_before) {
    const auto person = add_leaver("1/01");
    housing::Citizen citizen;
    citizen.name = person.name;
    auto in = work();
    const auto entry = housing::create_citizen(in, citizen).value();
    add_empty_tenancy("9/09");
    const auto begun = today();
    const auto go_to = [&](Date day) {
        clock_.advance(std::chrono::sys_days{day} - std::chrono::floor<days>(clock_.now()));
    };
    go_to(from_days(to_days(after_months(begun, 24)) - 1));
    EXPECT_EQ(due(), Named{});
    go_to(after_months(begun, 24));
    EXPECT_EQ(due(), (Named{{"citizen", entry.id.value}}));
    go_to(from_days(to_days(after_months(begun, 72)) - 1));
    EXPECT_EQ(due(), (Named{{"citizen", entry.id.value}}));
    go_to(after_months(begun, 72));
    // Ada, who never lived anywhere, was recorded on the same day.
    EXPECT_EQ(due(), (Named{{"citizen", entry.id.value},
                            {"job", 1},
                            {"interaction", 1},
                            {"tenancy", 2},
                            {"person", person.id.value},
                            {"person", person_.id.value}}));
}

TEST_F(RetentionTest, leaves_out_what_a_hold_a_debt_or_open_work_keeps) {
    const auto person = add_leaver("1/01");
    add_empty_tenancy("9/09");
    years(7);
    const auto id = person.id.value;
    const auto all = due();
    ASSERT_TRUE(all.contains({"person", id}) && all.contains({"tenancy", 2}) && all.contains({"job", 1}) &&
                all.contains({"interaction", 1}));
    struct Case {
        const char* what;
        const char* change;
        Named kept;
        Named instead = {};  ///< what is due because the person, with whom it would go, stays
    };
    const std::pair<std::string, std::int64_t> him{"person", id};
    const Named his_tenancy{{"tenancy", 1}};
    for (const Case& one : {
             Case{"a debt", "UPDATE tenancy SET current_balance = 1", {him, {"tenancy", 2}}},
             Case{"a running tenancy", "UPDATE tenancy SET terminated = 0", {him, {"tenancy", 2}}},
             Case{"somebody who lives there", "UPDATE tenancy SET present = 1", {him, {"tenancy", 2}}},
             Case{"an open job", "UPDATE job SET status = 'Open'", {him, {"job", 1}}, his_tenancy},
             Case{"an open case",
                  "UPDATE incident SET closed_at = NULL",
                  {him, {"interaction", 1}},
                  his_tenancy},
             Case{"open work on a case",
                  "UPDATE interaction SET closed_at = NULL",
                  {him, {"interaction", 1}},
                  his_tenancy},
             Case{"a hold",
                  "INSERT INTO legal_hold (id, uuid, version, person_id, reason, placed_at, row_seal) SELECT "
                  "1, x'01', 1, id, x'01', 0, x'01' FROM person WHERE tenancy_id IS NOT NULL",
                  {him, {"job", 1}, {"interaction", 1}}},
             Case{"a home",
                  "INSERT INTO occupancy (person_id, property_id, from_at) SELECT id, 1, 0 FROM person "
                  "WHERE tenancy_id IS NOT NULL",
                  {him},
                  his_tenancy},
             Case{"a later case",
                  "UPDATE interaction SET closed_at = closed_at + 77760000000",
                  {him, {"interaction", 1}},
                  his_tenancy},
         }) {
        run("SAVEPOINT one_case");
        run(one.change);
        Named expected = one.instead;
        std::ranges::set_difference(all, one.kept, std::inserter(expected, expected.end()));
        EXPECT_EQ(due(), expected) << one.what;
        run("ROLLBACK TO one_case");
        run("RELEASE one_case");
    }
    EXPECT_EQ(due(), all);
}

TEST_F(RetentionTest, the_dry_run_is_the_real_run) {
    add_leaver("1/01");
    const auto held = add_leaver("2/01");
    const auto shared = add_leaver("3/01");
    auto flatmate = add_person("Fay Flatmate");
    auto after = flatmate;
    after.tenancy = shared.tenancy;
    update(flatmate, after);
    add_empty_tenancy("8/08");
    const auto moved = add_leaver("5/01");
    auto elsewhere = moved;
    elsewhere.property = add_property("7 Weir Lane").id;
    update(moved, elsewhere);
    auto in = work();
    ASSERT_TRUE(housing::place_legal_hold(in, held.id, "Claim").ok());
    years(7);
    add_leaver("4/01");
    const auto expected = due();
    EXPECT_TRUE(expected.contains({"tenancy", moved.tenancy->value})) << "they stay, it goes";
    EXPECT_GE(expected.size(), 10U);
    EXPECT_EQ(propose_all(), static_cast<std::int64_t>(expected.size()));
    approve();
    EXPECT_EQ(run_all(), expected);
    EXPECT_EQ(due(), Named{});
    EXPECT_EQ(count("retention_proposal WHERE state = 2 AND outcome = 'erased'"),
              static_cast<std::int64_t>(expected.size()));
    EXPECT_TRUE(find(held.id).ok());
    EXPECT_EQ(find(moved.id).value().tenancy, std::nullopt);
    EXPECT_EQ(count("tenancy"), 2);  // the held one's and the one that ended lately
    housing::CheckReport report;
    ASSERT_TRUE(housing::check_people(tx_, keys(), report).ok());
    EXPECT_EQ(report.damaged, 0);
    EXPECT_EQ(list_wanted(tx_).value().size(), 1U);
}

TEST_F(RetentionTest, a_tenancy_stays_with_whose_only_date_it_is) {
    // Nobody knows when they left but by the tenancy: without it their own period would begin anew.
    const auto tenancy = add_empty_tenancy("1/01");
    auto after = person_;
    after.tenancy = tenancy.id;
    update(person_, after);
    add_job("JOB-1", {person_.id}, "Open");
    years(7);
    EXPECT_EQ(due(), Named{});
    run("UPDATE job SET status = 'Closed'");
    EXPECT_EQ(due(), (Named{{"job", 1}, {"person", person_.id.value}}));
    propose_all();
    approve();
    EXPECT_EQ(run_all(), (Named{{"job", 1}, {"person", person_.id.value}}));
    EXPECT_EQ(count("tenancy"), 0);
}

TEST_F(RetentionTest, proposes_once) {
    add_leaver("1/01");
    years(7);
    const auto first = propose_all();
    EXPECT_GT(first, 0);
    EXPECT_EQ(propose_all(), 0);
    approve();
    EXPECT_EQ(propose_all(), 0);
}

TEST_F(RetentionTest, proposes_no_more_what_was_refused_unless_its_day_changes) {
    years(7);
    EXPECT_EQ(propose_all(), 1);
    auto in = work();
    ASSERT_TRUE(decide_proposal(in, 1, ProposalState::Refused, 7).ok());
    EXPECT_EQ(propose_all(), 0);
    EXPECT_EQ(run_all(), Named{});
    ASSERT_TRUE(set_retention_months(in, Kind::Person, 60).ok());
    EXPECT_EQ(propose_all(), 1);
}

TEST_F(RetentionTest, looks_again_before_it_erases) {
    const auto person = add_leaver("1/01");
    years(7);
    propose_all();
    approve();
    auto in = work();
    ASSERT_TRUE(housing::place_legal_hold(in, person.id, "Claim").ok());
    EXPECT_EQ(run_all(), (Named{{"person", person_.id.value}}));
    EXPECT_EQ(outcome("person", person.id.value), "3 stays: legal_hold");
    EXPECT_EQ(outcome("job", 1), "3 stays: legal_hold");
    EXPECT_EQ(count("tenancy"), 1);
    EXPECT_TRUE(find(person.id).ok());
    // When it is lifted they are proposed again: nobody refused them.
    const auto hold = housing::list_legal_holds(in, person.id).value().front();
    ASSERT_TRUE(housing::lift_legal_hold(in, hold.uuid).ok());
    EXPECT_EQ(propose_all(), 3);
}

TEST_F(RetentionTest, does_nothing_that_nobody_approved) {
    years(7);
    propose_all();
    EXPECT_EQ(run_all(), Named{});
    EXPECT_TRUE(find(person_.id).ok());
    approve();
    EXPECT_EQ(run_all(), (Named{{"person", person_.id.value}}));
}

TEST_F(RetentionTest, finishes_what_is_gone_before_and_what_is_damaged) {
    const auto person = add_leaver("1/01");
    run("INSERT INTO occupancy (person_id, property_id, from_at) VALUES ($1, 1, 0)", person.id);
    years(7);
    propose_all();
    approve();
    remove(person_);
    run("UPDATE person SET name = x'0102' WHERE id = $1", person.id);
    // The person must be led away from the tenancy, and does not open.
    std::int64_t after = 0;
    for (bool more = true; more;) {
        run("SAVEPOINT one");
        auto in = work();
        const auto next = carry_out_next(in, after);
        if (!next.ok()) {
            EXPECT_EQ(next.error().code, Code::Corrupt);
            run("ROLLBACK TO one");
            auto again = work();
            after = give_up_next(again, after).value().value();
        } else if (*next) {
            after = (*next)->proposal;
        } else {
            more = false;
        }
        run("RELEASE one");
    }
    EXPECT_EQ(outcome("person", person_.id.value), "2 gone before");
    EXPECT_EQ(outcome("tenancy", 1), "3 failed: a record is damaged");
    EXPECT_EQ(count("tenancy"), 1);
    auto in = work();
    EXPECT_EQ(give_up_next(in, after).value(), std::nullopt);
}

TEST_F(RetentionTest, records_who_decided_and_each_step_is_an_event) {
    years(7);
    take_events();
    propose_all();
    auto in = work();
    EXPECT_EQ(decide_proposal(in, 99, ProposalState::Approved, 7).error().code, Code::NotFound);
    ASSERT_TRUE(decide_proposal(in, 1, ProposalState::Approved, 7).ok());
    EXPECT_EQ(decide_proposal(in, 1, ProposalState::Refused, 7).error().code, Code::NotFound);
    run_all();
    EXPECT_EQ(take_events(),
              (std::vector<std::string>{"retention.proposed -/- - 0", "retention.approved 1/- - 0",
                                        "tenant.erased 1/- - 0", "retention.carried_out 1/- - 0"}));
    const auto page = list_proposals(tx_, std::nullopt, {50, 0}).value();
    ASSERT_EQ(page.proposals.size(), 1U);
    EXPECT_EQ(page.proposals[0].decided_by, 7);
    EXPECT_EQ(page.proposals[0].decided_at, clock_.now());
    EXPECT_EQ(page.proposals[0].outcome, "erased");
    EXPECT_EQ(list_proposals(tx_, ProposalState::Proposed, {50, 0}).value().total, 0);
    EXPECT_EQ(list_proposals(tx_, ProposalState::CarriedOut, {50, 0}).value().total, 1);
    EXPECT_EQ(list_proposals(tx_, ProposalState::CarriedOut, {50, 1}).value().proposals.size(), 0U);
}

TEST_F(RetentionTest, goes_on_behind_the_batch) {
    for (int i = 0; i < 3; ++i) {
        add_person("Pat Person");
    }
    years(7);
    const auto first = find_due(tx_, rules(), Kind::Person, 2, today()).value();
    EXPECT_EQ(first.due.size(), 2U);
    EXPECT_EQ(first.last, 4);
    EXPECT_EQ(find_due(tx_, rules(), Kind::Person, 4, today()).value().last, std::nullopt);
}

TEST_F(RetentionTest, a_duty_stays_wanted_when_it_is_wanted_again) {
    auto in = work();
    ASSERT_TRUE(want(in, Duty::Scrub).ok());
    const auto first = list_wanted(tx_).value();
    ASSERT_EQ(first.size(), 1U);
    ASSERT_TRUE(want(in, Duty::Scrub).ok());
    ASSERT_TRUE(no_longer_want(in, first.front()).ok());
    const auto second = list_wanted(tx_).value();
    ASSERT_EQ(second.size(), 1U);
    ASSERT_TRUE(no_longer_want(in, second.front()).ok());
    EXPECT_TRUE(list_wanted(tx_).value().empty());
}

TEST_F(RetentionTest, merging_a_text_index_comes_to_an_end_and_leaves_what_is_found) {
    for (int i = 0; i < 50; ++i) {
        add_person("Pat Person");
    }
    run("DELETE FROM person_name WHERE person_id % 2 = 0");
    for (const db::Sql* merge : {&sql::upkeep::merge_names, &sql::upkeep::merge_citizens}) {
        int merges = 0;
        for (std::int64_t pages = -1, changed = 2; changed >= 2; pages = 1) {
            std::int64_t before = 0;
            std::int64_t after = 0;
            ASSERT_TRUE(tx_.find(sql::upkeep::count_changes, std::tie(before)).ok());
            ASSERT_TRUE(tx_.execute(*merge, pages).ok());
            ASSERT_TRUE(tx_.find(sql::upkeep::count_changes, std::tie(after)).ok());
            changed = after - before;
            ASSERT_LT(++merges, 100);
        }
    }
    EXPECT_EQ(search("person").size(), 25U);
    ASSERT_TRUE(tx_.execute(sql::upkeep::ran, clock_.now()).ok());
    Instant ran;
    ASSERT_TRUE(tx_.find(sql::upkeep::find_last_run, std::tie(ran)).ok());
    EXPECT_EQ(ran, clock_.now());
}

}  // namespace
}  // namespace tenantry::rights
