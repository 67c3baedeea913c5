#include "access/permission.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tenantry::access {
namespace {

TEST(Permissions, every_spelling_means_the_permission_that_has_it) {
    for (const Permission permission : all_permissions()) {
        EXPECT_EQ(parse_permission(key_of(permission)), permission);
        if (!alias_of(permission).empty()) {
            EXPECT_EQ(parse_permission(alias_of(permission)), permission);
        }
    }
}

TEST(Permissions, hyphens_are_underscores) {
    EXPECT_EQ(parse_permission("api.tenants.assign-address.manage"), Permission::TenantsAssignAddress);
    EXPECT_EQ(parse_permission("api.tenants.assign_address.manage"), Permission::TenantsAssignAddress);
    EXPECT_EQ(parse_permission("api.security.mobile-auth.use"), Permission::MobileAuth);
    EXPECT_EQ(parse_permission("api.users.logout-user.manage"), Permission::UsersLogout);
    EXPECT_EQ(parse_permission("api.admin.staff-permissions.manage"), Permission::StaffPermissionsManage);
}

TEST(Permissions, the_activity_log_has_another_verb_too) {
    EXPECT_EQ(parse_permission("api.admin.activity_log.view"), Permission::ActivityLogView);
    EXPECT_EQ(parse_permission("api.admin.activity-log.manage"), Permission::ActivityLogView);
    EXPECT_EQ(parse_permission("api.admin.activity_log.manage"), Permission::ActivityLogView);
}

TEST(Permissions, anything_else_is_none) {
    for (const auto* key :
         {"", "api", "api.tenants.manage", "api.tenants.manage.view ", "API.tenants.manage.view",
          "api.tenants.manage.views", "api.tenants.manage.delete", "*"}) {
        EXPECT_EQ(parse_permission(key), std::nullopt) << key;
    }
}

TEST(Permissions, keys_and_aliases_are_all_different) {
    std::set<std::string_view> spellings;
    std::size_t count = 0;
    for (const Permission permission : all_permissions()) {
        for (const auto spelling : {key_of(permission), alias_of(permission)}) {
            if (!spelling.empty()) {
                spellings.insert(spelling);
                ++count;
            }
        }
    }
    EXPECT_EQ(spellings.size(), count);
    EXPECT_EQ(all_permissions().size(), 36U);
}

TEST(Permissions, the_table_is_in_the_order_of_the_permissions) {
    std::size_t number = 0;
    for (const Permission permission : all_permissions()) {
        EXPECT_EQ(static_cast<std::size_t>(permission), number++);
    }
}

}  // namespace
}  // namespace tenantry::access
