#include "api/propops/routes.hpp"

#include "api/propops/handlers.hpp"
#include "api/propops/reply.hpp"

namespace tenantry::api::propops {

namespace {

using enum access::Permission;

constexpr Csrf kNoCsrf = Csrf::NotNeeded;
constexpr Csrf kCsrf = Csrf::Spent;

// clang-format off
constexpr Route kRoutes[] = {
    // Tenants
    {"GET",    "/api/tenants/manage",          Guard::needs(TenantsManage, TenantsView),         kNoCsrf, Run::Slow,  read_tenants, run_of_tenants, nullptr, "", nullptr, expect_tenant},
    {"POST",   "/api/tenants/manage",          Guard::needs(TenantsManage),                      kCsrf,   Run::Write, post_tenant, nullptr, nullptr, "", nullptr, expect_creation, is_creation},
    {"PUT",    "/api/tenants/manage",          Guard::needs(TenantsManage),                      kCsrf,   Run::Write, put_tenant},
    {"DELETE", "/api/tenants/manage",          Guard::needs(TenantsManage),                      kCsrf,   Run::Write, delete_tenant},
    {"GET",    "/api/tenants/list",            Guard::needs(TenantsListManage, TenantsListView), kNoCsrf, Run::Slow,  read_tenants_lightly, run_of_tenants, nullptr, "", nullptr, expect_tenant},
    {"POST",   "/api/tenants/list",            Guard::needs(TenantsListManage),                  kCsrf,   Run::Write, post_tenant_lightly, nullptr, nullptr, "", nullptr, expect_creation, is_creation},
    {"POST",   "/api/tenants/assign-address",  Guard::needs(TenantsAssignAddress),               kCsrf,   Run::Write, assign_address},

    // Information rights
    {"GET",    "/api/tenants/gdpr-report",     Guard::needs(GdprReportView).staff_only(),        kNoCsrf, Run::Slow,  read_gdpr_report, nullptr, nullptr, "tenant.gdpr_export"},
    {"POST",   "/api/tenants/erasure",         Guard::needs(ErasureManage).staff_only(),         kCsrf,   Run::Write, post_erasure},
    {"GET",    "/api/tenants/legal-hold",      Guard::needs(ErasureManage).staff_only(),         kNoCsrf, Run::Slow,  read_legal_holds},
    {"POST",   "/api/tenants/legal-hold",      Guard::needs(ErasureManage).staff_only(),         kCsrf,   Run::Write, post_legal_hold},
    {"GET",    "/api/admin/retention",         Guard::needs(RetentionManage).staff_only(),       kNoCsrf, Run::Slow,  read_retention},
    {"POST",   "/api/admin/retention",         Guard::needs(RetentionManage).staff_only(),       kCsrf,   Run::Write, post_retention},

    // Addresses: our extension
    {"GET",    "/api/addresses/manage",        Guard::needs(AddressesManage, AddressesView),     kNoCsrf, Run::Slow,  read_addresses},
    {"POST",   "/api/addresses/manage",        Guard::needs(AddressesManage),                    kCsrf,   Run::Write, post_address},
    {"PUT",    "/api/addresses/manage",        Guard::needs(AddressesManage),                    kCsrf,   Run::Write, put_address},
    {"DELETE", "/api/addresses/manage",        Guard::needs(AddressesManage),                    kCsrf,   Run::Write, delete_address},

    // Jobs
    {"GET",    "/api/jobs/manage",             Guard::needs(JobsManage, JobsList),               kNoCsrf, Run::Slow,  read_jobs, run_of_jobs},
    {"POST",   "/api/jobs/manage",             Guard::needs(JobsManage),                         kCsrf,   Run::Write, post_job},
    {"GET",    "/api/jobs/case-notes",         Guard::needs(CaseNotesManage),                    kNoCsrf, Run::Slow,  read_case_notes},
    {"POST",   "/api/jobs/case-notes",         Guard::needs(CaseNotesManage),                    kCsrf,   Run::Write, post_case_note},

    // Information rights
    {"POST",   "/api/gdpr/consent",            Guard::open("whoever answers a cookie banner has no account; who names a user signs in"), kNoCsrf, Run::Write, post_consent, nullptr, nullptr, "", consent_names_a_user},
    {"GET",    "/api/gdpr/consent",            Guard::signed_in().staff_only(),                  kNoCsrf, Run::Slow,  read_consents},

    // Log-in and sessions
    {"POST",   "/api/auth/login",              Guard::open("this is where credentials come from"), kNoCsrf, Run::Password, log_in},
    {"POST",   "/api/security/confirm-password", Guard::signed_in(),                             kNoCsrf, Run::Password, confirm_password},
    {"POST",   "/api/security/mobile-auth",    Guard::needs(MobileAuth),                         kNoCsrf, Run::Write, mobile_auth},
    {"GET",    "/api/security/csrf-token",     Guard::signed_in(),                               kNoCsrf, Run::Read,  csrf_token},
    {"GET",    "/logout",                      Guard::open("whose session has ended may still log out"), kNoCsrf, Run::Write, log_out},
    {"GET",    "/api/security/sessions",       Guard::needs(SessionsList).staff_only(),          kNoCsrf, Run::Slow,  read_sessions},
    {"POST",   "/api/security/sessions",       Guard::needs(SessionsTerminate).staff_only(),     kCsrf,   Run::Write, post_sessions},

    // Users and permissions
    {"POST",   "/api/users/logout-user",       Guard::needs(UsersLogout),                        kCsrf,   Run::Write, log_out_user},
    {"GET",    "/api/users/users",             Guard::needs(UsersManage),                        kNoCsrf, Run::Slow,  read_users},
    {"POST",   "/api/users/users",             Guard::needs(UsersManage),                        kCsrf,   Run::Write, post_users, run_of_users},
    {"GET",    "/api/users/profile",           Guard::needs(UsersManage),                        kNoCsrf, Run::Read,  read_profile},
    {"PUT",    "/api/users/profile",           Guard::needs(UsersManage),                        kCsrf,   Run::Write, put_profile},
    {"GET",    "/api/users/permissions",       Guard::signed_in(),                               kNoCsrf, Run::Read,  read_permissions},
    {"PUT",    "/api/users/permissions",       Guard::needs(UserPermissionsManage),              kCsrf,   Run::Write, put_permissions},
    {"POST",   "/api/admin/staff-permissions", Guard::needs(StaffPermissionsManage),             kCsrf,   Run::Write, post_staff_permissions},

    // Records and system
    {"GET",    "/api/admin/activity-log",      Guard::needs(ActivityLogView).staff_only(),       kNoCsrf, Run::Slow,  read_activity},
    {"GET",    "/api/search",                  Guard::needs(SearchGlobal),                       kNoCsrf, Run::Slow,  search},
    {"GET",    "/api/system/heartbeat",        Guard::open("a probe has no account"),            kNoCsrf, Run::Read,  heartbeat},
    {"POST",   "/api/system/heartbeat",        Guard::open("says whether credentials are valid"), kNoCsrf, Run::Read, check_session},
    {"GET",    "/api/system/maintenance-mode", Guard::open("documented as public"),              kNoCsrf, Run::Read,  maintenance_mode},
};
// clang-format on

}  // namespace

std::span<const Route> routes() {
    return kRoutes;
}

Api api() {
    return {.routes = kRoutes, .refuse = refuse, .refuse_status = refuse_status, .takes_repeat_keys = true};
}

}  // namespace tenantry::api::propops
