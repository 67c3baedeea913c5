#include "register/issue.hpp"

#include <fmt/format.h>

#include <array>

#include "register/sealed_texts.hpp"
#include "register/sql.hpp"
#include "register/working_day.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<1> kColumns{"issue", {"location"}};

std::optional<std::int64_t> days_of(const std::optional<Date>& date) {
    return date ? std::optional{to_days(*date)} : std::nullopt;
}

RowIdentity identity(const Issue& issue) {
    const IssueFacts& f = issue.facts;
    return {issue.interaction.uuid, f.version,
            RowFacts{}
                .add(issue.interaction.id.value)
                .add(issue.interaction.uuid)
                .add(f.version)
                .add(f.service_area)
                .add(f.service_area_name)
                .add(to_days(f.deadline))
                .add(days_of(f.projected_on))
                .add(days_of(f.completed_on))};
}

/// A row as it is stored, with its interaction's identity.
struct StoredIssue {
    Issue issue;  ///< without the location; of its interaction id and uuid only
    TextBlobs<1> location;
    ByteView row_seal;
};

StoredIssue read_stored(const db::Rows& rows) {
    StoredIssue stored;
    IssueFacts& f = stored.issue.facts;
    rows.into(stored.issue.interaction.id, f.version, stored.location[0], f.service_area, f.service_area_name,
              f.deadline, f.projected_on, f.completed_on, stored.row_seal, stored.issue.interaction.uuid);
    return stored;
}

Result<IssueFacts> open_facts(StoredIssue stored, const crypto::KeyRing& keys) {
    IssueFacts& f = stored.issue.facts;
    auto texts = TRY(open_texts(keys, kColumns, identity(stored.issue), stored.location, stored.row_seal));
    f.location = std::move(texts[0]);
    return std::move(f);
}

Result<std::int64_t> write_row(audit::Work& work, const db::Sql& sql, const Issue& issue) {
    const IssueFacts& f = issue.facts;
    const auto sealed = seal_texts(work.keys(), kColumns, identity(issue), PlainTexts<1>{f.location});
    return work.tx().execute(sql, issue.interaction.id, f.version, sealed.blobs[0], f.service_area,
                             f.service_area_name, f.deadline, f.projected_on, f.completed_on,
                             sealed.row_seal);
}

Date uk_date(Instant at) {
    return Date{std::chrono::floor<std::chrono::days>(uk_time(at))};
}

/// "Wednesday 01 April 2026".
std::string long_date(Date date) {
    constexpr std::array kDays{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
    constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                                 "July",    "August",   "September", "October", "November", "December"};
    return fmt::format("{} {:02} {} {}",
                       kDays.at(std::chrono::weekday{std::chrono::sys_days{date}}.c_encoding()),
                       static_cast<unsigned>(date.day()), kMonths.at(static_cast<unsigned>(date.month()) - 1),
                       static_cast<int>(date.year()));
}

/// "Responder: Ri R on 03/03/2026 19:30:00", by clocks in the United Kingdom.
std::string responder_line(std::string_view responder, Instant at) {
    return fmt::format("Responder: {} on {}", responder, uk_note_time(at));
}

Result<IssueList> list_from(audit::Work& work, Result<db::Rows> found) {
    PageOfIds numbers;
    {
        db::Rows rows = TRY(std::move(found));
        while (TRY(rows.next())) {
            rows.into(numbers.ids.emplace_back());
        }
    }
    return list_issues(work, numbers);
}

}  // namespace

Result<Casework> raise_issue(audit::Work& work, const Interaction& meeting, NewIssue wanted) {
    Interaction raised = std::move(wanted.links);
    raised.process_type = ProcessType::Issue;
    raised.parent = meeting.id;
    if (!raised.association) {
        raised.association = meeting.association;
    }
    Incident incident;
    incident.title = std::move(wanted.title);
    incident.description = wanted.note;
    auto all = TRY(log_interaction(work, std::move(incident), std::move(raised), std::move(wanted.note)));
    Issue issue;
    issue.interaction = all.interaction;
    issue.facts.version = 1;
    issue.facts.location = std::move(wanted.location);
    issue.facts.deadline = add_working_days(uk_date(work.now()), kAnswerDays);
    TRY(write_row(work, sql::issue::insert, issue));
    TRY(work.changed({.action = "issue.raised", .resource = issue.interaction.id.value, .version = 1}));
    return all;
}

Result<Issue> load_issue(audit::Work& work, const Uuid& interaction) {
    Issue issue;
    issue.interaction = TRY(load_interaction(work, interaction));
    PageOfIds number;
    number.ids.push_back(issue.interaction.id.value);
    db::Rows rows = TRY(work.tx().query(sql::issue::find_all, number.json()));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such issue"};
    }
    issue.facts = TRY(open_facts(read_stored(rows), work.keys()));
    return issue;
}

Result<Incident> load_case_of(audit::Work& work, const Issue& issue, const std::optional<Uuid>& named) {
    auto incident = TRY(load_incident(work, issue.interaction.incident));
    if (named && *named != incident.uuid) {
        return Error{Code::NotFound, "The issue has another case"};
    }
    return incident;
}

Result<Issue> update_issue(audit::Work& work, Issue issue) {
    ++issue.facts.version;
    if (TRY(write_row(work, sql::issue::update, issue)) != 1) {
        return kStaleEdit;
    }
    issue.interaction = TRY(update_interaction(work, std::move(issue.interaction), "issue.updated"));
    return issue;
}

Result<void> remove_issue(audit::Work& work, const Issue& issue, Incident incident) {
    TRY(close_incident(work, std::move(incident), std::nullopt));
    TRY(work.tx().execute(sql::issue::remove, issue.interaction.id));
    TRY(work.tx().execute(sql::issue::remove_interaction, issue.interaction.id));
    return work.changed(
        {.action = "issue.removed", .resource = issue.interaction.id.value, .version = issue.facts.version});
}

Result<void> close_case_of(audit::Work& work, const Uuid& incident, const std::optional<std::string>& said) {
    auto found = TRY(load_incident(work, incident));
    std::vector<Uuid> interactions;
    {
        db::Rows rows = TRY(work.tx().query(sql::issue::list_interactions_of_incident, found.id));
        while (TRY(rows.next())) {
            rows.into(interactions.emplace_back());
        }
    }
    for (const auto& uuid : interactions) {
        TRY(close_interaction(work, TRY(load_interaction(work, uuid))));
    }
    if (said) {
        TRY(create_incident_note(work, found, *said));
    }
    TRY(close_incident(work, std::move(found), said));
    return {};
}

Result<IncidentNote> answer_issue(audit::Work& work, Issue issue, const Incident& incident, Answer answer) {
    std::string note = fmt::format("Response from: {}\n{}\n", answer.service_area_name, answer.text);
    if (answer.stage == kStageCompleted) {
        note += "Completed by service area\n";
        issue.facts.completed_on = uk_date(work.now());
    } else if (answer.projected_on) {
        note += long_date(*answer.projected_on) + '\n';
    }
    note += responder_line(answer.responder, work.now());
    issue.facts.service_area = answer.service_area;
    issue.facts.service_area_name = none_if_empty(answer.service_area_name);
    issue.facts.projected_on = answer.projected_on;
    issue.interaction.process_stage = answer.stage;
    TRY(update_issue(work, std::move(issue)));
    return create_incident_note(work, incident, std::move(note));
}

Result<IncidentNote> reject_answer(audit::Work& work, Issue issue, const Incident& incident,
                                   std::string_view responder, std::string_view text) {
    issue.interaction.process_stage.reset();
    issue.facts.completed_on.reset();
    TRY(update_issue(work, std::move(issue)));
    return create_incident_note(
        work, incident,
        fmt::format("Response rejected\n{}\n{}", text, responder_line(responder, work.now())));
}

Result<IssueList> list_issues_of_meeting(audit::Work& work, const Uuid& meeting) {
    return list_from(work, work.tx().query(sql::issue::list_of_meeting, meeting));
}

Result<IssueList> list_issues_of_association(audit::Work& work, Id<Association> association) {
    return list_from(work, work.tx().query(sql::issue::list_of_association, association));
}

Result<FactsOfIssues> find_issue_facts(audit::Work& work, const PageOfIds& numbers) {
    FactsOfIssues all;
    if (numbers.ids.empty()) {
        return all;
    }
    std::vector<std::int64_t> damaged;
    {
        db::Rows rows = TRY(work.tx().query(sql::issue::find_all, numbers.json()));
        while (TRY(rows.next())) {
            const auto stored = read_stored(rows);
            auto facts = open_facts(stored, work.keys());
            if (!facts.ok()) {
                damaged.push_back(stored.issue.interaction.id.value);
            }
            all.emplace(stored.issue.interaction.id, facts.ok() ? *std::move(facts) : stored.issue.facts);
        }
    }
    for (const auto id : damaged) {
        TRY(work.read({.action = "issue.damaged", .resource = id, .outcome = audit::Outcome::Failed}));
    }
    return all;
}

Result<IssueList> list_issues(audit::Work& work, const PageOfIds& numbers) {
    IssueList list;
    if (numbers.ids.empty()) {
        return list;
    }
    auto interactions = TRY(list_interactions(work, numbers.ids));
    auto facts = TRY(find_issue_facts(work, numbers));
    for (auto& item : interactions.items) {
        const auto id = item.interaction.id;
        list.issues.push_back({std::move(item), std::move(facts[id])});
    }
    list.officers = std::move(interactions.officers);
    return list;
}

Result<void> check_issues(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::issue::list_after, 0));
    while (TRY(rows.next())) {
        const auto stored = read_stored(rows);
        report.add("issue", stored.issue.interaction.id.value,
                   open_facts(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_issues(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::issue::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredIssue s = read_stored(rows);
        reseal(some, {s.issue.interaction.id.value, s.issue.facts.version}, kColumns, identity(s.issue),
               s.location, s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
