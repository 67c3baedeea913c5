#include "web/home.hpp"

#include <algorithm>

#include "register/tenancy.hpp"
#include "web/alerts_view.hpp"
#include "web/format.hpp"
#include "web/home_view.hpp"
#include "web/paging.hpp"

namespace tenantry::web {

namespace {

using access::Permission;
using housing::HomeEvent;

std::optional<std::string> say(const std::optional<Date>& date) {
    return date ? std::optional{say_date(*date)} : std::nullopt;
}

View view_of_stay(const housing::Stay& stay) {
    const auto& person = stay.person;
    View view = view_of_person_in_list(person);
    view["role"] = text_or_none(person.relationship);
    view["responsible"] = flag(person.responsible);
    view["since"] = View{say_date(uk_date(stay.from))};
    view["until"] = text_or_none(stay.to ? std::optional{say_date(uk_date(*stay.to))} : std::nullopt);
    return view;
}

View view_of_tenancy(const housing::Tenancy& tenancy) {
    return view_of({{"href", View{"/tenancies/" + tenancy.uuid.text()}},
                    {"tag", View{tenancy.tag_reference}},
                    {"tenure", text_or_none(housing::tenure_label(tenancy.tenure_code))},
                    {"present", flag(tenancy.present)},
                    {"start", text_or_none(say(tenancy.start_on))},
                    {"end", text_or_none(say(tenancy.end_on))},
                    {"balance", text_or_none(tenancy.current_balance
                                                 ? std::optional{say_balance(*tenancy.current_balance)}
                                                 : std::nullopt)}});
}

bool ran_on(const housing::Tenancy& tenancy, Date day) {
    return tenancy.start_on && *tenancy.start_on <= day && (!tenancy.end_on || *tenancy.end_on >= day);
}

template <class Items, class Show>
std::vector<View> views_of(const Items& items, Show show) {
    std::vector<View> views;
    views.reserve(items.size());
    for (const auto& item : items) {
        views.push_back(show(item));
    }
    return views;
}

std::string_view title_of(HomeEvent::Kind kind) {
    switch (kind) {
        case HomeEvent::Kind::MovedIn:
            return "Moved in";
        case HomeEvent::Kind::MovedOut:
            return "Moved out";
        case HomeEvent::Kind::TenancyBegan:
            return "Tenancy began";
        case HomeEvent::Kind::TenancyEnded:
            return "Tenancy ended";
        case HomeEvent::Kind::AlertRaised:
            return "Alert raised";
        case HomeEvent::Kind::Logged:
            return "Interaction logged";
    }
    return "";
}

View view_of_event(const HomeEvent& event) {
    const bool is_tenancy =
        event.kind == HomeEvent::Kind::TenancyBegan || event.kind == HomeEvent::Kind::TenancyEnded;
    const std::string path = is_tenancy ? "/tenancies/" : "/interactions/";
    View record = flag(false);
    if (event.record) {
        record = view_of({{"href", View{path + event.record->text()}}, {"text", View{event.what}}});
    }
    View person = flag(false);
    if (event.person) {
        person = view_of({{"href", View{"/people/" + event.person->text()}},
                          {"name", View{event.person_name.value_or("Record that cannot be read")}}});
    }
    // A tenancy's event is of a day; at midnight nobody logs anything.
    const Date day = uk_date(event.at);
    return view_of({{"title", View{std::string{title_of(event.kind)}}},
                    {"by", text_or_none(event.by)},
                    {"day", View{format_date(day)}},
                    {"when", View{is_tenancy ? say_date(day) : say_time(event.at)}},
                    {"record", std::move(record)},
                    {"warning", event.kind == HomeEvent::Kind::AlertRaised ? View{event.what} : flag(false)},
                    {"detail", text_or_none(event.detail)},
                    {"person", std::move(person)}});
}

/// The day that the query asks for, as a form that says what is wrong with it.
std::optional<Date> add_day(Form& form, Instant now) {
    const auto day = form.date({.name = "on", .label = "Day", .missing = "Enter a day"});
    if (day && *day > uk_date(now)) {
        form.refuse("on", "The day must be today or in the past");
        return std::nullopt;
    }
    return day;
}

Result<void> show_residents_in(View& view, Call& call, const housing::Property& home) {
    const auto now = call.work.now();
    const auto stays = TRY(housing::list_stays(call.work, home.id, now, now + std::chrono::milliseconds{1},
                                               housing::Depth::Contact));
    // With one person there is nothing to choose.
    view["log"] = View{stays.size() == 1 ? "/people/" + stays[0].person.uuid.text() + "/log" : "#people"};
    set_list(view, "residents", views_of(stays, view_of_stay));
    return {};
}

Result<void> show_day_in(View& view, Call& call, const housing::Property& home, std::optional<Date> day,
                         const std::vector<housing::Tenancy>& tenancies) {
    if (!day) {
        view["then"] = flag(false);
        return {};
    }
    const auto next = Date{std::chrono::sys_days{*day} + std::chrono::days{1}};
    const auto stays = TRY(housing::list_stays(call.work, home.id, uk_midnight(*day), uk_midnight(next),
                                               housing::Depth::Contact));
    const auto first = TRY(housing::find_first_stay(call.work.tx(), home.id));
    View then;
    then["day"] = View{say_date(*day)};
    set_list(then, "occupants", views_of(stays, view_of_stay));
    const bool is_before = first && uk_date(*first) > *day;
    then["record_begins"] = is_before ? View{say_date(uk_date(*first))} : flag(false);
    std::vector<housing::Tenancy> of_day;
    std::copy_if(tenancies.begin(), tenancies.end(), std::back_inserter(of_day),
                 [day](const auto& tenancy) { return ran_on(tenancy, *day); });
    set_list(then, "of_day", views_of(of_day, view_of_tenancy));
    view["then"] = std::move(then);
    return {};
}

Result<void> show_timeline_in(View& view, Call& call, const Visitor& visitor, const housing::Property& home) {
    const auto page = TRY(asked_page(call));
    const auto timeline = TRY(housing::read_home_timeline(
        call.work, home.id,
        {visitor.may(Permission::AccountsView), visitor.may(Permission::InteractionsView)}, page.paging()));
    set_list(view, "events", views_of(timeline.events, view_of_event));
    show_paging_in(view, path_of(home, "?"), page, timeline.has_older);
    return {};
}

}  // namespace

Result<http::Response> read_home(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto home = TRY(home_of(call));
    Form opened;
    Form sent{call.params};
    Form& form = call.params.has("on.day") ? sent : opened;
    const auto day = add_day(form, call.work.now());
    const bool sees_tenancies = visitor.may(Permission::AccountsView);
    View content;
    TRY(add_alert_banner(content, call.work, home.id));
    TRY(show_home_in(content, call, home));
    TRY(show_residents_in(content, call, home));
    std::vector<housing::Tenancy> tenancies;
    if (sees_tenancies) {
        tenancies = TRY(housing::list_tenancies_of(call.work.tx(), call.work.keys(), home.id));
    }
    content["sees_tenancies"] = flag(sees_tenancies);
    set_list(content, "tenancies", views_of(tenancies, view_of_tenancy));
    TRY(show_day_in(content, call, home, day, tenancies));
    TRY(show_open_work_in(content, call, visitor, home));
    TRY(show_timeline_in(content, call, visitor, home));
    content["may_log"] = flag(visitor.may(Permission::InteractionsManage));
    return show(call, visitor,
                {.title = "Home", .template_name = "home", .content = std::move(content), .form = &form});
}

}  // namespace tenantry::web
