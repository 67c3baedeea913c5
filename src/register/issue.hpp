// Something raised at a meeting of an association: an interaction whose parent is the meeting, with what an
// issue has besides. An answer is due within 15 working days. Where it is is sealed: that may be somebody's
// door.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "register/interaction_list.hpp"
#include "register/meeting.hpp"
#include "register/officer.hpp"

namespace tenantry::housing {

/// How many working days the landlord has for an answer.
inline constexpr int kAnswerDays = 15;

struct IssueFacts {
    std::int64_t version = 0;
    std::optional<std::string> location;
    std::optional<std::int64_t> service_area;  ///< who in the landlord's services answers for it
    std::optional<std::string> service_area_name;
    Date deadline{};
    std::optional<Date> projected_on;
    std::optional<Date> completed_on;
};

struct Issue {
    Interaction interaction;
    IssueFacts facts;
};

struct NewIssue {
    Interaction links;  ///< patch, manager's area, area, officer, nature and subject; the rest is given
    std::string title;
    std::string note;
    std::optional<std::string> location;
};

/// Opens a case for what was raised at the meeting, with a note on it; its association is the meeting's where
/// the links name none. Due from today on, as clocks in the United Kingdom have it. Conflict: something that
/// it links to does not exist.
[[nodiscard]] Result<Casework> raise_issue(audit::Work& work, const Interaction& meeting, NewIssue wanted);

/// For a change, which is what is journaled. NotFound where there is none; Corrupt where a field or a row's
/// seal does not hold.
[[nodiscard]] Result<Issue> load_issue(audit::Work& work, const Uuid& interaction);
/// Its case, which must be the named one where one is named: NotFound else.
[[nodiscard]] Result<Incident> load_case_of(audit::Work& work, const Issue& issue,
                                            const std::optional<Uuid>& named);
/// Stores the issue as it is now over the version that it was read as. Conflict: changed meanwhile.
[[nodiscard]] Result<Issue> update_issue(audit::Work& work, Issue issue);
/// Closes its case and removes the issue and its interaction. Conflict: an interaction came from it.
[[nodiscard]] Result<void> remove_issue(audit::Work& work, const Issue& issue, Incident incident);
/// Closes the case, with a note and as its resolution what was said, and every interaction on it. NotFound:
/// no such case.
[[nodiscard]] Result<void> close_case_of(audit::Work& work, const Uuid& incident,
                                         const std::optional<std::string>& said);

/// What the landlord's service answers.
struct Answer {
    std::string responder;
    std::string text;
    std::optional<std::int64_t> service_area;
    std::string service_area_name;
    std::int64_t stage = kStageOpen;
    std::optional<Date> projected_on;
};
/// Notes the answer and what becomes of the issue. At kStageCompleted it was done today.
[[nodiscard]] Result<IncidentNote> answer_issue(audit::Work& work, Issue issue, const Incident& incident,
                                                Answer answer);
/// Notes that the association does not take the answer: the issue is at no stage again.
[[nodiscard]] Result<IncidentNote> reject_answer(audit::Work& work, Issue issue, const Incident& incident,
                                                 std::string_view responder, std::string_view text);

struct ListedIssue {
    ListedInteraction listed;
    IssueFacts facts;  ///< without a location where that does not open, which is journaled
};
struct IssueList {
    std::vector<ListedIssue> issues;  ///< in order of number
    OfficerNames officers;            ///< names of those in the issues
};
/// The same few statements whatever the length. Nothing where there is no such meeting or association.
[[nodiscard]] Result<IssueList> list_issues_of_meeting(audit::Work& work, const Uuid& meeting);
[[nodiscard]] Result<IssueList> list_issues_of_association(audit::Work& work, Id<Association> association);
/// These issues, by number.
[[nodiscard]] Result<IssueList> list_issues(audit::Work& work, const PageOfIds& numbers);

using FactsOfIssues = std::unordered_map<Id<Interaction>, IssueFacts>;
/// What these interactions have as issues, without a location where that does not open, which is journaled.
/// The caller journals what it shows.
[[nodiscard]] Result<FactsOfIssues> find_issue_facts(audit::Work& work, const PageOfIds& numbers);

/// Opens every issue and tells the report.
[[nodiscard]] Result<void> check_issues(db::Transaction& tx, const crypto::KeyRing& keys,
                                        CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_issues(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
