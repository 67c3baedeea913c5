#include "api/hackney/service_request.hpp"

#include "api/hackney/reply.hpp"
#include "base/text.hpp"
#include "register/person.hpp"

namespace tenantry::api::hackney {

namespace {

constexpr Error kNoSuchRecord{Code::NotFound, "No such record"};

/// There, but nothing more than white space.
bool is_white_space(const std::optional<std::string>& text) {
    return text && !text->empty() && trim(*text).empty();
}

std::vector<std::string_view> faults_of(const ServiceRequest& request) {
    std::vector<std::string_view> texts;
    if (!is_given(request.title)) {
        texts.emplace_back("Please provide a valid Title for ServiceRequest");
    }
    if (is_white_space(request.description)) {
        texts.emplace_back("Please provide a valid Description for ServiceRequest");
    }
    if (is_white_space(request.contact_id)) {
        texts.emplace_back("Please provide a valid ContactId for ServiceRequest");
    }
    if (is_white_space(request.subject)) {
        texts.emplace_back("Please provide a valid Subject for ServiceRequest");
    }
    return texts;
}

}  // namespace

ServiceRequest read_service_request(const Fields& fields) {
    return {.id = fields.text("id"),
            .title = fields.text("title"),
            .description = fields.note("description"),
            .contact_id = fields.text("contactId"),
            .parent_case_id = fields.text("parentCaseId"),
            .subject = fields.text("subject"),
            .created_date = fields.text("createdDate"),
            .enquiry_type = fields.text("enquiryType"),
            .ticket_number = fields.text("ticketNumber"),
            .request_callback = fields.boolean("requestCallback").value_or(false),
            .transferred = fields.boolean("transferred").value_or(false),
            .created_by = fields.text("createdBy")};
}

void write_service_request(json::Writer& w, const ServiceRequest& request) {
    w.begin_object();
    w.key("id").text_or_null(request.id);
    w.key("title").text_or_null(request.title);
    w.key("description").text_or_null(request.description);
    w.key("contactId").text_or_null(request.contact_id);
    w.key("parentCaseId").text_or_null(request.parent_case_id);
    w.key("subject").text_or_null(request.subject);
    w.key("createdDate").text_or_null(request.created_date);
    w.key("enquiryType").text_or_null(request.enquiry_type);
    w.key("ticketNumber").text_or_null(request.ticket_number);
    w.key("requestCallback").boolean(request.request_callback);
    w.key("transferred").boolean(request.transferred);
    w.key("createdBy").text_or_null(request.created_by);
    w.key("childRequests").null();
    w.end_object();
}

housing::Incident new_incident(const ServiceRequest& request, std::optional<Id<housing::Person>> person) {
    housing::Incident incident;
    incident.person = person;
    incident.subject = request.subject;
    incident.title = request.title.value_or("");
    incident.description = request.description;
    incident.request_callback = request.request_callback;
    return incident;
}

ServiceRequest created(const ServiceRequest& request, const housing::Incident& incident) {
    ServiceRequest answer;
    answer.id = incident.uuid.text();
    answer.title = request.title;
    answer.description = request.description;
    answer.contact_id = request.contact_id;
    answer.subject = request.subject;
    answer.ticket_number = incident.ticket_number;
    answer.request_callback = request.request_callback;
    return answer;
}

Result<Uuid> require_uuid(const std::optional<std::string>& text) {
    const auto uuid = text ? parse_guid(*text) : std::nullopt;
    return uuid ? Result<Uuid>{*uuid} : kNoSuchRecord;
}

Result<std::optional<Uuid>> uuid_if_given(const std::optional<std::string>& text) {
    if (!is_given(text)) {
        return std::optional<Uuid>{};
    }
    return std::optional{TRY(require_uuid(text))};
}

Result<http::Response> create_service_request(Call& call) {
    Body body{call.request};
    const ServiceRequest request = read_service_request(body.fields());
    if (body.is_null()) {
        return refuse_input(std::vector<std::string_view>{"Please provide a valid ServiceRequest"});
    }
    if (const auto texts = faults_of(request); !texts.empty()) {
        return refuse_input(texts);
    }
    std::optional<Id<housing::Person>> person;
    if (const auto contact = TRY(uuid_if_given(request.contact_id))) {
        person = TRY(housing::find_person_id(call.work.tx(), *contact));
    }
    const auto incident = TRY(housing::create_incident(call.work, new_incident(request, person)));
    std::string answer;
    json::Writer w{answer};
    write_service_request(w, created(request, incident));
    return json_reply(201, std::move(answer));
}

}  // namespace tenantry::api::hackney
