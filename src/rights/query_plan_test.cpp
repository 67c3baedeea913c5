#include "tests/support/query_plan.hpp"
#include "rights/sql.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::rights {
namespace {

class RightsQueryPlan : public test::RegisterTest {};

TEST_F(RightsQueryPlan, only_statements_with_a_reason_read_whole_tables_or_sort) {
    const std::vector<std::string> reasoned{
        // There are five rules.
        "rights/retention/list_rules: SCAN retention_rule",
        // In the order of the list, and ends with the page.
        "rights/retention/list_all: SCAN retention_proposal",
        R"(rights/retention/count_all: SCAN retention_proposal USING COVERING INDEX retention_proposal_by_state)",
        // Sorts a page.
        "rights/retention/list_waiting_of: USE TEMP B-TREE FOR ORDER BY",
        // The consents and cases of one person, each once.
        "rights/consent/count_of_person: UNION USING TEMP B-TREE",
        "rights/consent/count_of_person: SCAN mine",
        "rights/erasure/list_cases: UNION USING TEMP B-TREE",
    };
    auto found = test::dear_steps(tx_, sql::kAll);
    for (const auto& step : found) {
        EXPECT_TRUE(std::find(reasoned.begin(), reasoned.end(), step) != reasoned.end()) << step;
    }
    EXPECT_EQ(found.size(), reasoned.size());
}

}  // namespace
}  // namespace tenantry::rights
