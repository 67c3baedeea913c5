#include "web/routes.hpp"

#include "web/account.hpp"
#include "web/accounts.hpp"
#include "web/administration.hpp"
#include "web/assets.hpp"
#include "web/desk.hpp"
#include "web/desk_assign.hpp"
#include "web/desk_officers.hpp"
#include "web/home.hpp"
#include "web/import.hpp"
#include "web/interaction.hpp"
#include "web/log_in.hpp"
#include "web/log_interaction.hpp"
#include "web/person.hpp"
#include "web/person_alerts.hpp"
#include "web/person_edit.hpp"
#include "web/person_new.hpp"
#include "web/records.hpp"
#include "web/records_activity.hpp"
#include "web/records_chain.hpp"
#include "web/records_consents.hpp"
#include "web/records_erasure.hpp"
#include "web/records_holds.hpp"
#include "web/records_quality.hpp"
#include "web/records_report.hpp"
#include "web/records_retention.hpp"
#include "web/refusal.hpp"
#include "web/roles.hpp"
#include "web/search.hpp"
#include "web/tenancy.hpp"
#include "web/today.hpp"
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
constexpr Guard kSeesInteractions = Guard::needs(InteractionsView).staff_only();
constexpr Guard kWorks = Guard::needs(InteractionsManage).staff_only();
constexpr Guard kStaff = Guard::signed_in().staff_only();
constexpr Guard kPatches = Guard::needs(PatchesManage).staff_only();
constexpr Guard kOfficers = Guard::needs(OfficersManage).staff_only();

constexpr Guard kRecords = Guard::needs(GdprReportView, ActivityLogView).staff_only();
constexpr Guard kReports = Guard::needs(GdprReportView).staff_only();
constexpr Guard kActivity = Guard::needs(ActivityLogView).staff_only();
constexpr Guard kRetention = Guard::needs(RetentionManage).staff_only();
constexpr Guard kErasure = Guard::needs(ErasureManage).staff_only();
constexpr Guard kQuality = Guard::needs(GdprReportView, PatchesManage).staff_only();

/// A form, whatever its size within the server's bound.
bool is_form(const http::Request& request) {
    return request.body.empty() ||
           request.header("content-type").value_or("").starts_with("application/x-www-form-urlencoded");
}

// clang-format off
constexpr Route kRoutes[] = {
    // Where a day begins
    {"GET",  "/",                               kStaff,                                                   kNoCsrf, Run::Slow,     read_today},
    {"GET",  "/today/alerts",                   Guard::needs(ResidentsView).staff_only(),                 kNoCsrf, Run::Slow,     read_alerts_in_patch},

    // The search box: a POST, for what is typed must stand in no address; it changes nothing
    {"GET",  "/search",                         Guard::needs(ResidentsView).staff_only(),                 kNoCsrf, Run::Slow,     read_search},
    {"POST", "/search",                         Guard::needs(ResidentsView).staff_only(),                 kNoCsrf, Run::Slow,     post_search},

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
    // Interactions
    {"GET",  "/people/{person}/log",            kWorks,                                                   kNoCsrf, Run::Slow,     read_log},
    {"POST", "/people/{person}/log",            kWorks,                                                   kCsrf,   Run::Write,    post_log},
    {"GET",  "/interactions/{interaction}",     kSeesInteractions,                                        kNoCsrf, Run::Slow,     read_interaction},
    {"GET",  "/interactions/{interaction}/note", kSeesInteractions,                                       kNoCsrf, Run::Slow,     read_interaction},
    {"POST", "/interactions/{interaction}/note", kWorks,                                                  kCsrf,   Run::Write,    post_note},
    {"GET",  "/interactions/{interaction}/transfer", kWorks,                                              kNoCsrf, Run::Slow,     read_transfer},
    {"POST", "/interactions/{interaction}/transfer", kWorks,                                              kCsrf,   Run::Write,    post_transfer},
    {"GET",  "/interactions/{interaction}/close", kWorks,                                                 kNoCsrf, Run::Slow,     read_close},
    {"POST", "/interactions/{interaction}/close", kWorks,                                                 kCsrf,   Run::Write,    post_close},
    // The manager's desk
    {"GET",  "/desk",                           kPatches,                                                 kNoCsrf, Run::Slow,     read_desk},
    {"GET",  "/desk/areas",                     kPatches,                                                 kNoCsrf, Run::Slow,     read_desk_areas},
    {"GET",  "/desk/areas/{area}/assign",       kPatches,                                                 kNoCsrf, Run::Slow,     read_assign_area},
    {"POST", "/desk/areas/{area}/assign",       kPatches,                                                 kCsrf,   Run::Write,    post_assign_area},
    {"GET",  "/desk/areas/{area}/assigned",     kPatches,                                                 kNoCsrf, Run::Slow,     read_area_assigned},
    {"GET",  "/desk/patches",                   kPatches,                                                 kNoCsrf, Run::Slow,     read_desk_patches},
    {"GET",  "/desk/patches/{patch}/assign",    kPatches,                                                 kNoCsrf, Run::Slow,     read_assign_patch},
    {"POST", "/desk/patches/{patch}/assign",    kPatches,                                                 kCsrf,   Run::Write,    post_assign_patch},
    {"GET",  "/desk/patches/{patch}/assigned",  kPatches,                                                 kNoCsrf, Run::Slow,     read_patch_assigned},
    {"GET",  "/desk/officers",                  kOfficers,                                                kNoCsrf, Run::Slow,     read_officers},
    {"GET",  "/desk/officers/new",              kOfficers,                                                kNoCsrf, Run::Slow,     read_new_officer},
    {"POST", "/desk/officers/new",              kOfficers,                                                kNoCsrf, Run::Password, post_new_officer},
    {"GET",  "/desk/officers/{officer}/disable", kOfficers,                                               kNoCsrf, Run::Slow,     read_disable_officer},
    {"POST", "/desk/officers/{officer}/disable", kOfficers,                                               kCsrf,   Run::Write,    post_disable_officer},

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
    // The records desk
    {"GET",  "/records",                        kRecords,                                                 kNoCsrf, Run::Slow,     read_records},
    {"POST", "/records/find",                   kRecords,                                                 kNoCsrf, Run::Slow,     find_for_records},
    {"GET",  "/records/report",                 kReports,                                                 kNoCsrf, Run::Slow,     read_report_form},
    {"POST", "/records/report",                 kReports,                                                 kNoCsrf, Run::Password, post_report, nullptr, nullptr, "tenant.gdpr_export"},
    {"GET",  "/records/consents",               kReports,                                                 kNoCsrf, Run::Slow,     read_consents},
    {"POST", "/records/consents",               kReports,                                                 kNoCsrf, Run::Slow,     find_consents},
    {"GET",  "/records/activity",               kActivity,                                                kNoCsrf, Run::Slow,     read_activity_log},
    {"GET",  "/records/chain",                  kActivity,                                                kNoCsrf, Run::Slow,     read_chain},
    {"POST", "/records/chain",                  kActivity,                                                kNoCsrf, Run::Slow,     verify_chain},
    {"GET",  "/records/retention",              kRetention,                                               kNoCsrf, Run::Slow,     read_retention},
    {"POST", "/records/retention/propose",      kRetention,                                               kCsrf,   Run::Write,    propose_retention},
    {"POST", "/records/retention/run",          kRetention,                                               kCsrf,   Run::Write,    run_retention},
    {"POST", "/records/retention/decide",       kRetention,                                               kCsrf,   Run::Write,    decide_retention},
    {"GET",  "/records/retention/all",          kRetention,                                               kNoCsrf, Run::Slow,     read_approve_all},
    {"POST", "/records/retention/all",          kRetention,                                               kCsrf,   Run::Write,    approve_all_retention},
    {"GET",  "/records/retention/rules",        kRetention,                                               kNoCsrf, Run::Slow,     read_retention_rules},
    {"GET",  "/records/retention/rules/{what}", kRetention,                                               kNoCsrf, Run::Slow,     read_retention_rule},
    {"POST", "/records/retention/rules/{what}", kRetention,                                               kCsrf,   Run::Write,    change_retention_rule},
    {"GET",  "/records/holds",                  kErasure,                                                 kNoCsrf, Run::Slow,     read_holds},
    {"POST", "/records/holds",                  kErasure,                                                 kCsrf,   Run::Write,    place_hold},
    {"GET",  "/records/holds/{hold}/lift",      kErasure,                                                 kNoCsrf, Run::Slow,     read_lift},
    {"POST", "/records/holds/{hold}/lift",      kErasure,                                                 kCsrf,   Run::Write,    lift_hold},
    {"GET",  "/records/erasure",                kErasure,                                                 kNoCsrf, Run::Slow,     read_erasure},
    {"POST", "/records/erasure",                kErasure,                                                 kCsrf,   Run::Write,    post_erasure},
    {"GET",  "/records/quality",                kQuality,                                                 kNoCsrf, Run::Slow,     read_quality},
    {"GET",  "/records/quality/{flaw}",         kQuality,                                                 kNoCsrf, Run::Slow,     read_flaw},
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
