// Interactions: what officers have in their trays and do with it (contract 4.7).
#include "api/hackney/input.hpp"
#include "api/hackney/interaction_changes.hpp"
#include "api/hackney/interaction_reply.hpp"
#include "api/hackney/reply.hpp"
#include "api/hackney/routes.hpp"
#include "api/hackney/service_request.hpp"
#include "api/services.hpp"

namespace tenantry::api::hackney {

namespace {

http::Response refuse(std::string_view text) {
    return refuse_input(std::vector{text});
}

/// From when on a tray shows what was closed.
Instant closed_since(const Call& call) {
    const auto days = call.services.settings.tray_closed_days;
    return days == 0 ? Instant{} : call.work.now() - std::chrono::days{days};
}

housing::PageOfIds issues_in(const housing::InteractionList& list) {
    housing::PageOfIds issues;
    for (const auto& item : list.items) {
        if (item.interaction.process_type == housing::ProcessType::Issue) {
            issues.ids.push_back(item.interaction.id.value);
        }
    }
    return issues;
}

Result<http::Response> list_interactions(Call& call) {
    const Query query{call.request};
    const auto id = query.uuid("contactId");
    const auto type = query.text("personType");
    if (!id) {
        return refuse("Please provide a valid contact.");
    }
    if (!type) {
        return refuse("Required variable personType is empty.");
    }
    housing::InteractionList list;
    if (*type == "contact") {
        list = TRY(housing::list_interactions_of_person(call.work, *id));
    } else if (*type == "officer") {
        list = TRY(housing::list_interactions_of_patch(call.work, *id, closed_since(call)));
    } else if (*type == "manager") {
        list = TRY(housing::list_interactions_of_manager_area(call.work, *id, closed_since(call)));
    } else {
        return refuse("Please provide a valid personType.");
    }
    const auto issues = TRY(housing::find_issue_facts(call.work, issues_in(list)));
    return interactions_reply(list, TrayKind::Own, issues);
}

Result<http::Response> list_area_tray(Call& call) {
    const auto area = Query{call.request}.integer("OfficeId");
    if (!area) {
        return refuse_input_silently();
    }
    return interactions_reply(
        TRY(housing::list_interactions_of_area(call.work, Id<housing::Area>{*area}, closed_since(call))),
        TrayKind::OfArea, {});  // issues are about nobody and so in no area's tray
}

constexpr Guard kView = Guard::needs(access::Permission::InteractionsView);
constexpr Guard kManage = Guard::needs(access::Permission::InteractionsManage);
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr Route route(std::string_view method, std::string_view path, Guard guard, Run run, Handler handler) {
    return {method, path, guard, kNoCsrf, run, handler, nullptr, fail_in_object};
}

constexpr Route kRoutes[] = {
    route("GET", "/v1/TenancyManagementInteractions", kView, Run::Slow, list_interactions),
    route("GET", "/v1/TenancyManagementInteractions/GetAreaTrayIneractions", kView, Run::Slow,
          list_area_tray),
    route("GET", "/v1/TenancyManagementInteractions/GetAreaTrayInteractions", kView, Run::Slow,
          list_area_tray),
    route("POST", "/v1/TenancyManagementInteractions/CreateTenancyManagementInteraction", kManage, Run::Write,
          create_interaction),
    route("PATCH", "/v1/TenancyManagementInteractions", kManage, Run::Write, update_interaction),
    route("PUT", "/v1/TenancyManagementInteractions/TransferCall", kManage, Run::Write, transfer_interaction),
    route("POST", "/v1/TenancyManagementInteractions/ServiceRequest", kManage, Run::Write,
          create_service_request),
};

}  // namespace

std::span<const Route> interaction_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
