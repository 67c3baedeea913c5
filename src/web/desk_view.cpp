#include "web/desk_view.hpp"

#include "register/officer.hpp"
#include "web/format.hpp"
#include "web/officer.hpp"

namespace tenantry::web {

using housing::ManagedArea;
using housing::Officer;

Result<std::optional<ManagedArea>> chosen_area(Call& call) {
    auto& tx = call.work.tx();
    if (const auto asked = TRY(call.params.uuid("area"))) {
        return std::optional{TRY(housing::find_managed_area(tx, *asked))};
    }
    const auto posting = TRY(posting_of(call));
    if (!posting || !posting->manager_area) {
        return std::optional<ManagedArea>{};
    }
    return std::optional{TRY(housing::find_managed_area(tx, *posting->manager_area))};
}

void show_desk_parts_in(View& view, const Visitor& visitor, DeskPart here, const ManagedArea* area) {
    const std::string query = area != nullptr ? "?area=" + area->uuid.text() : std::string{};
    std::vector<View> parts;
    const auto add = [&](DeskPart part, const std::string& href, const std::string& text) {
        parts.push_back(view_of({{"href", View{href}}, {"text", View{text}}, {"here", flag(part == here)}}));
    };
    if (visitor.may(access::Permission::PatchesManage)) {
        add(DeskPart::Work, "/desk" + query, "Work");
        add(DeskPart::Patches, "/desk/patches" + query, "Patches");
    }
    if (visitor.may(access::Permission::OfficersManage)) {
        add(DeskPart::Officers, "/desk/officers", "Officers");
    }
    if (visitor.may(access::Permission::PatchesManage)) {
        add(DeskPart::Areas, "/desk/areas", "Areas");
    }
    set_list(view, "parts", std::move(parts));
}

Result<OfficersByNumber> OfficersByNumber::find(audit::Work& work, const std::set<Id<Officer>>& officers) {
    OfficersByNumber found;
    for (const auto& officer : TRY(housing::find_officers(work, officers))) {
        found.known_.emplace(officer.id, Known{officer.account.full_name(), officer.active});
    }
    return found;
}

std::string OfficersByNumber::name_of(std::optional<Id<Officer>> officer) const {
    if (!officer) {
        return "Nobody";
    }
    const auto known = known_.find(*officer);
    return known != known_.end() ? known->second.name : "Name that cannot be read";
}

View OfficersByNumber::view_of(std::optional<Id<Officer>> officer) const {
    const auto known = officer ? known_.find(*officer) : known_.end();
    return web::view_of({{"name", View{name_of(officer)}},
                         {"nobody", flag(!officer)},
                         {"left", flag(known != known_.end() && !known->second.active)}});
}

void show_workload_in(View& view, const housing::Workload& work, Instant now) {
    view["homes"] = View{say_number(work.homes)};
    view["tenancies"] = View{say_number(work.tenancies)};
    view["alerts"] = View{say_number(work.alerts)};
    view["open"] = View{say_number(work.open)};
    view["call_backs"] = View{say_number(work.call_backs)};
    view["oldest"] = text_or_none(work.oldest ? std::optional{say_age(*work.oldest, now)} : std::nullopt);
}

}  // namespace tenantry::web
