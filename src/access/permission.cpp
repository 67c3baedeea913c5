#include "access/permission.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tenantry::access {

namespace {

struct Spelling {
    Permission permission;
    std::string_view key;
    std::string_view alias;
    std::string_view meaning;
};

constexpr std::array kSpellings{
    Spelling{Permission::TenantsView, "api.tenants.manage.view", "", "read tenants (Tenants API)"},
    Spelling{Permission::TenantsManage, "api.tenants.manage.manage", "",
             "add, change and remove tenants (Tenants API)"},
    Spelling{Permission::TenantsListView, "api.tenants.list.view", "", "read the short list of tenants"},
    Spelling{Permission::TenantsListManage, "api.tenants.list.manage", "", "add tenants from the short list"},
    Spelling{Permission::TenantsAssignAddress, "api.tenants.assign_address.manage",
             "api.tenants.assign-address.manage", "assign people to homes"},
    Spelling{Permission::AddressesView, "api.addresses.manage.view", "", "read addresses"},
    Spelling{Permission::AddressesManage, "api.addresses.manage.manage", "",
             "add, change and remove addresses"},
    Spelling{Permission::SearchGlobal, "api.search.global.manage", "", "search jobs and users"},
    Spelling{Permission::MobileAuth, "api.security.mobile_auth.use", "api.security.mobile-auth.use",
             "log in with the mobile application"},
    Spelling{Permission::SessionsList, "api.security.sessions.list", "", "see everybody’s sessions"},
    Spelling{Permission::SessionsTerminate, "api.security.sessions.terminate", "",
             "end other people’s sessions"},
    Spelling{Permission::UsersManage, "api.users.users.manage", "", "create, change and disable accounts"},
    Spelling{Permission::UsersLogout, "api.users.logout_user.manage", "api.users.logout-user.manage",
             "log somebody out"},
    Spelling{Permission::UserPermissionsManage, "api.users.permissions.manage", "",
             "change what one account may do"},
    Spelling{Permission::StaffPermissionsManage, "api.admin.staff_permissions.manage",
             "api.admin.staff-permissions.manage", "change what a role may do"},
    Spelling{Permission::ActivityLogView, "api.admin.activity_log.view", "api.admin.activity-log.manage",
             "read the activity log"},
    Spelling{Permission::MetricsView, "api.system.metrics.view", "", "read the server’s figures"},
    Spelling{Permission::ResidentsView, "api.housing.residents.view", "",
             "find people and read their details"},
    Spelling{Permission::ResidentsManage, "api.housing.residents.manage", "",
             "add people and change their details"},
    Spelling{Permission::AlertsManage, "api.housing.alerts.manage", "", "add and remove cautionary alerts"},
    Spelling{Permission::AccountsView, "api.housing.accounts.view", "", "read tenancies and rent accounts"},
    Spelling{Permission::PatchesView, "api.housing.patches.view", "", "see who has which patch"},
    Spelling{Permission::PatchesManage, "api.housing.patches.manage", "",
             "assign patches and managers’ areas"},
    Spelling{Permission::OfficersManage, "api.housing.officers.manage", "", "create and disable officers"},
    Spelling{Permission::OfficersLogIn, "api.housing.officers.log_in", "",
             "ask whether an officer’s password is right"},
    Spelling{Permission::InteractionsView, "api.housing.interactions.view", "",
             "read interactions and work trays"},
    Spelling{Permission::InteractionsManage, "api.housing.interactions.manage", "",
             "log, hand over and close interactions"},
    Spelling{Permission::AssociationsView, "api.housing.associations.view", "",
             "read tenants’ associations and their meetings"},
    Spelling{Permission::AssociationsManage, "api.housing.associations.manage", "",
             "change tenants’ associations"},
    Spelling{Permission::MeetingsManage, "api.housing.meetings.manage", "", "hold and finish meetings"},
    Spelling{Permission::JobsList, "api.jobs.manage.list", "", "read jobs"},
    Spelling{Permission::JobsManage, "api.jobs.manage.manage", "", "create and change jobs"},
    Spelling{Permission::CaseNotesManage, "api.jobs.case_notes.manage", "api.jobs.case-notes.manage",
             "read and write case notes"},
    Spelling{Permission::GdprReportView, "api.tenants.gdpr_report.view", "api.tenants.gdpr-report.manage",
             "make subject access reports"},
    Spelling{Permission::ErasureManage, "api.tenants.erasure.manage", "",
             "erase people, place and lift legal holds"},
    Spelling{Permission::RetentionManage, "api.admin.retention.manage", "",
             "change retention rules and approve what they propose"},
};

constexpr auto kAll = [] {
    std::array<Permission, kSpellings.size()> all{};
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = kSpellings[i].permission;
    }
    return all;
}();

const Spelling& spelling_of(Permission permission) {
    return kSpellings[static_cast<std::size_t>(permission)];
}

std::string with_underscores(std::string_view key) {
    std::string plain{key};
    std::replace(plain.begin(), plain.end(), '-', '_');
    return plain;
}

}  // namespace

std::string_view key_of(Permission permission) {
    return spelling_of(permission).key;
}
std::string_view alias_of(Permission permission) {
    return spelling_of(permission).alias;
}

std::string_view meaning_of(Permission permission) {
    return spelling_of(permission).meaning;
}

std::optional<Permission> parse_permission(std::string_view key) {
    const std::string plain = with_underscores(key);
    for (const auto& spelling : kSpellings) {
        if (plain == spelling.key || (!spelling.alias.empty() && plain == with_underscores(spelling.alias))) {
            return spelling.permission;
        }
    }
    return std::nullopt;
}

std::span<const Permission> all_permissions() {
    return kAll;
}

}  // namespace tenantry::access
