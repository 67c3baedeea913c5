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
};

constexpr std::array kSpellings{
    Spelling{Permission::TenantsView, "api.tenants.manage.view", ""},
    Spelling{Permission::TenantsManage, "api.tenants.manage.manage", ""},
    Spelling{Permission::TenantsListView, "api.tenants.list.view", ""},
    Spelling{Permission::TenantsListManage, "api.tenants.list.manage", ""},
    Spelling{Permission::TenantsAssignAddress, "api.tenants.assign_address.manage",
             "api.tenants.assign-address.manage"},
    Spelling{Permission::AddressesView, "api.addresses.manage.view", ""},
    Spelling{Permission::AddressesManage, "api.addresses.manage.manage", ""},
    Spelling{Permission::SearchGlobal, "api.search.global.manage", ""},
    Spelling{Permission::MobileAuth, "api.security.mobile_auth.use", "api.security.mobile-auth.use"},
    Spelling{Permission::SessionsList, "api.security.sessions.list", ""},
    Spelling{Permission::SessionsTerminate, "api.security.sessions.terminate", ""},
    Spelling{Permission::UsersManage, "api.users.users.manage", ""},
    Spelling{Permission::UsersLogout, "api.users.logout_user.manage", "api.users.logout-user.manage"},
    Spelling{Permission::UserPermissionsManage, "api.users.permissions.manage", ""},
    Spelling{Permission::StaffPermissionsManage, "api.admin.staff_permissions.manage",
             "api.admin.staff-permissions.manage"},
    Spelling{Permission::ActivityLogView, "api.admin.activity_log.view", "api.admin.activity-log.manage"},
    Spelling{Permission::MetricsView, "api.system.metrics.view", ""},
    Spelling{Permission::ResidentsView, "api.housing.residents.view", ""},
    Spelling{Permission::ResidentsManage, "api.housing.residents.manage", ""},
    Spelling{Permission::AlertsManage, "api.housing.alerts.manage", ""},
    Spelling{Permission::AccountsView, "api.housing.accounts.view", ""},
    Spelling{Permission::PatchesView, "api.housing.patches.view", ""},
    Spelling{Permission::PatchesManage, "api.housing.patches.manage", ""},
    Spelling{Permission::OfficersManage, "api.housing.officers.manage", ""},
    Spelling{Permission::OfficersLogIn, "api.housing.officers.log_in", ""},
    Spelling{Permission::InteractionsView, "api.housing.interactions.view", ""},
    Spelling{Permission::InteractionsManage, "api.housing.interactions.manage", ""},
    Spelling{Permission::AssociationsView, "api.housing.associations.view", ""},
    Spelling{Permission::AssociationsManage, "api.housing.associations.manage", ""},
    Spelling{Permission::MeetingsManage, "api.housing.meetings.manage", ""},
    Spelling{Permission::JobsList, "api.jobs.manage.list", ""},
    Spelling{Permission::JobsManage, "api.jobs.manage.manage", ""},
    Spelling{Permission::CaseNotesManage, "api.jobs.case_notes.manage", "api.jobs.case-notes.manage"},
    Spelling{Permission::GdprReportView, "api.tenants.gdpr_report.view", "api.tenants.gdpr-report.manage"},
    Spelling{Permission::ErasureManage, "api.tenants.erasure.manage", ""},
    Spelling{Permission::RetentionManage, "api.admin.retention.manage", ""},
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
