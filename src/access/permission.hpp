// Permission keys: api.<group>.<endpoint>.<verb>. Clients spell some with hyphens and some with another verb;
// all spellings mean one Permission (docs/openapi/propops.yaml, "Permissions").
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace tenantry::access {

enum class Permission : std::uint8_t {
    TenantsView,    ///< read tenants at /api/tenants/manage
    TenantsManage,  ///< and change them
    TenantsListView,
    TenantsListManage,
    TenantsAssignAddress,
    AddressesView,
    AddressesManage,
    SearchGlobal,
    MobileAuth,
    SessionsList,
    SessionsTerminate,
    UsersManage,
    UsersLogout,
    UserPermissionsManage,
    StaffPermissionsManage,
    ActivityLogView,
    MetricsView,
    ResidentsView,    ///< Hackney API: find people and read their details
    ResidentsManage,  ///< and add and change them
    AlertsManage,
    AccountsView,  ///< tenancies and their ledgers
    PatchesView,
    PatchesManage,  ///< assign patches and managers' areas
    OfficersManage,
    OfficersLogIn,  ///< ask whether an officer's password is right
    InteractionsView,
    InteractionsManage,
    AssociationsView,  ///< and estates, blocks and meetings
    AssociationsManage,
    MeetingsManage,
    JobsList,
    JobsManage,
    CaseNotesManage,
    GdprReportView,   ///< a person's subject access report
    ErasureManage,    ///< erase a person on request; place and lift legal holds
    RetentionManage,  ///< change retention rules, approve what they propose
};

/// The canonical key, as it is stored.
[[nodiscard]] std::string_view key_of(Permission permission);
/// What it lets somebody do, in plain words: "change people's details".
[[nodiscard]] std::string_view meaning_of(Permission permission);
/// The other spelling that PropOps' pages use, where there is one, else empty.
[[nodiscard]] std::string_view alias_of(Permission permission);
/// The permission of any spelling; nothing for an unknown key.
[[nodiscard]] std::optional<Permission> parse_permission(std::string_view key);
[[nodiscard]] std::span<const Permission> all_permissions();

}  // namespace tenantry::access
