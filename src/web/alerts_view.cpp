#include "web/alerts_view.hpp"

#include "web/format.hpp"

namespace tenantry::web {

namespace {

constexpr std::string_view kDamagedPerson = "Somebody whose record cannot be read";

View view_of_person(const Uuid& uuid, const std::optional<std::string>& name) {
    return view_of({{"href", View{"/people/" + uuid.text()}},
                    {"name", View{name.value_or(std::string{kDamagedPerson})}}});
}

}  // namespace

Result<void> add_alert_banner(View& content, audit::Work& work, std::optional<Id<housing::Property>> home,
                              std::optional<Id<housing::Person>> person) {
    const auto warnings = TRY(housing::list_warnings(work, home, person));
    std::vector<View> alerts;
    for (const auto& one : warnings.alerts) {
        View alert = view_of_person(one.person, one.person_name);
        alert["label"] = View{one.label};
        alert["since"] = View{say_date(uk_date(one.alert.created_at))};
        alerts.push_back(std::move(alert));
    }
    std::vector<View> flagged;
    for (const auto& one : warnings.flagged) {
        flagged.push_back(view_of_person(one.uuid, one.name));
    }
    View banner;
    banner["of_home"] = flag(home.has_value());
    banner["any"] = flag(!alerts.empty() || !flagged.empty());
    set_list(banner, "alerts", std::move(alerts));
    set_list(banner, "flagged", std::move(flagged));
    content["alert_banner"] = std::move(banner);
    return {};
}

}  // namespace tenantry::web
