// What is raised at meetings of associations (contract 4.12: M2, M4 to M6), and M1, which makes meetings and
// issues alike.
#include "register/issue.hpp"

#include <array>

#include "api/hackney/input.hpp"
#include "api/hackney/reply.hpp"
#include "api/hackney/routes.hpp"
#include "base/text.hpp"
#include "json/writer.hpp"

namespace tenantry::api::hackney {

namespace {

using access::Permission;
using housing::Issue;

constexpr Error kBadBody{Code::Invalid, "The request lacks something, or it cannot be read"};

/// An id that the original takes as text: blank is none, anything else that is no uuid an error.
Result<std::optional<Uuid>> guid(const Fields& fields, std::string_view name) {
    const auto text = fields.text(name);
    if (!is_given(text)) {
        return std::optional<Uuid>{};
    }
    const auto uuid = parse_guid(*text);
    if (!uuid) {
        return kBadBody;
    }
    return uuid;
}

/// A number that is sent as text, or a number. Blank is none.
Result<std::optional<std::int64_t>> number(const Fields& fields, std::string_view name) {
    const auto text = fields.text(name);
    if (!is_given(text)) {
        return std::optional<std::int64_t>{};
    }
    const auto value = parse_number(*text);
    if (!value) {
        return kBadBody;
    }
    return value;
}

/// A stage by number or name. Nothing where none is given.
Result<std::optional<std::int64_t>> stage(const Fields& fields) {
    struct Stage {
        std::string_view name;
        std::string_view digit;
        std::int64_t value;
    };
    constexpr std::array kStages{Stage{"notcompleted", "0", housing::kStageOpen},
                                 Stage{"completed", "8", housing::kStageCompleted},
                                 Stage{"escalated", "9", housing::kStageEscalated}};
    const auto text = fields.text("issueStage");
    if (!is_given(text)) {
        return std::optional<std::int64_t>{};
    }
    const std::string wanted = fold(*text);
    for (const auto& one : kStages) {
        if (wanted == one.name || wanted == one.digit) {
            return std::optional{one.value};
        }
    }
    return kBadBody;
}

std::string given_or_empty(const std::optional<std::string>& text) {
    return text.value_or("");
}

struct Answered {
    Uuid incident;
    Uuid interaction;
    std::optional<Uuid> note;
    std::string_view action;
};

http::Response reply_with(int status, const Answered& answered) {
    std::string body;
    json::Writer w{body};
    w.begin_object();
    w.key("incidentId").uuid(answered.incident);
    w.key("interactionId").uuid(answered.interaction);
    w.key("annotationId");
    write_uuid(w, answered.note);
    w.key("action").text(answered.action);
    w.end_object();
    return utf8_reply(status, std::move(body));
}

/// What M1 says of either kind.
struct Wanted {
    std::optional<std::int64_t> process_type;
    std::optional<Uuid> meeting;
    housing::Interaction links;
    std::string title;
    std::string description;
    std::optional<std::string> location;
};

Result<Wanted> read_wanted(Call& call) {
    Body body{call.request};
    const auto fields = body.fields();
    const auto request = fields.object("ServiceRequest");
    if (!request) {
        return kBadBody;
    }
    Wanted wanted;
    wanted.process_type = TRY(number(fields, "processType"));
    wanted.meeting = TRY(guid(fields, "parentInteractionId"));
    wanted.title = given_or_empty(request->text("title"));
    wanted.description = given_or_empty(request->note("description"));
    wanted.location = fields.text("issueLocation");
    const auto links =
        TRY(housing::find_links(call.work.tx(), {.patch = TRY(guid(fields, "officerPatchId")),
                                                 .manager_area = TRY(guid(fields, "managerId")),
                                                 .area = TRY(number(fields, "areaName")),
                                                 .officer = TRY(guid(fields, "estateOfficerId"))}));
    wanted.links.patch = links.patch;
    wanted.links.manager_area = links.manager_area;
    wanted.links.area = links.area;
    wanted.links.created_by = links.officer;
    if (const auto association = TRY(number(fields, "TRAId"))) {
        wanted.links.association = Id<housing::Association>{*association};
    }
    wanted.links.nature_of_enquiry = fields.text("natureOfEnquiry");
    wanted.links.enquiry_subject = fields.text("enquirySubject");
    if (body.is_null()) {
        return kBadBody;
    }
    return wanted;
}

Result<housing::Casework> create_either(Call& call, Wanted wanted) {
    constexpr auto kMeeting = static_cast<std::int64_t>(housing::ProcessType::Process);
    constexpr auto kIssue = static_cast<std::int64_t>(housing::ProcessType::Issue);
    if (wanted.process_type == kMeeting) {
        return housing::hold_meeting(
            call.work, {std::move(wanted.links), std::move(wanted.title), std::move(wanted.description)});
    }
    if (wanted.process_type != kIssue || !wanted.meeting) {
        return kBadBody;
    }
    const auto meeting = TRY(housing::load_meeting(call.work, *wanted.meeting));
    if (!wanted.links.nature_of_enquiry) {
        wanted.links.nature_of_enquiry = housing::kMeetingNature;
    }
    return housing::raise_issue(call.work, meeting.interaction,
                                {std::move(wanted.links), std::move(wanted.title),
                                 std::move(wanted.description), std::move(wanted.location)});
}

Result<http::Response> create(Call& call) {
    const auto made = TRY(create_either(call, TRY(read_wanted(call))));
    std::string body;
    json::Writer w{body};
    w.begin_object();
    w.key("incidentId").uuid(made.incident.uuid);
    w.key("interactionId").uuid(made.interaction.uuid);
    w.key("ticketNumber").text(made.incident.ticket_number);
    w.key("annotationId");
    write_uuid(w, made.note ? std::optional{made.note->uuid} : std::nullopt);
    w.end_object();
    return utf8_reply(201, std::move(body));
}

/// What M2 says.
struct Change {
    std::optional<Uuid> interaction;
    std::optional<Uuid> incident;
    std::optional<Uuid> officer;
    std::optional<Uuid> note_to_change;
    std::optional<Uuid> pdf;
    std::optional<Uuid> signature;
    std::optional<std::string> note;
    std::optional<std::string> location;
    std::optional<std::string> subject;
    std::optional<std::int64_t> service_area;
    std::optional<std::int64_t> stage;
    bool is_new_note = false;
    bool is_to_be_deleted = false;
};

Result<Change> read_change(const http::Request& request) {
    Body body{request};
    const auto fields = body.fields();
    Change change;
    change.interaction = TRY(guid(fields, "issueInteractionId"));
    change.incident = TRY(guid(fields, "issueIncidentId"));
    change.officer = TRY(guid(fields, "estateOfficerId"));
    change.note_to_change = TRY(guid(fields, "annotationId"));
    change.pdf = TRY(guid(fields, "pdfId"));
    change.signature = TRY(guid(fields, "signatureId"));
    change.note = fields.note("note");
    change.location = fields.text("issueLocation");
    change.subject = fields.text("enquirySubject");
    change.service_area = TRY(number(fields, "serviceArea"));
    change.stage = TRY(stage(fields));
    change.is_new_note = fields.boolean("isNewNote").value_or(false);
    change.is_to_be_deleted = fields.boolean("issueIsToBeDeleted").value_or(false);
    if (body.is_null() || !change.interaction) {
        return kBadBody;
    }
    return change;
}

/// Writes the note, or another text over the one that is named.
Result<void> change_note(Call& call, const housing::Incident& incident, const Change& change) {
    if (!is_given(change.note)) {
        return {};
    }
    if (change.is_new_note) {
        TRY(housing::create_incident_note(call.work, incident, *change.note));
        return {};
    }
    if (change.note_to_change) {
        auto note = TRY(housing::load_incident_note(call.work, *change.note_to_change));
        if (note.incident != incident.id) {
            return Error{Code::NotFound, "The note is on another case"};
        }
        note.text = *change.note;
        TRY(housing::update_incident_note(call.work, std::move(note)));
    }
    return {};
}

Result<void> change_facts(Call& call, Issue issue, const Change& change) {
    if (change.officer) {
        issue.interaction.updated_by =
            TRY(housing::find_links(call.work.tx(), {.officer = change.officer})).officer;
    }
    if (change.stage) {
        issue.interaction.process_stage = change.stage;
    }
    if (is_given(change.subject)) {
        issue.interaction.enquiry_subject = change.subject;
    }
    if (change.location) {
        issue.facts.location = change.location;
    }
    if (change.service_area) {
        issue.facts.service_area = change.service_area;
    }
    TRY(housing::update_issue(call.work, std::move(issue)));
    return {};
}

/// The original keeps the papers of a meeting through this endpoint, too.
Result<http::Response> change_meeting(Call& call, const Change& change) {
    auto meeting = TRY(housing::load_meeting(call.work, *change.interaction));
    const auto incident = meeting.incident;
    if (change.incident && *change.incident != incident) {
        return Error{Code::NotFound, "The meeting has another case"};
    }
    TRY(housing::file_papers(call.work, std::move(meeting), change.signature, change.pdf));
    return reply_with(201, {incident, *change.interaction, std::nullopt, "Updated"});
}

Result<http::Response> update(Call& call) {
    const auto change = TRY(read_change(call.request));
    auto issue = housing::load_issue(call.work, *change.interaction);
    if (!issue.ok() && issue.error().code == Code::NotFound && (change.pdf || change.signature)) {
        return change_meeting(call, change);
    }
    if (!issue.ok()) {
        return issue.error();
    }
    const auto incident = TRY(housing::load_case_of(call.work, *issue, change.incident));
    if (change.is_to_be_deleted) {
        TRY(housing::remove_issue(call.work, *issue, incident));
        return reply_with(201, {incident.uuid, *change.interaction, std::nullopt, "Deleted"});
    }
    TRY(change_note(call, incident, change));
    TRY(change_facts(call, *std::move(issue), change));
    return reply_with(201, {incident.uuid, *change.interaction, std::nullopt, "Updated"});
}

/// The issue in the path, and its case, which must be the one that the body names.
struct IssueAndCase {
    Issue issue;
    housing::Incident incident;
};
Result<IssueAndCase> issue_in(Call& call, const std::optional<Uuid>& named) {
    auto issue = TRY(housing::load_issue(call.work, parse_guid(call.path_values[0]).value_or(Uuid{})));
    auto incident = TRY(housing::load_case_of(call.work, issue, named));
    return IssueAndCase{std::move(issue), std::move(incident)};
}

http::Response reply_with(const Uuid& issue, const housing::Incident& incident,
                          const housing::IncidentNote& note) {
    return reply_with(200, {incident.uuid, issue, note.uuid, "Updated"});
}

Result<http::Response> add_response(Call& call) {
    Body body{call.request};
    const auto fields = body.fields();
    const auto named = TRY(guid(fields, "issueIncidentId"));
    const auto wanted_stage = stage(fields);
    housing::Answer answer;
    answer.responder = given_or_empty(fields.text("responderName"));
    answer.text = given_or_empty(fields.note("responseText"));
    answer.service_area = fields.integer("serviceAreaId");
    answer.service_area_name = given_or_empty(fields.text("serviceAreaName"));
    answer.projected_on = fields.date("projectedCompletionDate");
    if (body.is_null() || !wanted_stage.ok()) {
        return empty_reply(400);
    }
    answer.stage = wanted_stage->value_or(housing::kStageOpen);
    if (answer.stage == housing::kStageOpen && !answer.projected_on) {
        return empty_reply(400);
    }
    auto [issue, incident] = TRY(issue_in(call, named));
    const auto id = issue.interaction.uuid;
    return reply_with(id, incident,
                      TRY(housing::answer_issue(call.work, std::move(issue), incident, std::move(answer))));
}

Result<http::Response> reject_response(Call& call) {
    Body body{call.request};
    const auto fields = body.fields();
    const auto named = TRY(guid(fields, "issueIncidentId"));
    const auto responder = given_or_empty(fields.text("responderName"));
    const auto text = given_or_empty(fields.note("responseText"));
    if (body.is_null()) {
        return empty_reply(400);
    }
    auto [issue, incident] = TRY(issue_in(call, named));
    const auto id = issue.interaction.uuid;
    return reply_with(id, incident,
                      TRY(housing::reject_answer(call.work, std::move(issue), incident, responder, text)));
}

/// The body is a text, the note; anything else is none.
Result<http::Response> close(Call& call) {
    const auto incident = parse_guid(call.path_values[0]);
    if (!incident || *incident == Uuid{}) {
        return empty_reply(400);
    }
    std::optional<std::string> said;
    if (auto parsed = note_body(call.request); is_given(parsed)) {
        said = std::move(parsed);
    }
    TRY(housing::close_case_of(call.work, *incident, said));
    std::string body;
    json::Writer w{body};
    w.begin_object();
    w.key("incidentId").uuid(*incident);
    w.key("status").text("Closed");
    w.end_object();
    return utf8_reply(200, std::move(body));
}

constexpr Guard kManages = Guard::needs(Permission::MeetingsManage);
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr Route kRoutes[] = {
    {"POST", "/v1/ETRA/CreateETRAMeetingOrIssue", kManages, kNoCsrf, Run::Write, create, nullptr,
     fail_in_object},
    {"PATCH", "/v1/ETRA/UpdateETRAIssue", kManages, kNoCsrf, Run::Write, update, nullptr, fail_in_object},
    {"PATCH", "/v1/ETRA/add-issue-response/{id}", kManages, kNoCsrf, Run::Write, add_response, nullptr,
     fail_in_filter},
    {"PATCH", "/v1/ETRA/reject-response/{issueId}", kManages, kNoCsrf, Run::Write, reject_response, nullptr,
     fail_in_filter},
    {"PATCH", "/v1/ETRA/close-incident/{id}", kManages, kNoCsrf, Run::Write, close, nullptr, fail_in_filter},
};

}  // namespace

std::span<const Route> issue_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
