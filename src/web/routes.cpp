#include "web/routes.hpp"

#include "web/account.hpp"
#include "web/assets.hpp"
#include "web/log_in.hpp"
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
    {"GET",  "/",                               kStaff,                                                   kNoCsrf, Run::Slow,     read_start},

    // Logging in, and a person's own account
    {"GET",  "/log-in",                         Guard::open("this is where a session comes from"),        kNoCsrf, Run::Read,     read_log_in},
    {"POST", "/log-in",                         Guard::open("this is where a session comes from"),        kNoCsrf, Run::Password, post_log_in},
    {"POST", "/log-out",                        Guard::open("whose session has ended may still log out"), kNoCsrf, Run::Write,    post_log_out},
    {"GET",  "/account",                        kStaff,                                                   kNoCsrf, Run::Slow,     read_account},
    {"POST", "/account/sessions/{session}/end", kStaff,                                                   kCsrf,   Run::Write,    end_own_session},
    {"GET",  "/account/password",               kStaff,                                                   kNoCsrf, Run::Slow,     read_password},
    {"POST", "/account/password",               kStaff,                                                   kNoCsrf, Run::Password, post_password},

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
