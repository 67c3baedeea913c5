#include "api/hackney/meetings_v2.hpp"
#include "api/hackney/reply.hpp"
#include "base/text.hpp"
#include "json/writer.hpp"

namespace tenantry::api::hackney {

namespace {

/// A picture of a signature, in characters of base64.
constexpr std::size_t kSignatureMost = 700'000;
constexpr std::size_t kIssuesMost = 200;

/// The body as a whole. Where it cannot be read, nothing else is told.
void check_whole(const http::Request& request, const Body& body, ModelState& state) {
    const auto text = trim(request.body);
    if (text.empty() || text == "null") {
        state.refuse("", "A non-empty request body is required.");
    } else if (body.is_null()) {
        state.refuse("", "The input was not valid.");
    }
}

SignOff read_sign_off(const Fields& fields) {
    SignOff sign_off{fields.text("signature", kSignatureMost), fields.text("name"), fields.text("role"), {}};
    if (is_given(sign_off.signature)) {
        sign_off.image = base64_decode(*sign_off.signature);
    }
    return sign_off;
}

void check(const SignOff& sign_off, ModelState& state) {
    state.require(sign_off.name, "SignOff.Name", "Name");
    state.require(sign_off.role, "SignOff.Role", "Role");
    if (is_given(sign_off.signature) && !sign_off.image) {
        state.refuse("SignOff.Signature", "The Signature field is not valid base64.");
    }
}

WantedIssue read_issue(const Fields& fields) {
    WantedIssue issue;
    if (const auto type = fields.object("issueType")) {
        issue.has_type = true;
        issue.type = type->text("issueId");
    }
    if (const auto location = fields.object("location")) {
        issue.has_location = true;
        issue.location = location->text("name");
    }
    issue.notes = fields.note("notes");
    return issue;
}

WantedMeeting read_fields(const Fields& fields) {
    WantedMeeting wanted;
    wanted.association = fields.integer("traId").value_or(0);
    wanted.name = fields.text("meetingName");
    if (const auto attendance = fields.object("meetingAttendance")) {
        wanted.attendance =
            housing::Attendance{attendance->text("councillors"), attendance->text("hackneyStaff"),
                                attendance->integer("attendees").value_or(0)};
    }
    if (const auto issues = fields.objects("issues")) {
        auto& all = wanted.issues.emplace();
        for (const auto& one : *issues) {
            all.push_back(read_issue(one));
        }
    }
    if (const auto sign_off = fields.object("signOff")) {
        wanted.sign_off = read_sign_off(*sign_off);
    }
    return wanted;
}

void check(const WantedMeeting& wanted, ModelState& state) {
    state.require(wanted.name, "MeetingName", "MeetingName");
    if (wanted.attendance && wanted.attendance->attendees.value_or(0) < 1) {
        state.refuse("MeetingAttendance.Attendees", "Please enter a value bigger than 1");
    }
    if (wanted.issues && wanted.issues->size() > kIssuesMost) {
        state.refuse("Issues", "A meeting has at most 200 issues.");
    }
    if (wanted.sign_off) {
        check(*wanted.sign_off, state);
    }
}

}  // namespace

void ModelState::require(const std::optional<std::string>& value, std::string_view place,
                         std::string_view name) {
    if (!is_given(value)) {
        refuse(place, "The " + std::string{name} + " field is required.");
    }
}

http::Response ModelState::reply() const {
    std::string body;
    json::Writer w{body};
    w.begin_object();
    for (const auto& [place, text] : refused_) {
        w.key_text(place).begin_array().text(text).end_array();
    }
    w.end_object();
    return utf8_reply(400, std::move(body));
}

WantedMeeting read_meeting(const http::Request& request, ModelState& state) {
    Body body{request};
    auto wanted = read_fields(body.fields());
    check_whole(request, body, state);
    if (state.holds()) {
        check(wanted, state);
    }
    return wanted;
}

SignOff read_signing(const http::Request& request, ModelState& state) {
    Body body{request};
    const auto fields = body.fields().object("signOff");
    auto sign_off = fields ? read_sign_off(*fields) : SignOff{};
    check_whole(request, body, state);
    if (state.holds() && !fields) {
        state.refuse("SignOff", "The SignOff field is required.");
    } else if (state.holds()) {
        check(sign_off, state);
    }
    return sign_off;
}

}  // namespace tenantry::api::hackney
