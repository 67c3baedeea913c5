#include "web/person_alerts.hpp"

#include <algorithm>

#include "register/alert.hpp"
#include "register/code_list.hpp"
#include "register/property.hpp"
#include "web/format.hpp"
#include "web/person_frame.hpp"

namespace tenantry::web {

namespace {

using housing::AlertAtHome;
using housing::Resident;

/// What is known before anything is added or removed.
struct Warned {
    Resident resident;
    std::vector<AlertAtHome> alerts;  ///< theirs
};

Result<Warned> read_warned(Call& call) {
    Warned warned{TRY(housing::find_resident(call.work, TRY(uuid_of(call, 0)))), {}};
    warned.alerts = TRY(housing::list_warnings(call.work, std::nullopt, warned.resident.person.id)).alerts;
    return warned;
}

/// Of the code list, without what is recorded already.
Result<std::vector<Option>> types_to_add(Call& call, const Warned& warned) {
    std::vector<Option> types;
    for (auto& entry : TRY(housing::list_codes(call.work.tx(), "alert_type"))) {
        const bool known =
            std::any_of(warned.alerts.begin(), warned.alerts.end(), [&](const AlertAtHome& one) {
                return one.alert.type_code == entry.code && one.alert.uprn == warned.resident.uprn;
            });
        if (!known) {
            types.push_back({std::move(entry.code), std::move(entry.label)});
        }
    }
    return types;
}

std::vector<std::string> add_types(Form& form, std::vector<Option> types) {
    return form.checkboxes({.name = "type",
                            .label = "What are officers to be warned of?",
                            .options = std::move(types),
                            .hint = "Choose all that apply. Record what was seen or said, and by whom, in an "
                                    "interaction.",
                            .missing = "Choose what officers are to be warned of"});
}

Result<http::Response> show_alerts(Call& call, const Visitor& visitor, const Warned& warned,
                                   const Form& form) {
    const auto& person = warned.resident.person;
    const auto& home = warned.resident.home;
    const std::string path = path_of(person);
    std::vector<View> alerts;
    for (const auto& one : warned.alerts) {
        alerts.push_back(view_of({{"label", View{one.label}},
                                  {"since", View{say_date(uk_date(one.alert.created_at))}},
                                  {"remove", View{path + "/alerts/" + one.alert.uuid.text() + "/remove"}}}));
    }
    View content;
    content["name"] = View{name_of(person)};
    content["path"] = View{path};
    content["home"] =
        text_or_none(warned.resident.uprn ? housing::join_address(home.line_1, home.line_2, home.line_3,
                                                                  home.city, home.postcode)
                                          : std::string{});
    set_list(content, "alerts", std::move(alerts));
    return show(call, visitor,
                {.title = "Alerts about a person",
                 .template_name = "person_alerts",
                 .content = std::move(content),
                 .back = Link{path, "Back to the person"},
                 .form = &form});
}

/// The alert of the path. NotFound: it is not one of theirs.
Result<AlertAtHome> alert_of(const Call& call, const Warned& warned) {
    const auto uuid = Uuid::parse(call.path_values.at(1));
    const auto found = std::find_if(warned.alerts.begin(), warned.alerts.end(),
                                    [&](const AlertAtHome& one) { return one.alert.uuid == uuid; });
    return found != warned.alerts.end() ? Result<AlertAtHome>{*found}
                                        : Error{Code::NotFound, "No such alert"};
}

std::optional<std::string> add_caution(Form& form, const std::string& name) {
    return form.radios({.name = "caution",
                        .label = "Are officers still to be warned of " + name + "?",
                        .options = {{"ends", "No, the warning ends"}, {"stays", "Yes, only this alert goes"}},
                        .missing = "Choose whether officers are still to be warned"});
}

Result<http::Response> show_removal(Call& call, const Visitor& visitor, const Warned& warned,
                                    const AlertAtHome& alert, const Form& form) {
    const auto& person = warned.resident.person;
    const auto others = static_cast<std::int64_t>(warned.alerts.size()) - 1;
    View content;
    content["name"] = View{name_of(person)};
    content["path"] = View{path_of(person) + "/alerts"};
    content["label"] = View{alert.label};
    content["since"] = View{say_date(uk_date(alert.alert.created_at))};
    content["others"] =
        text_or_none(others > 0 ? say_count(others, "other alert", "other alerts") : std::string{});
    content["remove"] = View{path_of(person) + "/alerts/" + alert.alert.uuid.text() + "/remove"};
    return show(call, visitor,
                {.title = "Remove an alert",
                 .template_name = "alert_removal",
                 .content = std::move(content),
                 .back = Link{path_of(person) + "/alerts", "Back to the alerts"},
                 .form = &form});
}

}  // namespace

Result<http::Response> read_person_alerts(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const Warned warned = TRY(read_warned(call));
    Form form;
    std::ignore = add_types(form, TRY(types_to_add(call, warned)));
    return show_alerts(call, visitor, warned, form);
}

Result<http::Response> post_person_alerts(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const Warned warned = TRY(read_warned(call));
    Form form{call.params};
    const auto types = add_types(form, TRY(types_to_add(call, warned)));
    if (!warned.resident.uprn) {
        form.refuse("", "An alert belongs to a home, and this person is at none: move them to one first");
    }
    if (!form.is_sound()) {
        return show_alerts(call, visitor, warned, form);
    }
    const auto& person = warned.resident.person;
    TRY(housing::raise_alerts(call.work, person.uuid, *warned.resident.uprn, types));
    return go_to(path_of(person), "alerts-added");
}

Result<http::Response> read_alert_removal(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const Warned warned = TRY(read_warned(call));
    const AlertAtHome alert = TRY(alert_of(call, warned));
    Form form;
    std::ignore = add_caution(form, name_of(warned.resident.person));
    return show_removal(call, visitor, warned, alert, form);
}

Result<http::Response> post_alert_removal(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const Warned warned = TRY(read_warned(call));
    const AlertAtHome alert = TRY(alert_of(call, warned));
    const auto& resident = warned.resident;
    Form form{call.params};
    const auto caution = add_caution(form, name_of(resident.person));
    if (!form.is_sound()) {
        return show_removal(call, visitor, warned, alert, form);
    }
    // The flags are those of the people where this person is now.
    const auto uprn = resident.uprn.value_or(alert.alert.uprn);
    TRY(housing::remove_alerts(call.work, resident.person.uuid, uprn, {alert.alert.uuid},
                               *caution == "ends" ? housing::Caution::Ends : housing::Caution::Stays));
    return go_to(path_of(resident.person), "alert-removed");
}

}  // namespace tenantry::web
