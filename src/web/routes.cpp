#include "web/routes.hpp"

#include "web/account.hpp"
#include "web/assets.hpp"
#include "web/home.hpp"
#include "web/log_in.hpp"
#include "web/person.hpp"
#include "web/person_alerts.hpp"
#include "web/person_edit.hpp"
#include "web/person_new.hpp"
#include "web/refusal.hpp"
#include "web/tenancy.hpp"
#include "web/visit_sheet.hpp"

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

    // Homes and tenancies
    {"GET",  "/homes/{property}",               Guard::needs(ResidentsView).staff_only(),                 kNoCsrf, Run::Slow,     read_home},
    {"GET",  "/homes/{property}/visit-sheet",   Guard::needs(ResidentsView).staff_only(),                 kNoCsrf, Run::Slow,     read_visit_sheet},
    {"GET",  "/tenancies/{tenancy}",            Guard::needs(AccountsView).staff_only(),                  kNoCsrf, Run::Slow,     read_tenancy},

    // People
    {"GET",  "/people/new",                     Guard::needs(ResidentsManage).staff_only(),               kNoCsrf, Run::Slow,     read_new_person},
    {"POST", "/people/new/check",               Guard::needs(ResidentsManage).staff_only(),               kNoCsrf, Run::Slow,     check_new_person},
    {"POST", "/people/new",                     Guard::needs(ResidentsManage).staff_only(),               kCsrf,   Run::Write,    post_new_person},
    {"GET",  "/people/{person}",                Guard::needs(ResidentsView).staff_only(),                 kNoCsrf, Run::Slow,     read_person},
    {"GET",  "/people/{person}/interactions",   Guard::needs(ResidentsView).staff_only(),                 kNoCsrf, Run::Slow,     read_person_interactions},
    {"GET",  "/people/{person}/jobs",           Guard::needs(ResidentsView).staff_only(),                 kNoCsrf, Run::Slow,     read_person_jobs},
    {"GET",  "/people/{person}/activity",       Guard::needs(ActivityLogView).staff_only(),               kNoCsrf, Run::Slow,     read_person_activity},
    {"GET",  "/people/{person}/edit",           Guard::needs(ResidentsManage).staff_only(),               kNoCsrf, Run::Slow,     read_person_edit},
    {"POST", "/people/{person}/edit",           Guard::needs(ResidentsManage).staff_only(),               kCsrf,   Run::Write,    post_person_edit},
    {"GET",  "/people/{person}/alerts",         Guard::needs(AlertsManage).staff_only(),                  kNoCsrf, Run::Slow,     read_person_alerts},
    {"POST", "/people/{person}/alerts",         Guard::needs(AlertsManage).staff_only(),                  kCsrf,   Run::Write,    post_person_alerts},
    {"GET",  "/people/{person}/alerts/{alert}/remove", Guard::needs(AlertsManage).staff_only(),           kNoCsrf, Run::Slow,     read_alert_removal},
    {"POST", "/people/{person}/alerts/{alert}/remove", Guard::needs(AlertsManage).staff_only(),           kCsrf,   Run::Write,    post_alert_removal},

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
