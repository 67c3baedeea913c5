#include "register/escalation.hpp"

#include <fmt/format.h>

#include "register/mail.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr std::string_view kEscalated = "Escalated: not answered by its deadline";

/// An issue that is due, and who is to be told.
struct Due {
    Id<Interaction> issue;
    std::optional<Id<Officer>> officer;
    std::optional<Id<Officer>> manager;
};

Result<std::vector<Due>> find_due(audit::Work& work) {
    std::vector<Due> all;
    const Date today{std::chrono::floor<std::chrono::days>(uk_time(work.now()))};
    db::Rows rows = TRY(work.tx().query(sql::issue::list_due, today));
    while (TRY(rows.next())) {
        Due& due = all.emplace_back();
        rows.into(due.issue, due.officer, due.manager);
    }
    return all;
}

using Officers = std::unordered_map<Id<Officer>, Officer>;

Result<Officers> officers_of(audit::Work& work, const std::vector<Due>& all) {
    std::set<Id<Officer>> wanted;
    for (const auto& due : all) {
        for (const auto& officer : {due.officer, due.manager}) {
            if (officer) {
                wanted.insert(*officer);
            }
        }
    }
    Officers officers;
    for (auto& officer : TRY(find_officers(work, wanted))) {
        const auto id = officer.id;
        officers.emplace(id, std::move(officer));
    }
    return officers;
}

const Officer* find_in(const Officers& officers, const std::optional<Id<Officer>>& id) {
    const auto found = id ? officers.find(*id) : officers.end();
    return found == officers.end() ? nullptr : &found->second;
}

/// False where there is nobody to tell, or they left.
Result<bool> tell(audit::Work& work, const Officer* officer, const ListedIssue& issue) {
    if (officer == nullptr || !officer->active) {
        return false;
    }
    return queue_mail(
        work, officer->account.email, fmt::format("Issue {} is overdue", issue.listed.ticket_number),
        fmt::format("Issue {} ({}), raised on {}, was to be answered by {}.\n"
                    "It has not been, and is now escalated.\n",
                    issue.listed.ticket_number, issue.listed.enquiry_subject.value_or("no subject"),
                    format_date(Date{
                        std::chrono::floor<std::chrono::days>(uk_time(issue.listed.interaction.created_at))}),
                    format_date(issue.facts.deadline)));
}

/// Puts the issue on its stage and notes it. Corrupt where it does not open.
Result<void> escalate(audit::Work& work, const ListedIssue& listed) {
    auto issue = TRY(load_issue(work, listed.listed.interaction.uuid));
    const auto incident = TRY(load_case_of(work, issue, std::nullopt));
    issue.interaction.process_stage = kStageEscalated;
    TRY(update_issue(work, std::move(issue)));
    TRY(create_incident_note(work, incident, std::string{kEscalated}));
    return {};
}

}  // namespace

Result<std::vector<Escalation>> escalate_due_issues(audit::Work& work) {
    const auto all_due = TRY(find_due(work));
    PageOfIds numbers;
    for (const auto& due : all_due) {
        numbers.ids.push_back(due.issue.value);
    }
    auto list = TRY(list_issues(work, numbers));
    const auto officers = TRY(officers_of(work, all_due));
    std::vector<Escalation> escalations;
    for (std::size_t i = 0; i < list.issues.size(); ++i) {
        const Due& due = all_due[i];
        Escalation& one = escalations.emplace_back();
        one.issue = std::move(list.issues[i]);
        VERIFY(one.issue.listed.interaction.id == due.issue);
        const Officer* officer = find_in(officers, due.officer);
        one.officer_name = officer != nullptr ? officer->account.full_name() : "";
        const auto done = escalate(work, one.issue);
        if (!done.ok() && done.error().code != Code::Corrupt) {
            return done.error();
        }
        one.escalated = done.ok();
        if (one.escalated) {
            one.issue.listed.interaction.process_stage = kStageEscalated;
            one.officer_told = TRY(tell(work, officer, one.issue));
            one.manager_told = TRY(tell(work, find_in(officers, due.manager), one.issue));
        }
    }
    return escalations;
}

}  // namespace tenantry::housing
