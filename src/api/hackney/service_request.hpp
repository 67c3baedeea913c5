// A case as the wire has it: "serviceRequest", 13 members (contract 4.7, I6).
#pragma once

#include "api/hackney/input.hpp"
#include "json/writer.hpp"
#include "register/incident.hpp"

namespace tenantry::api::hackney {

/// What was sent, and what is answered: the answer repeats what was sent.
struct ServiceRequest {
    std::optional<std::string> id;
    std::optional<std::string> title;
    std::optional<std::string> description;
    std::optional<std::string> contact_id;
    std::optional<std::string> parent_case_id;
    std::optional<std::string> subject;
    std::optional<std::string> created_date;
    std::optional<std::string> enquiry_type;
    std::optional<std::string> ticket_number;
    bool request_callback = false;
    bool transferred = false;
    std::optional<std::string> created_by;
};

[[nodiscard]] ServiceRequest read_service_request(const Fields& fields);
void write_service_request(json::Writer& w, const ServiceRequest& request);

/// The case that the request asks for, about this person.
[[nodiscard]] housing::Incident new_incident(const ServiceRequest& request,
                                             std::optional<Id<housing::Person>> person);
/// What the answer says of a case that was created: what was sent, its id and its ticket number.
[[nodiscard]] ServiceRequest created(const ServiceRequest& request, const housing::Incident& incident);

/// The uuid that a text names. NotFound for any other text: what it names does not exist.
[[nodiscard]] Result<Uuid> require_uuid(const std::optional<std::string>& text);
/// The same where it is given, and is more than white space.
[[nodiscard]] Result<std::optional<Uuid>> uuid_if_given(const std::optional<std::string>& text);

/// I6: POST ServiceRequest.
[[nodiscard]] Result<http::Response> create_service_request(Call& call);

}  // namespace tenantry::api::hackney
