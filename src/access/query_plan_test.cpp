#include "tests/support/query_plan.hpp"

#include "access/sql.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::access {
namespace {

class QueryPlan : public test::RegisterTest {};

TEST_F(QueryPlan, only_statements_with_a_reason_read_whole_tables_or_sort) {
    const std::vector<std::string> reasoned{
        // Accounts are hundreds, and the search opens each.
        "access/account/list: SCAN a",
        "access/account/list_lookups: SCAN account",
        "access/account/list_names: SCAN account",
        // Roles are six; permissions are hundreds, and are sealed and checked as a whole.
        "access/rights/list_after: SCAN role",
        "access/rights/list_after: SCAN (subquery-1)",
        "access/rights/list_after: SCAN role_permission",
        "access/rights/list_after: SCAN (subquery-3)",
        "access/rights/list_after: SCAN account_permission",
        "access/rights/list_after: SCAN (subquery-5)",
        "access/role/list: SCAN role",
        // Sorts the sessions that are alive.
        "access/session/list: USE TEMP B-TREE FOR ORDER BY",
    };
    EXPECT_EQ(test::dear_steps(tx_, sql::kAll), reasoned);
}

}  // namespace
}  // namespace tenantry::access
