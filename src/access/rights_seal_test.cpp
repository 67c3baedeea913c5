#include "access/rights_seal.hpp"

#include <gtest/gtest.h>

#include "access/account.hpp"
#include "tests/support/access_register.hpp"

namespace tenantry::access {
namespace {

using test::kViewer;

class RightsSeal : public testing::Test {
  protected:
    void SetUp() override {
        auto work = register_.work();
        ASSERT_TRUE(seal_rights(work).ok());
    }
    [[nodiscard]] bool holds() { return check_rights(*register_.tx, register_.keys.ring).value(); }
    [[nodiscard]] int version() {
        static constexpr db::Sql kVersion{"test/version", "SELECT version FROM access_rights", ""};
        return register_.ask<int>(kVersion);
    }

    test::MemoryRegister register_;
};

TEST_F(RightsSeal, holds_over_every_change_by_the_program) {
    EXPECT_TRUE(holds());
    EXPECT_EQ(version(), 1);
    auto work = register_.work();
    ASSERT_TRUE(set_role_permission(work, kViewer, Permission::MetricsView, true).ok());
    EXPECT_TRUE(holds());
    EXPECT_EQ(version(), 2);
}

TEST_F(RightsSeal, what_somebody_else_granted_is_found_and_is_not_sealed_by_the_next_change) {
    static constexpr db::Sql kGrant{
        "test/grant",
        "INSERT INTO role_permission (role_id, permission) VALUES (6, 'api.admin.users.manage')", ""};
    static constexpr db::Sql kRevoke{
        "test/revoke",
        "DELETE FROM role_permission WHERE role_id = 6 AND permission = 'api.admin.users.manage'", ""};
    testing::internal::CaptureStderr();
    register_.run(kGrant);
    EXPECT_FALSE(holds());
    auto work = register_.work();
    ASSERT_TRUE(set_role_permission(work, kViewer, Permission::MetricsView, true).ok());
    EXPECT_FALSE(holds());
    ASSERT_TRUE(set_role_permission(work, kViewer, Permission::MetricsView, false).ok());
    register_.run(kRevoke);
    EXPECT_TRUE(holds()) << "put right";
    EXPECT_NE(testing::internal::GetCapturedStderr().find("permissions are not as they were sealed"),
              std::string::npos);
}

}  // namespace
}  // namespace tenantry::access
