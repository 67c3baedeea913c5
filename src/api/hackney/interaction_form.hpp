// An interaction as callers send it, the body of three endpoints, and as it is sent back (contract 4.7, I3 to
// I5).
#pragma once

#include "api/hackney/service_request.hpp"

namespace tenantry::api::hackney {

struct InteractionForm {
    std::optional<std::string> interaction_id;
    std::optional<std::string> contact_id;
    std::optional<std::string> enquiry_subject;
    std::optional<std::string> officer_id;
    std::optional<std::string> subject;
    std::optional<std::string> advice_given;
    std::optional<std::string> estate_office;
    std::optional<std::string> source;
    std::optional<std::string> nature_of_enquiry;
    std::optional<std::string> officer_name;
    std::optional<std::string> patch_id;
    std::optional<std::string> area_name;  ///< the area's number
    std::optional<std::string> manager_id;
    bool assigned_to_patch = false;
    bool assigned_to_manager = false;
    bool transferred = false;
    std::optional<ServiceRequest> service_request;
    std::int64_t status = 0;  ///< 0 closes, and is what absence means
    std::optional<std::string> parent_id;
    std::optional<std::string> process_type;
    std::optional<std::string> household_id;
    std::optional<std::int64_t> process_stage;
    std::optional<std::int64_t> reason_for_process;
};

/// Body::is_null() says afterwards whether everything converted.
[[nodiscard]] InteractionForm read_interaction_form(Body& body);

/// The form as an answer.
void write_interaction_form(json::Writer& w, const InteractionForm& form);
/// The same with a note that was added: two keys differ.
void write_interaction_form(json::Writer& w, const InteractionForm& form, const Uuid& note);

/// The type of process that a text names; -1 for a text that names none.
[[nodiscard]] std::int64_t process_type_of(const std::optional<std::string>& text);

}  // namespace tenantry::api::hackney
