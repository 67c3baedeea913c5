#include "register/check_all.hpp"

#include "access/account.hpp"
#include "access/rights_seal.hpp"
#include "register/alert.hpp"
#include "register/association.hpp"
#include "register/case_note.hpp"
#include "register/casework.hpp"
#include "register/citizen.hpp"
#include "register/consent.hpp"
#include "register/contact_address.hpp"
#include "register/incident.hpp"
#include "register/incident_note.hpp"
#include "register/interaction.hpp"
#include "register/issue.hpp"
#include "register/job.hpp"
#include "register/ledger_digest.hpp"
#include "register/legal_hold.hpp"
#include "register/mail.hpp"
#include "register/meeting.hpp"
#include "register/next_of_kin.hpp"
#include "register/person.hpp"
#include "register/representative.hpp"
#include "register/row_seals.hpp"
#include "register/signature.hpp"

namespace tenantry::housing {

Result<void> check_all(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    TRY(check_people(tx, keys, report));
    TRY(check_contact_addresses(tx, keys, report));
    TRY(check_next_of_kin(tx, keys, report));
    TRY(check_alerts(tx, keys, report));
    TRY(check_citizens(tx, keys, report));
    TRY(check_jobs(tx, keys, report));
    TRY(check_case_notes(tx, keys, report));
    TRY(check_legal_holds(tx, keys, report));
    TRY(check_consents(tx, keys, report));
    TRY(check_associations(tx, keys, report));
    TRY(check_representatives(tx, keys, report));
    TRY(check_mail(tx, keys, report));
    TRY(check_meetings(tx, keys, report));
    TRY(check_issues(tx, keys, report));
    TRY(check_signatures(tx, keys, report));
    TRY(check_incidents(tx, keys, report));
    TRY(check_incident_notes(tx, keys, report));
    TRY(check_interactions(tx, keys, report));
    for (const auto& account : TRY(access::check_accounts(tx, keys))) {
        report.add("account", account.id, account.sound ? Literal{""} : Literal{"record"});
    }
    report.add("access_rights", 1, TRY(access::check_rights(tx, keys)) ? Literal{""} : Literal{"row_seal"});
    TRY(check_ledger(tx, keys, report));
    return check_sealed_rows(tx, keys, report);
}

}  // namespace tenantry::housing
