#include "web/administration.hpp"

#include <array>

#include "access/management.hpp"
#include "api/services.hpp"
#include "register/search_mode.hpp"
#include "web/format.hpp"
#include "web/paging.hpp"
#include "web/session_view.hpp"
#include "web/summary_row.hpp"

namespace tenantry::web {

namespace {

using access::Permission;

struct MenuItem {
    std::string_view href;
    std::string_view text;
    Permission permission;
};
constexpr std::array<MenuItem, 5> kMenu{{
    {"/administration", "Overview", Permission::UsersManage},
    {"/administration/accounts", "Accounts", Permission::UsersManage},
    {"/administration/roles", "Roles", Permission::StaffPermissionsManage},
    {"/administration/sessions", "Sessions", Permission::SessionsList},
    {"/administration/import", "Import", Permission::StaffPermissionsManage},
}};

std::string say_search(housing::SearchMode mode) {
    return mode == housing::SearchMode::Memory
               ? "In memory: no name is kept in clear on the disk"
               : "Plaintext: names are kept in clear in a search index on the disk";
}

std::string say_csrf(access::CsrfMode mode) {
    return mode == access::CsrfMode::SingleUse ? "Each form can be sent once"
                                               : "A form’s token lasts for its session";
}

std::string say_limit(std::int64_t requests) {
    return requests > 0 ? say_count(requests, "request a minute", "requests a minute")
                        : std::string{"No limit"};
}

}  // namespace

http::Response show_administration(Call& call, const Visitor& visitor, std::string_view here, Page page) {
    std::vector<View> menu;
    for (const auto& item : kMenu) {
        if (visitor.may(item.permission)) {
            menu.push_back(view_of({{"href", View{std::string{item.href}}},
                                    {"text", View{std::string{item.text}}},
                                    {"here", flag(item.href == here)}}));
        }
    }
    set_list(page.content, "menu", std::move(menu));
    page.place = Place::Administration;
    return show(call, visitor, std::move(page));
}

Result<http::Response> read_administration(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    auto& tx = call.work.tx();
    const auto accounts = TRY(access::list_accounts(call.work, std::nullopt, "", 0, 0));
    const auto sessions = TRY(access::list_sessions(call.work, std::nullopt, 0, 0));
    const auto search = TRY(housing::find_search_state(tx));
    const auto& settings = call.services.settings;
    View content;
    set_rows(content, "people",
             {{"Accounts", say_count(accounts.total, "account", "accounts")},
              {"Logged in now", say_count(sessions.total, "session", "sessions")}});
    set_rows(content, "state",
             {{"Search by name", say_search(search.mode)},
              {"Field key in use", "Number " + std::to_string(call.services.keys.active_field_key())},
              {"Forms", say_csrf(settings.csrf_mode)},
              {"Requests", say_limit(settings.rate_limit)},
              {"A subject access report",
               settings.report_needs_reason ? "Needs a reason" : "May go without a reason"}});
    return show_administration(
        call, visitor, "/administration",
        {.title = "Administration", .template_name = "administration", .content = std::move(content)});
}

Result<http::Response> read_all_sessions(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto asked = TRY(asked_page(call));
    const auto page =
        TRY(access::list_sessions(call.work, std::nullopt, asked.paging().limit, asked.paging().offset));
    View content;
    content["count"] = View{say_count(page.total, "session", "sessions")};
    show_sessions_in(content, page, call.who(), "/administration/sessions",
                     visitor.may(Permission::SessionsTerminate));
    show_paging_in(content, "/administration/sessions?", asked, asked.is_followed(page.total));
    return show_administration(
        call, visitor, "/administration/sessions",
        {.title = "Sessions", .template_name = "all_sessions", .content = std::move(content)});
}

Result<http::Response> end_any_session(Call& call) {
    TRY(access::terminate_session(call.work, call.who(), TRY(uuid_of(call))));
    return go_to("/administration/sessions", "session-ended");
}

}  // namespace tenantry::web
