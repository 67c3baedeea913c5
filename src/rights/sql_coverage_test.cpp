// After the whole program ran: every statement of this room was run by some test.
#include <gtest/gtest.h>

#include "rights/sql.hpp"
#include "tests/support/watched_transaction.hpp"

namespace tenantry::rights {
namespace {

class SqlCoverage final : public testing::Environment {
  public:
    void TearDown() override {
        if (testing::GTEST_FLAG(filter) != "*") {
            return;  // a part of the tests runs a part of the statements
        }
        for (const db::Sql* statement : sql::kAll) {
            EXPECT_TRUE(test::WatchedTransaction::statements_run().contains(statement->name))
                << statement->name << " is run by no test";
        }
    }
};

[[maybe_unused]] const auto* const kSqlCoverage = testing::AddGlobalTestEnvironment(new SqlCoverage);

}  // namespace
}  // namespace tenantry::rights
