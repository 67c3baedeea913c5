#include "web/routes.hpp"

#include "web/account.hpp"
#include "web/assets.hpp"
#include "web/desk.hpp"
#include "web/desk_assign.hpp"
#include "web/desk_officers.hpp"
#include "web/home.hpp"
#include "web/log_in.hpp"
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
constexpr Guard kPatches = Guard::needs(PatchesManage).staff_only();
constexpr Guard kOfficers = Guard::needs(OfficersManage).staff_only();

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
