#include "register/issue.hpp"

#include "register/association.hpp"
#include "register/escalation.hpp"
#include "tests/support/casework_records.hpp"

namespace tenantry::housing {
namespace {

using Texts = std::vector<std::string>;

auto facts(const IssueFacts& f) {
    return std::tuple{f.version,           f.location,     f.service_area, f.service_area_name,
                      to_days(f.deadline), f.projected_on, f.completed_on};
}

class Issues : public test::CaseworkTest {
  protected:
    static constexpr std::chrono::days kToDeadline{19};  // from a Sunday over three plain weeks

    void SetUp() override {
        CaseworkTest::SetUp();
        auto in = work();
        Association wanted;
        wanted.name = "Sample TRA";
        association_ = create_association(in, wanted, {})->id;
        NewMeeting meeting;
        meeting.links.association = association_;
        meeting_ = hold_meeting(in, meeting)->interaction;
        take_events();
    }

    NewIssue wanted(std::string note = "Door broken") {
        NewIssue issue;
        issue.links.patch = kPatch;
        issue.links.area = kArea;
        issue.links.created_by = kOther;
        issue.links.enquiry_subject = "100000501";
        issue.title = "ETRA";
        issue.note = std::move(note);
        issue.location = "Sample House";
        return issue;
    }
    Casework raise(NewIssue issue) {
        auto in = work();
        return raise_issue(in, meeting_, std::move(issue)).value();
    }
    Result<Issue> load(const Uuid& uuid) {
        auto in = work();
        return load_issue(in, uuid);
    }
    Texts notes_of(Id<Incident> incident) {
        auto in = work();
        Texts texts;
        for (const auto& note : list_incident_notes(in, PageOfIds{{incident.value}}.json()).value()) {
            texts.push_back(note.text);
        }
        return texts;
    }
    std::vector<Escalation> escalate() {
        auto in = work();
        return escalate_due_issues(in).value();
    }

    Id<Association> association_;
    Interaction meeting_;
};

TEST_F(Issues, an_issue_comes_from_its_meeting_and_is_due_in_fifteen_working_days) {
    const auto raised = raise(wanted());
    EXPECT_EQ(raised.interaction.process_type, ProcessType::Issue);
    EXPECT_EQ(raised.interaction.parent, meeting_.id);
    EXPECT_EQ(raised.interaction.association, association_);
    EXPECT_EQ(raised.interaction.process_stage, 0);
    EXPECT_EQ(raised.note->text, "Door broken");
    const auto issue = load(raised.interaction.uuid).value();
    EXPECT_EQ(stored(issue.interaction), stored(raised.interaction));
    EXPECT_EQ(format_date(issue.facts.deadline), "2030-04-05");
    EXPECT_EQ(issue.facts.location, "Sample House");
    NewIssue elsewhere = wanted();
    elsewhere.links.association = Id<Association>{404};
    auto in = work();
    EXPECT_EQ(raise_issue(in, meeting_, elsewhere).error().code, Code::Conflict);
}

TEST_F(Issues, the_day_is_that_of_clocks_in_the_united_kingdom) {
    // 23:30 UTC on Thursday is Friday there.
    clock_.advance(parse_instant("2030-07-04T23:30:00Z").value() - clock_.now());
    EXPECT_EQ(format_date(load(raise(wanted()).interaction.uuid)->facts.deadline), "2030-07-26");
    clock_.advance(-std::chrono::hours{1});
    EXPECT_EQ(format_date(load(raise(wanted()).interaction.uuid)->facts.deadline), "2030-07-25");
}

TEST_F(Issues, every_field_comes_back_as_it_was_stored) {
    auto issue = load(raise(wanted()).interaction.uuid).value();
    issue.facts.location = std::nullopt;
    issue.facts.service_area = 4;
    issue.facts.service_area_name = "Repairs";
    issue.facts.projected_on = parse_date("2030-04-01");
    issue.facts.completed_on = parse_date("2030-04-02");
    issue.interaction.process_stage = 8;
    auto in = work();
    const auto updated = update_issue(in, issue).value();
    EXPECT_EQ(facts(load(issue.interaction.uuid)->facts), facts(updated.facts));
    EXPECT_EQ(load(issue.interaction.uuid)->interaction.process_stage, 8);
    const std::string before = dump();
    EXPECT_EQ(update_issue(in, issue).error().code, Code::Conflict);
    EXPECT_EQ(dump(), before);
    EXPECT_EQ(load(uuid(99)).error().code, Code::NotFound);
    EXPECT_EQ(load(log().interaction.uuid).error().code, Code::NotFound);
    EXPECT_EQ(load_case_of(in, issue, uuid(99)).error().code, Code::NotFound);
    EXPECT_TRUE(load_case_of(in, issue, std::nullopt).ok());
}

TEST_F(Issues, an_answer_is_noted_with_what_was_promised) {
    const auto raised = raise(wanted());
    auto in = work();
    const auto answer = [&](Answer one) {
        return answer_issue(in, *load(raised.interaction.uuid), raised.incident, std::move(one)).value().text;
    };
    EXPECT_EQ(
        answer({"Ri R", "Booked", 4, "Repairs", 0, parse_date("2026-04-01")}),
        "Response from: Repairs\nBooked\nWednesday 01 April 2026\nResponder: Ri R on 17/03/2030 17:46:40");
    auto issue = load(raised.interaction.uuid).value();
    EXPECT_EQ(issue.facts.service_area, 4);
    EXPECT_EQ(issue.facts.service_area_name, "Repairs");
    EXPECT_EQ(issue.facts.projected_on, parse_date("2026-04-01"));
    EXPECT_EQ(issue.facts.completed_on, std::nullopt);
    EXPECT_EQ(
        answer({"Ri R", "Mended", 4, "Repairs", 8, std::nullopt}),
        "Response from: Repairs\nMended\nCompleted by service area\nResponder: Ri R on 17/03/2030 17:46:40");
    issue = load(raised.interaction.uuid).value();
    EXPECT_EQ(issue.interaction.process_stage, 8);
    EXPECT_EQ(issue.facts.completed_on, parse_date("2030-03-17"));
    EXPECT_EQ(answer({"Ri R", "To the manager", std::nullopt, "", 9, std::nullopt}),
              "Response from: \nTo the manager\nResponder: Ri R on 17/03/2030 17:46:40");
    EXPECT_EQ(reject_answer(in, *load(raised.interaction.uuid), raised.incident, "Olu Officer", "Not mended")
                  .value()
                  .text,
              "Response rejected\nNot mended\nResponder: Olu Officer on 17/03/2030 17:46:40");
    issue = load(raised.interaction.uuid).value();
    EXPECT_EQ(issue.interaction.process_stage, std::nullopt);
    EXPECT_EQ(issue.facts.completed_on, std::nullopt);
    EXPECT_EQ(notes_of(raised.incident.id).size(), 5U);
}

TEST_F(Issues, removing_one_closes_its_case_and_takes_it_out_of_every_list) {
    const auto raised = raise(wanted());
    const auto other = raise(wanted());
    auto in = work();
    ASSERT_TRUE(remove_issue(in, *load(raised.interaction.uuid), raised.incident).ok());
    EXPECT_EQ(load(raised.interaction.uuid).error().code, Code::NotFound);
    EXPECT_TRUE(load_incident(in, raised.incident.uuid)->closed_at.has_value());
    const auto list = list_issues_of_meeting(in, meeting_.uuid).value();
    ASSERT_EQ(list.issues.size(), 1U);
    EXPECT_EQ(list.issues[0].listed.interaction.uuid, other.interaction.uuid);
    run("UPDATE interaction SET parent_id = $1 WHERE id = $2", other.interaction.id, meeting_.id);
    EXPECT_EQ(remove_issue(in, *load(other.interaction.uuid), other.incident).error().code, Code::Conflict);
}

TEST_F(Issues, closing_the_case_closes_the_work_on_it) {
    const auto raised = raise(wanted());
    auto in = work();
    ASSERT_TRUE(close_case_of(in, raised.incident.uuid, "done").ok());
    const auto incident = load_incident(in, raised.incident.uuid).value();
    EXPECT_EQ(incident.closed_at, clock_.now());
    EXPECT_EQ(incident.resolution, "done");
    EXPECT_EQ(load(raised.interaction.uuid)->interaction.closed_at, clock_.now());
    EXPECT_EQ(notes_of(raised.incident.id), (Texts{"Door broken", "done"}));
    ASSERT_TRUE(close_case_of(in, raise(wanted()).incident.uuid, std::nullopt).ok());
    EXPECT_EQ(close_case_of(in, uuid(99), std::nullopt).error().code, Code::NotFound);
}

TEST_F(Issues, lists_hold_everything_in_the_same_few_statements) {
    const auto first = raise(wanted("One"));
    raise(wanted("Two"));
    auto in = work();
    create_incident_note(in, first.incident, "Chased").value();
    for (const auto& list : {list_issues_of_meeting(in, meeting_.uuid).value(),
                             list_issues_of_association(in, association_).value()}) {
        ASSERT_EQ(list.issues.size(), 2U);
        const auto& one = list.issues[0];
        EXPECT_EQ(one.listed.interaction.uuid, first.interaction.uuid);
        EXPECT_EQ(one.listed.notes.size(), 2U);
        EXPECT_EQ(one.listed.parent, meeting_.uuid);
        EXPECT_EQ(one.facts.location, "Sample House");
        EXPECT_EQ(list.issues[1].listed.notes.size(), 1U);
        EXPECT_EQ(list.officers.at(kOfficer), "Olu Officer");
        EXPECT_EQ(list.officers.at(kOther), "Mo Manager");
    }
    EXPECT_TRUE(list_issues_of_meeting(in, uuid(99))->issues.empty());
    EXPECT_TRUE(list_issues_of_association(in, {404})->issues.empty());
}

TEST_F(Issues, a_change_of_any_column_is_found) {
    const auto raised = raise(wanted());
    const auto other = raise(wanted("Other"));
    auto in = work();
    ASSERT_TRUE(answer_issue(in, *load(raised.interaction.uuid), raised.incident,
                             {"R", "t", 4, "Repairs", 8, std::nullopt})
                    .ok());
    const auto id = raised.interaction.id;
    for (const auto* change :
         {"version = 9", "service_area_id = 5", "service_area_id = NULL", "service_area_name = 'x'",
          "service_area_name = NULL", "deadline_on = deadline_on + 1", "projected_on = 1",
          "completed_on = NULL", "location = NULL",
          "location = (SELECT location FROM issue ORDER BY interaction_id DESC LIMIT 1)",
          "row_seal = zeroblob(36)"}) {
        run("SAVEPOINT change");
        run(fmt::format("UPDATE issue SET {} WHERE interaction_id = $1", change), id);
        EXPECT_EQ(load(raised.interaction.uuid).error().code, Code::Corrupt) << change;
        run("ROLLBACK TO change");
    }
    const auto sound = select<Bytes>("SELECT location FROM issue WHERE interaction_id = $1", id);
    for (std::size_t at = 0; at < sound.size(); ++at) {
        Bytes flipped = sound;
        flipped[at] ^= 1U;
        run("UPDATE issue SET location = $2 WHERE interaction_id = $1", id, flipped);
        ASSERT_EQ(load(raised.interaction.uuid).error().code, Code::Corrupt) << "byte " << at;
    }
    take_events();
    const auto list = list_issues_of_meeting(in, meeting_.uuid).value();
    ASSERT_EQ(list.issues.size(), 2U);
    EXPECT_EQ(list.issues[0].facts.location, std::nullopt);
    EXPECT_EQ(list.issues[1].facts.location, "Sample House");
    const auto events = take_events();
    EXPECT_NE(std::find(events.begin(), events.end(), fmt::format("issue.damaged {}/- - 2", id.value)),
              events.end());
    CheckReport report;
    ASSERT_TRUE(check_issues(tx_, keys(), report).ok());
    EXPECT_EQ(report.records, 2);
    EXPECT_EQ(report.damaged, 1);
    EXPECT_EQ(dump().find("Sample House"), std::string::npos);
    EXPECT_TRUE(load(other.interaction.uuid).ok());
}

TEST_F(Issues, what_nobody_answered_by_its_deadline_is_escalated_once) {
    const auto raised = raise(wanted());
    EXPECT_TRUE(escalate().empty());
    clock_.advance(kToDeadline);
    const auto done = escalate();
    ASSERT_EQ(done.size(), 1U);
    EXPECT_TRUE(done[0].escalated);
    EXPECT_TRUE(done[0].officer_told);
    EXPECT_TRUE(done[0].manager_told);
    EXPECT_EQ(done[0].officer_name, "Olu Officer");  // who has the patch, not who logged it
    EXPECT_EQ(load(raised.interaction.uuid)->interaction.process_stage, 9);
    EXPECT_EQ(notes_of(raised.incident.id),
              (Texts{"Door broken", "Escalated: not answered by its deadline"}));
    EXPECT_EQ(count("mail"), 2);
    EXPECT_TRUE(escalate().empty());
}

TEST_F(Issues, what_is_answered_closed_or_not_due_today_is_not_escalated) {
    const auto answered = raise(wanted());
    const auto closed = raise(wanted());
    raise(wanted());
    auto in = work();
    ASSERT_TRUE(reject_answer(in, *load(answered.interaction.uuid), answered.incident, "R", "t").ok());
    ASSERT_TRUE(close_case_of(in, closed.incident.uuid, std::nullopt).ok());
    clock_.advance(kToDeadline + std::chrono::days{1});
    EXPECT_TRUE(escalate().empty());
    clock_.advance(-std::chrono::days{1});
    EXPECT_EQ(escalate().size(), 1U);
}

TEST_F(Issues, who_is_not_there_is_not_told) {
    NewIssue nobodys = wanted();
    nobodys.links.patch.reset();
    nobodys.links.created_by.reset();
    raise(nobodys);
    NewIssue of_manager = wanted();
    of_manager.links.patch.reset();
    of_manager.links.manager_area = kManagerArea;
    raise(of_manager);
    run("UPDATE officer SET active = 0, row_seal = NULL WHERE id = $1", kOther);
    seal_rows();
    clock_.advance(kToDeadline);
    const auto done = escalate();
    ASSERT_EQ(done.size(), 2U);
    EXPECT_EQ(done[0].officer_name, "");
    EXPECT_EQ(done[1].officer_name, "Mo Manager");
    for (const auto& one : done) {
        EXPECT_TRUE(one.escalated);
        EXPECT_FALSE(one.officer_told);
        EXPECT_FALSE(one.manager_told);
    }
}

TEST_F(Issues, a_damaged_issue_is_not_escalated_and_the_others_are) {
    const auto damaged = raise(wanted());
    const auto sound = raise(wanted());
    run("UPDATE issue SET location = NULL WHERE interaction_id = $1", damaged.interaction.id);
    clock_.advance(kToDeadline);
    const auto done = escalate();
    ASSERT_EQ(done.size(), 2U);
    EXPECT_FALSE(done[0].escalated);
    EXPECT_FALSE(done[0].officer_told);
    EXPECT_TRUE(done[1].escalated);
    EXPECT_EQ(load(sound.interaction.uuid)->interaction.process_stage, 9);
    EXPECT_EQ(
        select<std::int64_t>("SELECT process_stage FROM interaction WHERE id = $1", damaged.interaction.id),
        0);
}

}  // namespace
}  // namespace tenantry::housing
