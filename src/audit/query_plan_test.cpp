#include "tests/support/query_plan.hpp"

#include "audit/sql.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::audit {
namespace {

class QueryPlan : public test::RegisterTest {};

TEST_F(QueryPlan, only_statements_with_a_reason_read_whole_tables_or_sort) {
    const std::vector<std::string> reasoned{
        // Once in an instance's life.
        "audit/event/has_action: SCAN audit_event",
        // Newest first, and ends with the page.
        "audit/event/list_page: SCAN e",
        // Only where a reference is in violation, which none can be.
        "audit/origin/insert: SCAN audit_event",
        // Verifying reads everything.
        "audit/origin/list_all: SCAN origin",
    };
    EXPECT_EQ(test::dear_steps(tx_, sql::kAll), reasoned);
}

}  // namespace
}  // namespace tenantry::audit
