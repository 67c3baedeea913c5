#include "web/routes.hpp"

#include "web/account.hpp"
#include "web/accounts.hpp"
#include "web/administration.hpp"
#include "web/assets.hpp"
#include "web/import.hpp"
#include "web/log_in.hpp"
#include "web/refusal.hpp"
#include "web/roles.hpp"

namespace tenantry::web {

namespace {

using api::Csrf;
using api::Guard;
using api::Route;
using api::Run;
using enum access::Permission;

constexpr Csrf kNoCsrf = Csrf::NotNeeded;
constexpr Csrf kCsrf = Csrf::Spent;
constexpr Guard kStaff = Guard::signed_in().staff_only();

/// A form, whatever its size within the server's bound.
bool is_form(const http::Request& request) {
    return request.body.empty() ||
           request.header("content-type").value_or("").starts_with("application/x-www-form-urlencoded");
}

// clang-format off
constexpr Route kRoutes[] = {
    {"GET",  "/",                               kStaff,                                                   kNoCsrf, Run::Slow,     read_start},

    // Logging in, and a person's own account
    {"GET",  "/log-in",                         Guard::open("this is where a session comes from"),        kNoCsrf, Run::Read,     read_log_in},
    {"POST", "/log-in",                         Guard::open("this is where a session comes from"),        kNoCsrf, Run::Password, post_log_in},
    {"POST", "/log-out",                        Guard::open("whose session has ended may still log out"), kNoCsrf, Run::Write,    post_log_out},
    {"GET",  "/account",                        kStaff,                                                   kNoCsrf, Run::Slow,     read_account},
    {"POST", "/account/sessions/{session}/end", kStaff,                                                   kCsrf,   Run::Write,    end_own_session},
    {"GET",  "/account/password",               kStaff,                                                   kNoCsrf, Run::Slow,     read_password},
    {"POST", "/account/password",               kStaff,                                                   kNoCsrf, Run::Password, post_password},

    // Administration
    {"GET",  "/administration",                                        Guard::needs(UsersManage).staff_only(),            kNoCsrf, Run::Slow,     read_administration},
    {"GET",  "/administration/accounts",                               Guard::needs(UsersManage).staff_only(),            kNoCsrf, Run::Slow,     read_accounts},
    {"POST", "/administration/accounts",                               Guard::needs(UsersManage).staff_only(),            kNoCsrf, Run::Slow,     read_accounts},
    {"GET",  "/administration/accounts/new",                           Guard::needs(UsersManage).staff_only(),            kNoCsrf, Run::Slow,     read_new_account},
    {"POST", "/administration/accounts/new",                           Guard::needs(UsersManage).staff_only(),            kNoCsrf, Run::Password, post_new_account},
    {"GET",  "/administration/accounts/{account}",                     Guard::needs(UsersManage).staff_only(),            kNoCsrf, Run::Slow,     read_one_account},
    {"GET",  "/administration/accounts/{account}/edit",                Guard::needs(UsersManage).staff_only(),            kNoCsrf, Run::Slow,     read_account_edit},
    {"POST", "/administration/accounts/{account}/edit",                Guard::needs(UsersManage).staff_only(),            kNoCsrf, Run::Password, post_account_edit},
    {"GET",  "/administration/accounts/{account}/status",              Guard::needs(UsersManage).staff_only(),            kNoCsrf, Run::Slow,     read_account_status},
    {"POST", "/administration/accounts/{account}/status",              Guard::needs(UsersManage).staff_only(),            kCsrf,   Run::Write,    post_account_status},
    {"POST", "/administration/accounts/{account}/log-out",             Guard::needs(UsersLogout).staff_only(),            kCsrf,   Run::Write,    post_account_log_out},
    {"POST", "/administration/accounts/{account}/sessions/{session}/end", Guard::needs(SessionsTerminate).staff_only(),   kCsrf,   Run::Write,    end_account_session},
    {"GET",  "/administration/roles",                                  Guard::needs(StaffPermissionsManage).staff_only(), kNoCsrf, Run::Slow,     read_roles},
    {"GET",  "/administration/roles/{role}",                           Guard::needs(StaffPermissionsManage).staff_only(), kNoCsrf, Run::Slow,     read_role},
    {"POST", "/administration/roles/{role}",                           Guard::needs(StaffPermissionsManage).staff_only(), kCsrf,   Run::Write,    post_role},
    {"GET",  "/administration/sessions",                               Guard::needs(SessionsList).staff_only(),           kNoCsrf, Run::Slow,     read_all_sessions},
    {"POST", "/administration/sessions/{session}/end",                 Guard::needs(SessionsTerminate).staff_only(),      kCsrf,   Run::Write,    end_any_session},
    {"GET",  "/administration/import",                                 Guard::needs(StaffPermissionsManage).staff_only(), kNoCsrf, Run::Slow,     read_import},
    {"GET",  "/administration/import/progress",                        Guard::needs(StaffPermissionsManage).staff_only(), kNoCsrf, Run::Slow,     read_import_progress},
    {"POST", "/administration/import/check",                           Guard::needs(StaffPermissionsManage).staff_only(), kCsrf,   Run::Write,    post_import_check},
    {"POST", "/administration/import/confirm",                         Guard::needs(StaffPermissionsManage).staff_only(), kNoCsrf, Run::Slow,     ask_before_import},
    {"POST", "/administration/import",                                 Guard::needs(StaffPermissionsManage).staff_only(), kCsrf,   Run::Write,    post_import},

    // Styles and scripts
    {"GET",  "/assets/{version}/{name}",        Guard::open("styles and scripts hold no data"),           kNoCsrf, Run::Read,     read_asset},
};
// clang-format on

}  // namespace

api::Api pages() {
    api::Api api{kRoutes, refuse, refuse_status};
    api.refuse_call = refuse_call;
    api.supports_body = is_form;
    return api;
}

}  // namespace tenantry::web
