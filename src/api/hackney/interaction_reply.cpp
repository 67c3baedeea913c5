#include "api/hackney/interaction_reply.hpp"

#include "api/hackney/input.hpp"
#include "api/hackney/reply.hpp"

namespace tenantry::api::hackney {

namespace {

constexpr std::size_t kBytesOfItem = 2000;

void write_note(json::Writer& w, const housing::IncidentNote& note) {
    w.begin_object();
    w.key("noteText").text(note.text);
    w.key("annotationId").uuid(note.uuid);
    write_date_time(w.key("noteCreatedOn"), uk_time(note.created_at));
    w.end_object();
}

void write_date_time_or_null(json::Writer& w, const std::optional<Instant>& at) {
    if (at) {
        write_date_time(w, *at);
    } else {
        w.null();
    }
}

void write_flag_or_null(json::Writer& w, std::optional<bool> flag) {
    if (flag) {
        w.boolean(*flag);
    } else {
        w.null();
    }
}

/// The one source that the original is known to have.
std::optional<std::string> source_of(const housing::ListedInteraction& item) {
    return !item.source && item.interaction.source == "1" ? "Estate Officer" : item.source;
}

void write_contact(json::Writer& w, const housing::InteractionContact* contact, TrayKind kind) {
    static const housing::InteractionContact kNobody;
    const housing::InteractionContact& c = contact != nullptr ? *contact : kNobody;
    const auto text = [&w](Literal key, const std::optional<std::string>& value) {
        w.key(key).text_or_null(value);
    };
    const bool own = kind == TrayKind::Own;
    const auto alert = [&](bool flag) {
        return own && contact != nullptr ? std::optional{flag} : std::nullopt;
    };
    write_uuid(w.key("contactId"), contact != nullptr ? std::optional{c.person.uuid} : std::nullopt);
    text("contactName", housing::none_if_empty(c.person.name.full()));
    text("contactTitle", own ? c.person.name.title : std::nullopt);
    text("contactPostcode", c.address.postcode);
    text("contactAddressLine1", c.address.line_1);
    text("contactAddressLine2", c.address.line_2);
    text("contactAddressLine3", c.address.line_3);
    text("contactAddressCity", c.address.city);
    write_date(w.key("contactBirthDate"), c.person.date_of_birth);
    text("contactTelephone", c.person.telephone_1);
    text("contactEmailAddress", c.person.email);
    write_flag_or_null(w.key("contactCautionaryAlert"), alert(c.person.cautionary_alert));
    write_flag_or_null(w.key("contactPropertyCautionaryAlert"), alert(c.person.property_cautionary_alert));
    text("contactLarn", c.person.larn);
    write_number_text(w.key("contactUPRN"), c.uprn);
}

void write_interaction(json::Writer& w, const housing::InteractionList& list,
                       const housing::ListedInteraction& item, TrayKind kind,
                       const housing::FactsOfIssues& issues) {
    const housing::Interaction& i = item.interaction;
    const housing::InteractionContact* contact = list.contact_of(item);
    const bool own = kind == TrayKind::Own;
    w.begin_object();
    w.key("incidentId").uuid(item.incident);
    w.key("isTransferred").boolean(i.transferred);
    w.key("ticketNumber").text(item.ticket_number);
    w.key("stateCode").integer(i.closed_at ? 1 : 0);
    write_integer(w.key("processStage"), i.process_stage);
    write_uuid(w.key("nccOfficersId"), item.created_by);
    w.key("nccEstateOfficer").text_or_null(list.name_of(i.created_by));
    write_date_time(w.key("createdon"), i.created_at);
    write_uuid(w.key("nccOfficerUpdatedById"), item.updated_by);
    w.key("nccOfficerUpdatedByName").text_or_null(list.name_of(i.updated_by));
    write_code(w.key("natureOfEnquiryId"), i.nature_of_enquiry);
    w.key("natureOfEnquiry").text_or_null(item.nature_of_enquiry);
    write_code(w.key("enquirySubjectId"), i.enquiry_subject);
    w.key("enquirysubject").text_or_null(item.enquiry_subject);
    w.key("interactionId").uuid(i.uuid);
    write_uuid(w.key("areamanagerId"), item.manager_area);
    w.key("areaManagerName").text(list.name_of(item.manager).value_or(" "));
    write_uuid(w.key("officerPatchId"), item.patch);
    w.key("officerPatchName").text(list.name_of(item.patch_officer).value_or(" "));
    w.key("areaName").text_or_null(item.area_name);
    w.key("handledBy").text_or_null(source_of(item));
    w.key("requestCallBack").boolean(item.request_callback);
    write_contact(w, contact, kind);
    write_uuid(w.key("householdID"), item.household);
    write_date_time_or_null(w.key("accountCreatedOn"),
                            own && contact != nullptr ? contact->tenancy_created_at : std::nullopt);
    write_uuid(w.key("parentInteractionId"), own ? item.parent : std::nullopt);
    write_number_text(w.key("traId"), own ? housing::number_of(i.association) : std::nullopt);
    const auto issue = issues.find(i.id);
    w.key("issueLocation").text_or_null(issue != issues.end() ? issue->second.location : std::nullopt);
    write_notes(w.key("AnnotationList"), item.notes);
    w.end_object();
}

}  // namespace

void write_code(json::Writer& w, const std::optional<std::string>& code) {
    const auto number = code ? parse_number(*code) : std::nullopt;
    if (number) {
        w.integer(*number);
    } else {
        w.text_or_null(code);
    }
}

void write_notes(json::Writer& w, const std::vector<housing::IncidentNote>& notes) {
    w.begin_array();
    for (const auto& note : notes) {
        write_note(w, note);
    }
    if (notes.empty()) {
        w.begin_object();
        w.key("noteText").text("");
        w.key("annotationId").text("");
        w.key("noteCreatedOn").text("");
        w.end_object();
    }
    w.end_array();
}

http::Response interactions_reply(const housing::InteractionList& list, TrayKind kind,
                                  const housing::FactsOfIssues& issues) {
    if (list.items.empty()) {
        return json_reply(200, R"({"result":{}})");
    }
    std::string body;
    body.reserve(list.items.size() * kBytesOfItem);
    json::Writer w{body};
    w.begin_object().key("results").begin_array();
    for (const auto& item : list.items) {
        write_interaction(w, list, item, kind, issues);
    }
    w.end_array().end_object();
    return json_reply(200, std::move(body));
}

}  // namespace tenantry::api::hackney
