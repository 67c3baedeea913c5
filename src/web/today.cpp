#include "web/today.hpp"

#include "register/my_patch.hpp"
#include "register/officer.hpp"
#include "register/tray.hpp"
#include "web/format.hpp"
#include "web/interaction_row.hpp"
#include "web/officer.hpp"
#include "web/paging.hpp"

namespace tenantry::web {

namespace {

using access::Permission;
using housing::TrayFilter;

constexpr std::chrono::days kFresh{28};
constexpr std::int64_t kShownBeside = 20;  ///< new tenancies, and alerts, beside the work

struct Tab {
    TrayFilter filter;
    std::string_view name;  ///< in the address
    std::string_view text;
    std::string_view none;  ///< what to say where there is nothing
};
constexpr Tab kTabs[] = {
    {TrayFilter::All, "", "All", "Nothing is open. Search for a person or a home to log a call about them."},
    {TrayFilter::Callbacks, "callbacks", "Call-backs", "Nobody is waiting for you to call back."},
    {TrayFilter::Transferred, "transferred", "Transferred", "Nothing has been transferred to you."},
};

const Tab& asked_tab(const Call& call) {
    const std::string* asked = call.params.given_text("show");
    for (const auto& tab : kTabs) {
        if (asked != nullptr && *asked == tab.name) {
            return tab;
        }
    }
    return kTabs[0];
}

std::int64_t count_of(const housing::TrayPage& tray, TrayFilter filter) {
    switch (filter) {
        case TrayFilter::Callbacks:
            return tray.callbacks;
        case TrayFilter::Transferred:
            return tray.transferred;
        case TrayFilter::All:
            break;
    }
    return tray.all;
}

/// "work": tabs, the page of the tray, and links to its other pages.
Result<void> add_work(Call& call, const housing::Posting& posting, View& content) {
    const Tab& here = asked_tab(call);
    const auto page = TRY(asked_page(call));
    const auto tray =
        TRY(housing::list_tray_of_officer(call.work, posting.officer, here.filter, page.paging()));
    View work;
    std::vector<View> tabs;
    for (const auto& tab : kTabs) {
        tabs.push_back(
            view_of({{"href", View{tab.name.empty() ? std::string{"/"} : "/?show=" + std::string{tab.name}}},
                     {"text", View{std::string{tab.text}}},
                     {"count", View{std::to_string(count_of(tray, tab.filter)) + (tray.is_whole ? "" : "+")}},
                     {"here", flag(&tab == &here)}}));
    }
    set_list(work, "tabs", std::move(tabs));
    const bool is_own_tray = here.filter == TrayFilter::All && !posting.patch;
    work["none"] = View{is_own_tray ? "Nothing has been handed to you." : std::string{here.none}};
    show_interactions_in(work, tray.items, ShowHolder::No, call.work.now());
    const auto path = here.name.empty() ? std::string{"/?"} : "/?show=" + std::string{here.name} + "&";
    show_paging_in(work, path, page, page.is_followed(count_of(tray, here.filter)));
    content["work"] = std::move(work);
    return {};
}

/// "area": how much lies in each patch of a manager.
Result<void> add_area(Call& call, Id<housing::Officer> manager, View& content) {
    std::vector<View> rows;
    for (const auto& patch : TRY(housing::list_patches_of_manager(call.work, manager))) {
        rows.push_back(view_of(
            {{"patch", View{patch.name}},
             {"officer", text_or_none(patch.officer)},
             {"open", View{std::to_string(patch.open)}},
             {"callbacks", View{std::to_string(patch.callbacks)}},
             {"oldest", text_or_none(patch.oldest ? std::optional{say_age(*patch.oldest, call.work.now())}
                                                  : std::nullopt)}}));
    }
    View area;
    set_list(area, "patches", std::move(rows));
    content["area"] = std::move(area);
    return {};
}

/// "fresh": tenancies that have just begun.
Result<void> add_fresh(Call& call, Id<housing::Officer> officer, View& content) {
    const Date since{std::chrono::sys_days{uk_date(call.work.now())} - kFresh};
    std::vector<View> rows;
    for (const auto& tenancy : TRY(housing::list_fresh_tenancies(call.work, officer, since, kShownBeside))) {
        std::vector<View> people;
        for (const auto& person : tenancy.people) {
            people.push_back(view_of({{"person", View{"/people/" + person.uuid.text()}},
                                      {"name", View{say_name(person)}},
                                      {"alert", flag(person.cautionary_alert)},
                                      {"home_alert", flag(false)}}));
        }
        View row = view_of({{"href", View{"/tenancies/" + tenancy.uuid.text()}},
                            {"address", View{tenancy.address}},
                            {"tag", View{tenancy.tag_reference}},
                            {"started", View{say_date(tenancy.started)}}});
        set_list(row, "people", std::move(people));
        rows.push_back(std::move(row));
    }
    View fresh;
    set_list(fresh, "tenancies", std::move(rows));
    content["fresh"] = std::move(fresh);
    return {};
}

Result<bool> show_flagged_in(Call& call, Id<housing::Officer> officer, housing::Paging paging, View& view) {
    const auto page = TRY(housing::list_flagged_in_patches(call.work, officer, paging));
    std::vector<View> rows;
    for (const auto& line : page.people) {
        rows.push_back(view_of_person_line(line));
    }
    set_list(view, "flagged", std::move(rows));
    return page.has_more;
}

/// "warnings": of whom officers are warned.
Result<void> add_warnings(Call& call, Id<housing::Officer> officer, View& content) {
    View warnings;
    const bool more = TRY(show_flagged_in(call, officer, {kShownBeside, 0}, warnings));
    warnings["more"] = flag(more);
    content["warnings"] = std::move(warnings);
    return {};
}

View offer(std::string_view href, std::string_view text, std::string_view hint) {
    return view_of({{"href", View{std::string{href}}},
                    {"text", View{std::string{text}}},
                    {"hint", View{std::string{hint}}}});
}

/// "offers": where else a visitor may go.
void add_offers(const Visitor& visitor, View& content) {
    std::vector<View> rows;
    for (const auto* one : destinations_of(visitor)) {
        if (one->place != Place::Today) {
            rows.push_back(offer(one->href, one->text, one->hint));
        }
    }
    rows.push_back(offer("/account", "Your account", "Your sessions and your password."));
    set_list(content, "offers", std::move(rows));
}

}  // namespace

Result<http::Response> read_today(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto posting = TRY(posting_of(call));
    const bool has_patch = posting && posting->patch;
    const bool has_area = posting && posting->is_manager;
    View content;
    for (const auto* part : {"work", "area", "fresh", "warnings"}) {
        content[part] = flag(false);
    }
    content["today"] = View{say_date(uk_date(call.work.now()))};
    content["waits"] = flag(posting && !has_patch && !has_area);
    content["searches"] = flag(visitor.may(Permission::ResidentsView));
    content["may_desk"] = flag(visitor.may(Permission::PatchesManage));
    set_list(content, "offers", {});
    if (has_area && visitor.may(Permission::PatchesView)) {
        TRY(add_area(call, posting->officer, content));
    }
    if ((has_patch || has_area) && visitor.may(Permission::InteractionsView)) {
        TRY(add_work(call, *posting, content));
    }
    if (has_patch && visitor.may(Permission::AccountsView)) {
        TRY(add_fresh(call, posting->officer, content));
    }
    if (has_patch && visitor.may(Permission::ResidentsView)) {
        TRY(add_warnings(call, posting->officer, content));
    }
    if (!has_patch && !has_area) {
        add_offers(visitor, content);
    }
    return show(
        call, visitor,
        {.title = "Today", .template_name = "today", .content = std::move(content), .place = Place::Today});
}

Result<http::Response> read_alerts_in_patch(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto posting = TRY(posting_of(call));
    const auto page = TRY(asked_page(call));
    View content;
    bool more = false;
    set_list(content, "flagged", {});
    if (posting) {
        more = TRY(show_flagged_in(call, posting->officer, page.paging(), content));
    }
    show_paging_in(content, "/today/alerts?", page, more);
    return show(call, visitor,
                {.title = "Alerts in your patch",
                 .template_name = "today_alerts",
                 .content = std::move(content),
                 .place = Place::Today,
                 .back = Link{"/", "Today"}});
}

}  // namespace tenantry::web
