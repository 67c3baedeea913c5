// The list of what was raised at a meeting, or at all meetings of an association (contract 4.12: M9).
#include "api/hackney/input.hpp"
#include "api/hackney/interaction_reply.hpp"
#include "api/hackney/reply.hpp"
#include "api/hackney/routes.hpp"
#include "json/writer.hpp"
#include "register/issue.hpp"

namespace tenantry::api::hackney {

namespace {

using housing::ListedIssue;

class IssueWriter {
  public:
    IssueWriter(json::Writer& w, const housing::OfficerNames& officers) : w_(w), officers_(officers) {}

    void write(const ListedIssue& one) {
        w_.begin_object();
        write_case(one);
        write_place(one);
        write_notes(w_.key("AnnotationList"), one.listed.notes);
        w_.end_object();
    }

  private:
    /// The name, or what stands for none.
    void write_name(const std::optional<Id<housing::Officer>>& officer, const char* none) {
        const auto found = officer ? officers_.find(*officer) : officers_.end();
        if (found != officers_.end()) {
            w_.text(found->second);
        } else if (none != nullptr) {
            w_.text(none);
        } else {
            w_.null();
        }
    }

    void write_case(const ListedIssue& one) {
        const auto& item = one.listed;
        const auto& interaction = item.interaction;
        w_.key("incidentId").uuid(item.incident);
        w_.key("isTransferred").boolean(interaction.transferred);
        w_.key("ticketNumber").text(item.ticket_number);
        w_.key("stateCode").integer(interaction.closed_at ? 1 : 0);
        w_.key("processStage");
        write_integer(w_, interaction.process_stage);
        w_.key("nccOfficersId");
        write_uuid(w_, item.created_by);
        w_.key("nccOfficerName");
        write_name(interaction.created_by, nullptr);
        w_.key("createdon");
        write_date_time(w_, interaction.created_at);
        w_.key("deadlineDate");
        write_instant(w_, std::chrono::sys_days{one.facts.deadline});
        w_.key("parentInteractionId");
        write_uuid(w_, item.parent);
        w_.key("nccOfficerUpdatedById");
        write_uuid(w_, item.updated_by);
        w_.key("nccOfficerUpdatedByName");
        write_name(interaction.updated_by, nullptr);
        write_code(w_.key("natureOfEnquiryId"), interaction.nature_of_enquiry);
        w_.key("natureOfEnquiry").text_or_null(item.nature_of_enquiry);
        write_code(w_.key("enquirySubjectId"), interaction.enquiry_subject);
        w_.key("enquirysubject").text_or_null(item.enquiry_subject);
    }

    void write_place(const ListedIssue& one) {
        const auto& item = one.listed;
        const auto& interaction = item.interaction;
        w_.key("interactionId").uuid(interaction.uuid);
        w_.key("areamanagerId");
        write_uuid(w_, item.manager_area);
        w_.key("areaManagerName");
        write_name(item.manager, " ");
        w_.key("officerPatchId");
        write_uuid(w_, item.patch);
        w_.key("officerPatchName");
        write_name(item.patch_officer, " ");
        w_.key("areaName").text_or_null(item.area_name);
        w_.key("traId");
        write_number_text(w_, housing::number_of(interaction.association));
        w_.key("issueLocation").text_or_null(one.facts.location);
        w_.key("processType").integer(static_cast<std::int64_t>(interaction.process_type));
        w_.key("serviceArea");
        write_integer(w_, one.facts.service_area);
        w_.key("serviceAreaName").text_or_null(one.facts.service_area_name);
    }

    json::Writer& w_;
    const housing::OfficerNames& officers_;
};

Result<http::Response> list(Call& call) {
    const bool of_meeting = Query{call.request}.boolean("retrieveETRAMeetingIssues");
    const std::string& id = call.path_values[0];
    const auto issues =
        of_meeting ? TRY(housing::list_issues_of_meeting(call.work, parse_guid(id).value_or(Uuid{})))
                   : TRY(housing::list_issues_of_association(call.work, {parse_number(id).value_or(0)}));
    if (issues.issues.empty()) {
        return utf8_reply(200, R"({"result":{}})");
    }
    std::string body;
    json::Writer w{body};
    IssueWriter writer{w, issues.officers};
    w.begin_object().key("results").begin_array();
    for (const auto& one : issues.issues) {
        writer.write(one);
    }
    w.end_array().end_object();
    return utf8_reply(200, std::move(body));
}

constexpr Route kRoutes[] = {
    {"GET", "/v1/ETRA/GetETRAIssues/{id}", Guard::needs(access::Permission::AssociationsView),
     Csrf::NotNeeded, Run::Slow, list, nullptr, fail_in_object},
};

}  // namespace

std::span<const Route> issue_list_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
