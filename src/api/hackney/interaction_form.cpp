#include "api/hackney/interaction_form.hpp"

#include "api/hackney/reply.hpp"

namespace tenantry::api::hackney {

namespace {

void write_members(json::Writer& w, const InteractionForm& form, Literal service_request) {
    w.key("interactionId").text_or_null(form.interaction_id);
    w.key("contactId").text_or_null(form.contact_id);
    w.key("enquirySubject").text_or_null(form.enquiry_subject);
    w.key("estateOfficerId").text_or_null(form.officer_id);
    w.key("subject").text_or_null(form.subject);
    w.key("adviceGiven").text_or_null(form.advice_given);
    w.key("estateOffice").text_or_null(form.estate_office);
    w.key("source").text_or_null(form.source);
    w.key("natureofEnquiry").text_or_null(form.nature_of_enquiry);
    w.key("estateOfficerName").text_or_null(form.officer_name);
    w.key("officerPatchId").text_or_null(form.patch_id);
    w.key("areaName").text_or_null(form.area_name);
    w.key("managerId").text_or_null(form.manager_id);
    w.key("assignedToPatch").boolean(form.assigned_to_patch);
    w.key("assignedToManager").boolean(form.assigned_to_manager);
    w.key("transferred").boolean(form.transferred);
    w.key(service_request);
    if (form.service_request) {
        write_service_request(w, *form.service_request);
    } else {
        w.null();
    }
    w.key("status").integer(form.status);
    w.key("parentInteractionId").text_or_null(form.parent_id);
    w.key("processType").text_or_null(form.process_type);
    w.key("householdId").text_or_null(form.household_id);
    w.key("processStage").integer(form.process_stage.value_or(0));
    write_integer(w.key("reasonForStartingProcess"), form.reason_for_process);
}

}  // namespace

InteractionForm read_interaction_form(Body& body) {
    const Fields fields = body.fields();
    InteractionForm form;
    form.interaction_id = fields.text("interactionId");
    form.contact_id = fields.text("contactId");
    form.enquiry_subject = fields.text("enquirySubject");
    form.officer_id = fields.text("estateOfficerId");
    form.subject = fields.text("subject");
    form.advice_given = fields.note("adviceGiven");
    form.estate_office = fields.text("estateOffice");
    form.source = fields.text("source");
    form.nature_of_enquiry = fields.text("natureofEnquiry");
    form.officer_name = fields.text("estateOfficerName");
    form.patch_id = fields.text("officerPatchId");
    form.area_name = fields.text("areaName");
    form.manager_id = fields.text("managerId");
    form.assigned_to_patch = fields.boolean("assignedToPatch").value_or(false);
    form.assigned_to_manager = fields.boolean("assignedToManager").value_or(false);
    form.transferred = fields.boolean("transferred").value_or(false);
    if (const auto request = fields.object("serviceRequest")) {
        form.service_request = read_service_request(*request);
    }
    form.status = fields.integer("status").value_or(0);
    form.parent_id = fields.text("parentInteractionId");
    form.process_type = fields.text("processType");
    form.household_id = fields.text("householdId");
    form.process_stage = fields.integer("processStage");
    form.reason_for_process = fields.integer("reasonForStartingProcess");
    return form;
}

void write_interaction_form(json::Writer& w, const InteractionForm& form) {
    w.begin_object();
    write_members(w, form, "serviceRequest");
    w.end_object();
}

void write_interaction_form(json::Writer& w, const InteractionForm& form, const Uuid& note) {
    w.begin_object();
    write_members(w, form, "ServiceRequest");
    w.key("annotationid").uuid(note);
    w.end_object();
}

std::int64_t process_type_of(const std::optional<std::string>& text) {
    return text ? parse_number(*text).value_or(-1) : -1;
}

}  // namespace tenantry::api::hackney
