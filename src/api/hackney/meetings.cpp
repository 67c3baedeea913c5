// Meetings of associations (contract 4.12: M3, M7, M8, M10). What is raised there is in issues.cpp, the
// meetings of the second version are in meetings_v2.cpp.
#include "register/meeting.hpp"

#include "api/hackney/input.hpp"
#include "api/hackney/reply.hpp"
#include "api/hackney/routes.hpp"
#include "json/writer.hpp"

namespace tenantry::api::hackney {

namespace {

using access::Permission;
using housing::Meeting;

/// The meeting in the path; one that is no uuid is no meeting's.
Result<Meeting> meeting_in(Call& call) {
    return housing::load_meeting(call.work, parse_guid(call.path_values[0]).value_or(Uuid{}));
}

void write_meeting(json::Writer& w, const Meeting& m) {
    w.begin_object();
    w.key("id").uuid(m.interaction.uuid);
    w.key("name").text(m.ticket_number);
    w.key("createdOn");
    write_instant(w, m.interaction.created_at);
    w.key("modifiedOn");
    write_instant(w, m.interaction.updated_at);
    w.key("confirmationDate");
    if (m.confirmed_at) {
        write_instant(w, *m.confirmed_at);
    } else {
        w.null();
    }
    w.key("signatureId");
    write_uuid(w, m.signing.signature);
    w.key("signatoryRole").text_or_null(m.signing.role);
    w.key("pdfId");
    write_uuid(w, m.pdf);
    w.key("councillorsAttending").text_or_null(m.attendance.councillors);
    w.key("otherCouncilStaffAttending").text_or_null(m.attendance.other_staff);
    w.key("totalAttendees");
    write_integer(w, m.attendance.attendees);
    w.end_object();
}

Result<http::Response> record_attendance(Call& call) {
    Body body{call.request};
    const auto fields = body.fields();
    const housing::Attendance attendance{fields.text("councillors"), fields.text("otherCouncilStaff"),
                                         fields.integer("totalAttendees").value_or(0)};
    if (body.is_null()) {
        return empty_reply(400);
    }
    const auto meeting = TRY(housing::record_attendance(call.work, TRY(meeting_in(call)), attendance));
    std::string reply;
    json::Writer w{reply};
    w.begin_object();
    w.key("meetingId").uuid(meeting.interaction.uuid);
    w.key("recorded").boolean(true);
    w.key("councillors").text_or_null(attendance.councillors);
    w.key("otherCouncilStaff").text_or_null(attendance.other_staff);
    w.key("totalAttendees");
    write_integer(w, attendance.attendees);
    w.end_object();
    return utf8_reply(200, std::move(reply));
}

/// Without a body, or with one that cannot be read, nobody is named as the signatory.
Result<http::Response> finalise(Call& call) {
    Body body{call.request};
    const auto fields = body.fields();
    housing::Signing signing{fields.text("name"), fields.text("role"), fields.uuid("signatureId")};
    if (body.is_null()) {
        signing = {};
    }
    auto meeting = TRY(meeting_in(call));
    if (meeting.confirmed_at) {
        return empty_reply(403);
    }
    meeting = TRY(housing::sign_meeting(call.work, std::move(meeting), std::move(signing)));
    std::string reply;
    json::Writer w{reply};
    w.begin_object().key("result").begin_object();
    w.key("id").uuid(meeting.interaction.uuid);
    w.key("isFinalised").boolean(true);
    w.key("signOffDate");
    write_ticks(w, *meeting.confirmed_at);
    w.end_object().end_object();
    return utf8_reply(200, std::move(reply));
}

Result<http::Response> details(Call& call) {
    const auto id = parse_guid(call.path_values[0]);
    if (!id) {
        return empty_reply(400);
    }
    std::string reply;
    json::Writer w{reply};
    write_meeting(w, TRY(housing::find_meeting(call.work, *id)));
    return utf8_reply(200, std::move(reply));
}

Result<http::Response> of_association(Call& call) {
    const Id<housing::Association> id{parse_number(call.path_values[0]).value_or(0)};
    std::string reply;
    json::Writer w{reply};
    w.begin_array();
    for (const auto& meeting : TRY(housing::list_meetings(call.work, id))) {
        write_meeting(w, meeting);
    }
    w.end_array();
    return utf8_reply(200, std::move(reply));
}

constexpr Guard kReads = Guard::needs(Permission::AssociationsView);
constexpr Guard kManages = Guard::needs(Permission::MeetingsManage);
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr Route kRoutes[] = {
    {"PATCH", "/v1/ETRA/record-attendance/{id}", kManages, kNoCsrf, Run::Write, record_attendance, nullptr,
     fail_in_filter},
    {"PATCH", "/v1/ETRA/finalise-meeting/{id}", kManages, kNoCsrf, Run::Write, finalise, nullptr,
     fail_in_filter},
    {"GET", "/v1/ETRA/get-meeting-details/{id}", kReads, kNoCsrf, Run::Read, details, nullptr,
     fail_in_filter},
    {"GET", "/v1/ETRA/etra-meetings-by-tra/{id}", kReads, kNoCsrf, Run::Read, of_association, nullptr,
     fail_in_filter},
};

}  // namespace

std::span<const Route> meeting_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
