// Meetings, second version (contract 4.14): an officer saves a whole meeting at once, the association gets a
// letter with a token that opens this meeting alone, reads it there and signs it off.
#include "api/hackney/meetings_v2.hpp"

#include <utility>

#include "access/token.hpp"
#include "api/hackney/input.hpp"
#include "api/hackney/reply.hpp"
#include "api/hackney/routes.hpp"
#include "api/services.hpp"
#include "json/writer.hpp"
#include "register/escalation.hpp"
#include "register/meeting_letter.hpp"
#include "register/signature.hpp"

namespace tenantry::api::hackney {

namespace {

using access::Permission;
using housing::Attendance;
using housing::Meeting;

/// How long the association's token opens its meeting.
constexpr std::chrono::hours kTokenLife{24 * 100};
constexpr Error kNoOfficer{Code::Internal, "The token names no officer"};
constexpr Error kNoMeeting{Code::Internal, "The token opens no meeting"};
constexpr Error kNoAttendance{Code::Invalid, "The meeting has no attendance"};

// Who the caller is.

/// What an officer's token says of them.
struct OfficerToken {
    housing::LinkNames links;
    std::string full_name;
};

/// A JSON text in the claim "meeting", which the original takes for the third one. Internal: there is none,
/// or it names no officer.
Result<OfficerToken> officer_of(const json::Value& claims) {
    const auto* value = claims.find("meeting");
    if (const auto* all = claims.as<json::Object>(); value == nullptr && all != nullptr && all->size() > 2) {
        value = &(*all)[2].second;
    }
    const auto* text = value != nullptr ? value->as<std::string>() : nullptr;
    if (text == nullptr) {
        return kNoOfficer;
    }
    Body body{std::string_view{*text}};
    const auto fields = body.fields();
    OfficerToken token;
    token.links.officer = fields.uuid("officerId");
    token.links.patch = fields.uuid("officerPatchId");
    token.links.area = fields.integer("areaId");
    token.full_name = fields.text("fullName").value_or("");
    if (body.is_null() || !token.links.officer) {
        return kNoOfficer;
    }
    return token;
}

/// A token that opens one meeting.
std::string meeting_token(Call& call, const Uuid& meeting, std::string_view officer,
                          Id<housing::Association> association) {
    const auto seconds = to_millis(call.work.now()) / 1000;
    std::string claims;
    json::Writer w{claims};
    w.begin_object();
    w.key("meetingId").uuid(meeting);
    w.key("officerName").text(officer);
    w.key("traId").text(std::to_string(association.value));
    w.key("role").text("meeting");  // no role of the register: it may do nothing
    w.key("nbf").integer(seconds);
    w.key("exp").integer(seconds + std::chrono::seconds{kTokenLife}.count());
    w.key("iat").integer(seconds);
    w.end_object();
    return access::sign_token(call.services.token_secret, claims);
}

/// The meeting of the caller's token.
Result<Uuid> meeting_of(const Call& call) {
    const auto& meeting = call.who().meeting;
    if (!meeting) {
        return kNoMeeting;
    }
    return *meeting;
}

// What is done.

/// The association, where there is one of this number.
Result<std::optional<housing::Association>> association_of(Call& call, std::int64_t number) {
    auto found = housing::find_association(call.work, {number});
    if (!found.ok() && found.error().code == Code::NotFound) {
        return std::optional<housing::Association>{};
    }
    return std::optional{TRY(std::move(found))};
}

/// Queues the letter about the meeting. False: there is nobody to write to.
Result<bool> write_to_association(Call& call, const std::optional<housing::Association>& association,
                                  const Uuid& meeting, std::string_view name, std::string_view officer,
                                  housing::MeetingLetter letter) {
    if (!association) {
        return false;
    }
    const auto& prefix = call.services.settings.meeting_link;
    const auto form = prefix.empty() ? housing::LinkForm::BareToken : housing::LinkForm::Address;
    return housing::queue_meeting_letter(call.work, *association, name, letter, form,
                                         prefix + meeting_token(call, meeting, officer, association->id));
}

Result<housing::Signing> store(Call& call, const SignOff& sign_off) {
    housing::Signing signing{sign_off.name, sign_off.role, std::nullopt};
    if (sign_off.image) {
        signing.signature = TRY(housing::store_signature(call.work, text_of(*sign_off.image)));
    }
    return signing;
}

Result<void> raise_issues(Call& call, const housing::Casework& held, std::vector<WantedIssue>& issues) {
    for (auto& issue : issues) {
        housing::NewIssue wanted;
        wanted.links.patch = held.interaction.patch;
        wanted.links.area = held.interaction.area;
        wanted.links.created_by = held.interaction.created_by;
        wanted.links.nature_of_enquiry = housing::kMeetingNature;
        wanted.links.enquiry_subject = issue.type;
        wanted.title = "Meeting issue";
        wanted.note = issue.notes.value_or("");
        wanted.location = issue.location;
        issue.id = TRY(housing::raise_issue(call.work, held.interaction, std::move(wanted))).interaction.uuid;
    }
    return {};
}

// How it is told.

void write_type(json::Writer& w, bool is_there, const std::optional<std::string>& type) {
    w.key("issueType");
    if (is_there) {
        w.begin_object().key("issueId").text_or_null(type).end_object();
    } else {
        w.null();
    }
}

void write_location(json::Writer& w, bool is_there, const std::optional<std::string>& location) {
    w.key("location");
    if (is_there) {
        w.begin_object().key("name").text_or_null(location).end_object();
    } else {
        w.null();
    }
}

void write_attendance(json::Writer& w, const Attendance& attendance) {
    w.key("meetingAttendance").begin_object();
    w.key("councillors").text_or_null(attendance.councillors);
    w.key("hackneyStaff").text_or_null(attendance.other_staff);
    w.key("attendees").integer(attendance.attendees.value_or(0));
    w.end_object();
}

void write_sign_off(json::Writer& w, const std::optional<SignOff>& sign_off, std::optional<Instant> at) {
    w.key("signOff");
    if (!sign_off) {
        w.null();
        return;
    }
    w.begin_object();
    w.key("signature").text_or_null(sign_off->signature);
    w.key("name").text_or_null(sign_off->name);
    w.key("role").text_or_null(sign_off->role);
    w.key("signOffDate");
    write_ticks(w, at.value_or(Instant{}));
    w.end_object();
}

/// Notes of an issue are told as one text.
std::string joined(const std::vector<housing::IncidentNote>& notes) {
    std::string all;
    for (const auto& note : notes) {
        all += all.empty() ? "" : "\n";
        all += note.text;
    }
    return all;
}

http::Response reply_with(const WantedMeeting& saved, const Uuid& id, Instant now, bool is_email_sent) {
    std::string body;
    json::Writer w{body};
    w.begin_object();
    w.key("id").uuid(id);
    w.key("incidentId").uuid({});
    w.key("meetingName").text_or_null(saved.name);
    w.key("issues");
    if (saved.issues) {
        w.begin_array();
        for (const auto& issue : *saved.issues) {
            w.begin_object();
            w.key("id").uuid(issue.id);
            write_type(w, issue.has_type, issue.type);
            write_location(w, issue.has_location, issue.location);
            w.key("notes").text_or_null(issue.notes);
            w.end_object();
        }
        w.end_array();
    } else {
        w.null();
    }
    write_attendance(w, saved.attendance.value_or(Attendance{}));
    write_sign_off(w, saved.sign_off, now);
    w.key("createdOn").text("0001-01-01T00:00:00");
    w.key("isEmailSent").boolean(is_email_sent);
    w.key("isSignedOff").boolean(saved.sign_off.has_value());
    w.end_object();
    return utf8_reply(200, std::move(body));
}

Result<http::Response> save(Call& call) {
    ModelState state;
    auto wanted = read_meeting(call.request, state);
    if (!state.holds()) {
        return state.reply();
    }
    if (!wanted.attendance) {
        return kNoAttendance;
    }
    const auto officer = TRY(officer_of(call.claims));
    const auto links = TRY(housing::find_links(call.work.tx(), officer.links));
    const auto association = TRY(association_of(call, wanted.association));
    housing::NewMeeting meeting;
    meeting.links.patch = links.patch;
    meeting.links.area = links.area;
    meeting.links.created_by = links.officer;
    meeting.links.association = association ? std::optional{association->id} : std::nullopt;
    meeting.name = *wanted.name;
    meeting.note = *wanted.name;
    meeting.attendance = *wanted.attendance;
    if (wanted.sign_off) {
        meeting.signing = TRY(store(call, *wanted.sign_off));
    }
    const auto held = TRY(housing::hold_meeting(call.work, std::move(meeting)));
    if (wanted.issues) {
        TRY(raise_issues(call, held, *wanted.issues));
    }
    const auto letter =
        wanted.sign_off ? housing::MeetingLetter::ConfirmSignature : housing::MeetingLetter::AskForSignature;
    const bool is_email_sent = TRY(write_to_association(call, association, held.interaction.uuid,
                                                        *wanted.name, officer.full_name, letter));
    return reply_with(wanted, held.interaction.uuid, call.work.now(), is_email_sent);
}

/// What the meeting's own record says of how it was signed.
Result<std::optional<SignOff>> sign_off_of(Call& call, const Meeting& meeting) {
    if (!meeting.confirmed_at) {
        return std::optional<SignOff>{};
    }
    SignOff sign_off{std::nullopt, meeting.signing.name, meeting.signing.role, {}};
    if (meeting.signing.signature) {
        const auto image = housing::find_signature(call.work, *meeting.signing.signature);
        if (image.ok()) {
            sign_off.signature = base64_encode(bytes_of(*image));
        } else if (image.error().code != Code::NotFound) {
            return image.error();  // one that is not found lies in a client's own store
        }
    }
    return std::optional{std::move(sign_off)};
}

Result<http::Response> show(Call& call) {
    const auto id = TRY(meeting_of(call));
    const auto meeting = TRY(housing::find_meeting(call.work, id));
    const auto issues = TRY(housing::list_issues_of_meeting(call.work, id));
    std::string body;
    json::Writer w{body};
    w.begin_object();
    w.key("id").uuid(id);
    w.key("meetingName").text(meeting.name);
    w.key("issues");
    if (issues.issues.empty()) {
        w.null();
    } else {
        w.begin_array();
        for (const auto& one : issues.issues) {
            w.begin_object();
            w.key("id").uuid(one.listed.interaction.uuid);
            write_type(w, true, one.listed.interaction.enquiry_subject);
            write_location(w, true, one.facts.location);
            w.key("notes").text(joined(one.listed.notes));
            w.end_object();
        }
        w.end_array();
    }
    write_attendance(w, meeting.attendance);
    write_sign_off(w, TRY(sign_off_of(call, meeting)), meeting.confirmed_at);
    w.key("isEmailSent").boolean(false);
    w.key("isSignedOff").boolean(meeting.confirmed_at.has_value());
    w.key("createdOn");
    write_instant(w, meeting.interaction.created_at);
    w.end_object();
    return utf8_reply(200, std::move(body));
}

/// The meeting's interaction stays open, and it may be signed again.
Result<http::Response> sign_off(Call& call) {
    ModelState state;
    const auto wanted = read_signing(call.request, state);
    if (!state.holds()) {
        return state.reply();
    }
    const auto id = TRY(meeting_of(call));
    auto meeting = TRY(housing::load_meeting(call.work, id));
    meeting = TRY(housing::sign_meeting(call.work, std::move(meeting), TRY(store(call, wanted))));
    const auto number = housing::number_of(meeting.interaction.association).value_or(0);
    const auto association = TRY(association_of(call, number));
    const auto* name = call.claims.member<std::string>("officerName");
    const bool is_email_sent =
        TRY(write_to_association(call, association, id, meeting.name, name != nullptr ? *name : "",
                                 housing::MeetingLetter::ConfirmSignature));
    std::string reply;
    json::Writer w{reply};
    w.begin_object();
    w.key("id").uuid(id);
    write_sign_off(w, wanted, meeting.confirmed_at);
    w.key("isSignedOff").boolean(true);
    w.key("isEmailSent").boolean(is_email_sent);
    w.end_object();
    return utf8_reply(200, std::move(reply));
}

void write_escalation(json::Writer& w, const housing::Escalation& one) {
    const auto& listed = one.issue.listed;
    w.begin_object();
    w.key("id").uuid(listed.interaction.uuid);
    w.key("serviceRequestId").uuid(listed.incident);
    w.key("areaId");
    write_integer(w, housing::number_of(listed.interaction.area));
    w.key("serviceOfficerEmailSent").boolean(one.officer_told);
    // The register knows no managers of service areas.
    w.key("serviceAreaManagerEmailSent").boolean(false);
    w.key("areaHousingManagerEmailSent").boolean(one.manager_told);
    w.key("dueDate");
    write_instant(w, std::chrono::sys_days{one.issue.facts.deadline});
    w.key("traId");
    write_integer(w, housing::number_of(listed.interaction.association));
    w.key("createdOn");
    write_instant(w, listed.interaction.created_at);
    w.key("ticketNumber").text(listed.ticket_number);
    w.key("housingOfficerName");
    if (one.officer_name.empty()) {
        w.null();
    } else {
        w.text(one.officer_name);
    }
    w.key("issueName").text_or_null(listed.enquiry_subject);
    write_type(w, true, listed.interaction.enquiry_subject);
    write_location(w, true, one.issue.facts.location);
    w.key("notes").text(joined(listed.notes));
    w.end_object();
}

enum class Outcome : std::uint8_t { Escalated, Failed };

/// Those of this outcome; null where there is none.
void write_escalations(json::Writer& w, const std::vector<housing::Escalation>& all, Outcome outcome) {
    bool is_first = true;
    for (const auto& one : all) {
        if (one.escalated != (outcome == Outcome::Escalated)) {
            continue;
        }
        if (std::exchange(is_first, false)) {
            w.begin_array();
        }
        write_escalation(w, one);
    }
    if (is_first) {
        w.null();
    } else {
        w.end_array();
    }
}

Result<http::Response> escalate(Call& call) {
    const auto all = TRY(housing::escalate_due_issues(call.work));
    std::string body;
    json::Writer w{body};
    w.begin_object();
    w.key("issuesToEscalate").null();
    w.key("successfullyEscalatedIssues");
    write_escalations(w, all, Outcome::Escalated);
    w.key("failedToEscalateIssues");
    write_escalations(w, all, Outcome::Failed);
    w.end_object();
    return utf8_reply(200, std::move(body));
}

constexpr Guard kManages = Guard::needs(Permission::MeetingsManage);
constexpr Guard kOpensMeeting = kManages.or_meeting_token();
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr Route kRoutes[] = {
    {"POST", "/v2/tra/meeting", kManages, kNoCsrf, Run::Write, save, nullptr, fail_in_filter},
    {"GET", "/v2/tra/meeting", kOpensMeeting, kNoCsrf, Run::Read, show, nullptr, fail_in_filter},
    {"PATCH", "/v2/tra/meeting", kOpensMeeting, kNoCsrf, Run::Write, sign_off, nullptr, fail_in_filter},
    {"POST", "/v2/tra/meeting/issues", kManages, kNoCsrf, Run::Write, escalate, nullptr, fail_in_filter},
};

}  // namespace

std::span<const Route> v2_meeting_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
