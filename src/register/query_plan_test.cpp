#include "tests/support/query_plan.hpp"
#include "register/sql.hpp"
#include "tests/support/register_fixture.hpp"

namespace tenantry::housing {
namespace {

class QueryPlan : public test::RegisterTest {};

TEST_F(QueryPlan, only_statements_with_a_reason_read_whole_tables_or_sort) {
    const std::vector<std::string> reasoned{
        // A check reads everything.
        "register/record/list_versions: SCAN person",
        "register/record/list_versions: SCAN property",
        "register/record/list_versions: SCAN tenancy",
        "register/record/list_versions: SCAN household",
        "register/record/list_versions: SCAN area",
        "register/record/list_versions: SCAN officer",
        "register/record/list_versions: SCAN manager_area",
        "register/record/list_versions: SCAN patch",
        "register/record/list_versions: SCAN alert",
        "register/record/list_versions: SCAN next_of_kin",
        "register/record/list_versions: SCAN contact_address",
        "register/record/list_versions: SCAN citizen",
        "register/record/list_versions: SCAN job",
        "register/record/list_versions: SCAN case_note",
        "register/record/list_versions: SCAN association",
        "register/record/list_versions: SCAN representative",
        "register/record/list_versions: SCAN incident",
        "register/record/list_versions: SCAN incident_note",
        "register/record/list_versions: SCAN interaction",
        "register/record/list_versions: SCAN issue",
        "register/record/list_versions: SCAN meeting",
        "register/record/list_versions: SCAN mail USING COVERING INDEX sqlite_autoindex_mail_1",
        "register/record/list_versions: SCAN consent USING COVERING INDEX sqlite_autoindex_consent_1",
        "register/record/list_versions: SCAN legal_hold",
        "register/record/list_versions: SCAN account",
        "register/record/list_versions: SCAN job_links",
        "register/record/list_versions: SCAN disclosure",
        "register/record/list_versions: SCAN ledger_total",
        "register/record/list_versions: SCAN access_rights",
        "register/ledger/list_all: SCAN ledger_line",
        "register/job/list_stray_links: SCAN job_person",
        // Puts the people of one job into one text.
        "register/job/list_links: SCAN (subquery-1)",
        "register/occupancy/list_misplaced: SCAN p",
        // The plaintext index is counted and emptied as a whole.
        "register/search_mode/count_in_clear: SCAN person_name",
        "register/search_mode/count_in_clear: SCAN citizen_text",
        "register/person/unindex_all_names: SCAN person_name",
        "register/citizen/unindex_all_texts: SCAN citizen_text",
        // The upgrade from a version that had addresses in clear; empty from then on.
        "register/citizen/has_in_clear: SCAN citizen_in_clear",
        "register/citizen/list_in_clear: SCAN o",
        // Officers are few (hundreds), and so are the patches of one officer or one area.
        "register/officer/find_posting: USE TEMP B-TREE FOR ORDER BY",
        "register/officer/find_posting: USE TEMP B-TREE FOR ORDER BY",
        "register/officer/list_in_wrong_role: SCAN o",
        "register/officer/list_unassigned: SCAN o",
        "register/officer/list_active: SCAN o",
        "register/workload/list_manager_areas: SCAN m",
        "register/workload/list_manager_areas: USE TEMP B-TREE FOR ORDER BY",
        "register/workload/list_patches: USE TEMP B-TREE FOR ORDER BY",
        "register/workload/list_patches_held: USE TEMP B-TREE FOR ORDER BY",
        // Sorts what is open in the patches of one area, or was closed there in two weeks.
        "register/area_tray/list_open: SCAN i",
        "register/area_tray/list_closed: SCAN i",
        "register/area_tray/list_open: USE TEMP B-TREE FOR ORDER BY",
        "register/area_tray/list_closed: USE TEMP B-TREE FOR ORDER BY",
        "register/patch/list_of_area: USE TEMP B-TREE FOR ORDER BY",
        // Sorts what is open in one officer's tray, and what is new or flagged in their patches.
        "register/tray/list_of_officer: UNION USING TEMP B-TREE",
        "register/tray/list_of_officer: SCAN mine",
        "register/tray/list_of_officer: USE TEMP B-TREE FOR ORDER BY",
        "register/tray/list_patches_of_manager: USE TEMP B-TREE FOR GROUP BY",
        "register/tray/list_patches_of_manager: USE TEMP B-TREE FOR ORDER BY",
        "register/my_patch/list_flagged: USE TEMP B-TREE FOR ORDER BY",
        "register/my_patch/list_new_tenancies: USE TEMP B-TREE FOR ORDER BY",
        // In the order of the list, and ends with the page.
        "register/job/search: SCAN job",
        "register/person/list: SCAN person",
        "register/property/list: SCAN property",
        "register/job/list: SCAN job USING INDEX job_in_order",
        // Sorts a page, or one person's consents.
        "register/job/find_all: USE TEMP B-TREE FOR ORDER BY",
        "register/consent/list_of_subject: USE TEMP B-TREE FOR ORDER BY",
        "register/consent/list_to_forget: USE TEMP B-TREE FOR ORDER BY",
        // Sorts whom the people of one page share a contact with.
        "register/data_quality/list_sharing: USE TEMP B-TREE FOR DISTINCT",
        // Sorts what a page of officers answers for, patches and managers' areas.
        "register/officer/list_holdings: USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
        "register/officer/list_holdings: USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
        // Areas are few (dozens).
        "register/data_quality/list_open_interactions: SCAN a",
        // Legal holds are few (dozens); in the order of the list, and ends with the page.
        "register/legal_hold/count_in_force: SCAN legal_hold",
        "register/legal_hold/list_ids_in_force: SCAN legal_hold",
        // Accounts are few (hundreds), legal documents and their versions dozens.
        "register/job/list_creators: SCAN account",
        "register/legal_document/find_current: USE TEMP B-TREE FOR ORDER BY",
        "register/legal_document/list: SCAN legal_document",
        "register/legal_document/list: USE TEMP B-TREE FOR RIGHT PART OF ORDER BY",
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
        // A page of one account's lines, taken first.
        "register/ledger/count: SCAN line",
        "register/ledger/sum_newest: SCAN line",
        // Sorts what happened at one home, and its tenancies.
        "register/home/list_events: SCAN event",
        "register/home/list_events: USE TEMP B-TREE FOR ORDER BY",
        "register/tenancy/list_of_property: USE TEMP B-TREE FOR ORDER BY",
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
