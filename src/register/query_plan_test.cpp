#include "tests/support/query_plan.hpp"
#include "register/sql.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::housing {
namespace {

class QueryPlan : public test::RegisterTest {};

TEST_F(QueryPlan, only_statements_with_a_reason_read_whole_tables_or_sort) {
    const std::vector<std::string> reasoned{
        // A check reads everything.
        "register/case_note/list_all: SCAN case_note",
        "register/job/list_all: SCAN job",
        "register/person/list_all: SCAN p",
        // In the order of the list, and ends with the page.
        "register/job/search: SCAN job",
        "register/person/list: SCAN person",
        "register/property/list: SCAN property",
        // A word of one or two letters has no trigram.
        "register/person/search_short: SCAN f",
        "register/property/search_short: SCAN f",
        // Looks at the first row.
        "register/ledger/has_any: SCAN ledger_line USING COVERING INDEX ledger_line_by_tenancy",
        // An import that failed says why.
        "register/ledger/list_repeated: SCAN ledger_line USING COVERING INDEX ledger_line_by_uuid",
        "register/ledger/list_repeated: USE TEMP B-TREE FOR ORDER BY",
        // Sorts the lines of one day.
        "register/ledger/list: USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
        // Sorts the people of a few accounts.
        "register/person/list_of_tenancies: USE TEMP B-TREE FOR ORDER BY",
        // Sorts the people of one home.
        "register/occupancy/list_of_property_at: USE TEMP B-TREE FOR ORDER BY",
        "register/person/list_at_property: USE TEMP B-TREE FOR ORDER BY",
        "register/person/list_at_property_or_unassigned: USE TEMP B-TREE FOR ORDER BY",
    };
    auto found = test::dear_steps(tx_, sql::kAll);
    for (const auto& step : found) {
        EXPECT_NE(std::find(reasoned.begin(), reasoned.end(), step), reasoned.end()) << step;
    }
    EXPECT_EQ(found.size(), reasoned.size());
}

}  // namespace
}  // namespace tenantry::housing
