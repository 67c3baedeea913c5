#include "api/hackney/interaction_changes.hpp"

#include "api/hackney/interaction_form.hpp"
#include "api/hackney/reply.hpp"
#include "register/casework.hpp"
#include "register/person.hpp"

namespace tenantry::api::hackney {

namespace {

using Texts = std::vector<std::string_view>;

constexpr std::string_view kNoRequest = "Please provide a valid TenancyManagemnt request.";

class Faults {
  public:
    void unless(bool holds, std::string_view text) {
        if (!holds) {
            texts_.push_back(text);
        }
    }
    [[nodiscard]] Texts take() { return std::move(texts_); }

  private:
    Texts texts_;
};

/// In the original's order, which asks for the case's title between the interaction's own members.
Texts faults_of_new(const InteractionForm& form) {
    Faults faults;
    faults.unless(is_given(form.contact_id), "Please provide a valid ContactId");
    faults.unless(form.service_request.has_value(),
                  "Please provide  a valid ServiceRequest for TenancyManagement interaction request");
    if (!form.service_request) {
        return faults.take();
    }
    const ServiceRequest& request = *form.service_request;
    const auto type = process_type_of(form.process_type);
    const bool is_process = type == static_cast<std::int64_t>(housing::ProcessType::Process);
    const bool is_action = type == static_cast<std::int64_t>(housing::ProcessType::PostVisitAction);
    faults.unless(is_given(form.enquiry_subject), "Please provide a valid Subject for Tenancy Interaction");
    faults.unless(is_given(form.area_name),
                  "Please provide a valid Estate Office details for Tenancy Interaction");
    faults.unless(is_given(form.patch_id) || is_given(form.manager_id),
                  "Please provide a valid Patch officer or a Manager");
    faults.unless(is_given(form.officer_id),
                  "Please provide a valid Estate Officer details for Tenancy Interaction");
    faults.unless(is_given(form.nature_of_enquiry),
                  "Please provide a valid Nature of Enquiry details for Tenancy Interaction");
    faults.unless(is_given(form.source), "Please provide a valid Source details for Tenancy Interaction");
    faults.unless(is_given(form.subject), "Please provide a valid Subject details for Tenancy Interaction");
    faults.unless(is_given(request.title), "Please provide a valid Title for ServiceRequest");
    faults.unless(is_given(request.description), "Please provide a valid Description for ServiceRequest");
    faults.unless(is_given(form.process_type), "Please provide a valid processType for ServiceRequest");
    faults.unless(!(is_process || is_action) || is_given(form.household_id),
                  "Please provide a valid householdId for Tenancy Management Process");
    faults.unless(!is_action || is_given(form.parent_id),
                  "Please provide a valid parentInteractionId for Tenancy Management Post Visit Action");
    faults.unless(is_given(request.subject), "Please provide a valid Subject for ServiceRequest");
    return faults.take();
}

Texts faults_of_transfer(const InteractionForm& form) {
    Faults faults;
    faults.unless(is_given(form.interaction_id), "Please provide a valid Interaction Id.");
    faults.unless(is_given(form.patch_id) || is_given(form.manager_id),
                  "Please provide a valid officer PatchId.");
    faults.unless(is_given(form.officer_id), "Please provide a valid estateOfficerId.");
    faults.unless(is_given(form.area_name), "Please provide a valid areaName.");
    return faults.take();
}

/// NotFound where a name is none of a record's, or of a record that does not exist.
Result<housing::Links> find_links(Call& call, const InteractionForm& form) {
    housing::LinkNames names;
    names.person = TRY(uuid_if_given(form.contact_id));
    names.household = TRY(uuid_if_given(form.household_id));
    names.patch = TRY(uuid_if_given(form.patch_id));
    names.manager_area = TRY(uuid_if_given(form.manager_id));
    names.officer = TRY(require_uuid(form.officer_id));
    names.parent = TRY(uuid_if_given(form.parent_id));
    if (is_given(form.area_name)) {
        names.area = parse_number(*form.area_name);
        if (!names.area) {
            return Error{Code::NotFound, "No such area"};
        }
    }
    return housing::find_links(call.work.tx(), names);
}

Result<housing::Interaction> new_interaction(const InteractionForm& form, const housing::Links& links) {
    housing::Interaction interaction;
    interaction.person = links.person;
    interaction.household = links.household;
    interaction.patch = links.patch;
    interaction.manager_area = links.manager_area;
    interaction.area = links.area;
    interaction.created_by = links.officer;
    interaction.parent = links.parent;
    interaction.source = form.source;
    interaction.nature_of_enquiry = form.nature_of_enquiry;
    interaction.enquiry_subject = form.enquiry_subject;
    interaction.reason_for_process = form.reason_for_process;
    interaction.subject = form.subject;
    interaction.advice_given = form.advice_given;
    interaction.estate_office = form.estate_office;
    const auto type = process_type_of(form.process_type);
    if (type < 0) {
        return Error{Code::Invalid, "No such type of process"};
    }
    interaction.process_type = static_cast<housing::ProcessType>(type);
    return interaction;
}

/// Whom the case is about: the service request may name somebody, else it is the interaction's contact.
Result<std::optional<Id<housing::Person>>> person_of_case(Call& call, const ServiceRequest& request,
                                                          const housing::Links& links) {
    const auto contact = TRY(uuid_if_given(request.contact_id));
    if (!contact) {
        return links.person;
    }
    return std::optional{TRY(housing::find_person_id(call.work.tx(), *contact))};
}

/// The original says neither who wrote it nor why the process was begun, and it calls back nobody.
InteractionForm created_form(const InteractionForm& form, const housing::Casework& logged) {
    InteractionForm answer = form;
    answer.interaction_id = logged.interaction.uuid.text();
    answer.officer_name.reset();
    answer.assigned_to_patch = answer.assigned_to_manager = answer.transferred = false;
    answer.service_request = created(*form.service_request, logged.incident);
    answer.service_request->request_callback = false;
    answer.status = 0;
    answer.process_stage.reset();
    answer.reason_for_process.reset();
    return answer;
}

/// What an officer says on an interaction that exists.
Result<housing::FollowUp> read_follow_up(const InteractionForm& form, Id<housing::Officer> officer) {
    housing::FollowUp said;
    said.interaction = TRY(require_uuid(form.interaction_id));
    said.officer = officer;
    said.author = form.officer_name.value_or("");
    if (form.service_request) {
        said.incident = TRY(uuid_if_given(form.service_request->id));
        said.said = form.service_request->description.value_or("");
    }
    return said;
}

void write_follow_up(json::Writer& w, const InteractionForm& form, const housing::Casework& after) {
    const bool closes = form.status == 0;
    w.begin_object().key("result").begin_object();
    write_uuid(w.key("annotationId"), after.note ? std::optional{after.note->uuid} : std::nullopt);
    w.key("serviceRequestId").text_or_null(form.service_request->id);
    w.key("interactionId").text_or_null(form.interaction_id);
    w.key("description").text_or_null(form.service_request->description);
    w.key("status").text(closes ? "Closed" : "InProgress");
    w.key("requestCallBack").boolean(after.incident.request_callback);
    w.key("processStage").integer(form.process_stage.value_or(after.interaction.process_stage.value_or(0)));
    w.end_object().end_object();
}

/// The form as it was sent; a link that was removed is null, and its flag false.
InteractionForm transferred_form(InteractionForm form, const housing::Transfer& transfer) {
    const auto change = housing::decide_transfer(transfer);
    if (change.patch == housing::LinkChange::Removed) {
        form.patch_id.reset();
        form.assigned_to_patch = false;
    }
    if (change.manager == housing::LinkChange::Removed) {
        form.manager_id.reset();
        form.assigned_to_manager = false;
    }
    return form;
}

}  // namespace

Result<http::Response> create_interaction(Call& call) {
    Body body{call.request};
    const InteractionForm form = read_interaction_form(body);
    if (body.is_null()) {
        return refuse_input(Texts{"Please provide  a valid TenancyManagement interaction request"});
    }
    if (const auto texts = faults_of_new(form); !texts.empty()) {
        return refuse_input(texts);
    }
    const auto links = TRY(find_links(call, form));
    const auto interaction = TRY(new_interaction(form, links));
    auto incident =
        new_incident(*form.service_request, TRY(person_of_case(call, *form.service_request, links)));
    incident.household = links.household;
    const auto logged =
        TRY(housing::log_interaction(call.work, std::move(incident), interaction,
                                     housing::signed_note(*form.service_request->description, call.work.now(),
                                                          form.officer_name.value_or(""))));
    std::string answer;
    json::Writer w{answer};
    write_interaction_form(w, created_form(form, logged));
    return json_reply(201, std::move(answer));
}

Result<http::Response> update_interaction(Call& call) {
    Body body{call.request};
    const InteractionForm form = read_interaction_form(body);
    if (body.is_null() || !form.service_request) {
        return refuse_input(Texts{kNoRequest});
    }
    if (!is_given(form.service_request->id)) {
        return refuse_input(Texts{"Please provide a valid incidentId."});
    }
    housing::LinkNames names;
    names.officer = TRY(require_uuid(form.officer_id));
    const auto links = TRY(housing::find_links(call.work.tx(), names));
    const auto said = TRY(read_follow_up(form, *links.officer));
    const bool is_plain =
        process_type_of(form.process_type) == static_cast<std::int64_t>(housing::ProcessType::Interaction);
    const auto stage = is_plain ? std::nullopt : form.process_stage;
    const auto after =
        TRY(form.status == 0
                ? housing::close_case(call.work, said, stage)
                : housing::follow_up(call.work, said, form.service_request->request_callback, stage));
    std::string answer;
    json::Writer w{answer};
    write_follow_up(w, form, after);
    return json_reply(200, std::move(answer));
}

Result<http::Response> transfer_interaction(Call& call) {
    Body body{call.request};
    const InteractionForm form = read_interaction_form(body);
    if (body.is_null()) {
        return refuse_input(Texts{kNoRequest});
    }
    if (const auto texts = faults_of_transfer(form); !texts.empty()) {
        return refuse_input(texts);
    }
    const auto links = TRY(find_links(call, form));
    const auto said = TRY(read_follow_up(form, *links.officer));
    const housing::Transfer transfer{
        form.assigned_to_patch, form.assigned_to_manager, links.patch, links.manager_area, *links.area,
        form.process_stage};
    const auto after = TRY(housing::transfer_interaction(call.work, said, transfer));
    const auto echo = transferred_form(form, transfer);
    std::string answer;
    json::Writer w{answer};
    if (after.note) {
        write_interaction_form(w, echo, after.note->uuid);
    } else {
        write_interaction_form(w, echo);
    }
    return json_reply(200, std::move(answer));
}

}  // namespace tenantry::api::hackney
