#include "web/person_frame.hpp"

#include <algorithm>

#include "web/alerts_view.hpp"

namespace tenantry::web {

namespace {

using access::Permission;

struct Part {
    PersonPart part;
    std::string_view path;
    std::string_view text;
    std::optional<Permission> needs;
};
constexpr Part kParts[] = {
    {PersonPart::Overview, "", "Overview", std::nullopt},
    {PersonPart::Interactions, "/interactions", "Interactions", Permission::InteractionsView},
    {PersonPart::Jobs, "/jobs", "Jobs and consents", std::nullopt},
    {PersonPart::Activity, "/activity", "Who has looked", Permission::ActivityLogView},
};

}  // namespace

Result<housing::Resident> resident_of(Call& call) {
    return housing::find_resident_as_far_as_it_opens(call.work, TRY(uuid_of(call, 0)));
}

std::string path_of(const housing::Person& person) {
    return "/people/" + person.uuid.text();
}

std::string name_of(const housing::Person& person) {
    const std::string name = person.name.full();
    if (name.empty()) {
        return "Name that cannot be read";
    }
    return person.name.title ? *person.name.title + " " + name : name;
}

bool is_damaged(const housing::Person& person, std::string_view column) {
    return std::any_of(person.unreadable.begin(), person.unreadable.end(),
                       [column](Literal one) { return one.view() == column; });
}

Result<void> show_head_in(View& content, Call& call, const Visitor& visitor, const housing::Person& person,
                          PersonPart part) {
    const std::string path = path_of(person);
    const bool sound = person.unreadable.empty();
    std::vector<View> parts;
    for (const auto& one : kParts) {
        if (!one.needs || visitor.may(*one.needs)) {
            parts.push_back(view_of({{"href", View{path + std::string{one.path}}},
                                     {"text", View{std::string{one.text}}},
                                     {"here", flag(one.part == part)}}));
        }
    }
    set_list(content, "parts", std::move(parts));
    content["name"] = View{name_of(person)};
    content["inactive"] = flag(!person.active);
    content["damaged"] = flag(!sound);
    content["path"] = View{path};
    content["may_log"] = flag(visitor.may(Permission::InteractionsManage));
    content["may_edit"] = flag(sound && visitor.may(Permission::ResidentsManage));
    content["may_warn"] = flag(sound && visitor.may(Permission::AlertsManage));
    content["report"] =
        text_or_none(visitor.may(Permission::GdprReportView) ? "/records/report?person=" + person.uuid.text()
                                                             : std::string{});
    return add_alert_banner(content, call.work, person.property, person.id);
}

}  // namespace tenantry::web
