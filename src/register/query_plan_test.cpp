#include "tests/support/query_plan.hpp"
#include "register/sql.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::housing {
namespace {

class QueryPlan : public test::RegisterTest {};

TEST_F(QueryPlan, only_statements_with_a_reason_read_whole_tables_or_sort) {
    const std::vector<std::string> reasoned{
        // A check reads everything.
        "register/association/list_all: SCAN association",
        "register/alert/list_all: SCAN alert",
        "register/case_note/list_all: SCAN case_note",
        "register/incident/list_all: SCAN incident",
        "register/incident_note/list_all: SCAN incident_note",
        "register/interaction/list_all: SCAN interaction",
        "register/citizen/list_all: SCAN c",
        "register/contact_address/list_all: SCAN c",
        "register/job/list_all: SCAN job",
        "register/legal_hold/list_all: SCAN legal_hold",
        "register/mail/list_all: SCAN mail",
        "register/next_of_kin/list_all: SCAN k",
        "register/person/list_all: SCAN p",
        "register/representative/list_all: SCAN representative",
        "register/issue/list_all: SCAN s",
        "register/meeting/list_all: SCAN m",
        "register/signature/list_all: SCAN signature",
        // Officers are few (hundreds), and so are the patches of one officer or one area.
        "register/officer/find_posting: USE TEMP B-TREE FOR ORDER BY",
        "register/officer/find_posting: USE TEMP B-TREE FOR ORDER BY",
        "register/officer/list_in_wrong_role: SCAN o",
        "register/officer/list_unassigned: SCAN o",
        "register/patch/list_of_area: USE TEMP B-TREE FOR ORDER BY",
        // In the order of the list, and ends with the page.
        "register/job/search: SCAN job",
        "register/person/list: SCAN person",
        "register/property/list: SCAN property",
        // There are four roles.
        "register/association/list_roles: SCAN association_role",
        "register/association/list_roles: USE TEMP B-TREE FOR ORDER BY",
        // What is asked for is nearly all of them.
        "register/estate/list_unassigned: SCAN e",
        // A word of one or two letters has no trigram.
        "register/citizen/search_short: SCAN f",
        "register/citizen_search/by_short_address: SCAN f",
        "register/citizen_search/by_short_name: SCAN f",
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
        // Few have an address of their own, and it is sealed.
        "register/citizen_search/by_contact_address: SCAN c",
        // Sorts the blocks of one estate.
        "register/estate/list_of_association: USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
        // Sorts the people of one home.
        "register/person/list_at_uprn: USE TEMP B-TREE FOR ORDER BY",
        "register/resident/list_at_uprn: USE TEMP B-TREE FOR ORDER BY",
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
