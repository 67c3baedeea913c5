#include "rights/sealed_nouns.hpp"

#include <array>

#include "access/account.hpp"
#include "access/kept_answer.hpp"
#include "access/rights_seal.hpp"
#include "access/session.hpp"
#include "register/alert.hpp"
#include "register/association.hpp"
#include "register/case_note.hpp"
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
#include "rights/disclosure.hpp"

namespace tenantry::rights {

namespace {

constexpr std::array kNouns{
    SealedNoun{"origin", "origin.damaged", audit::reseal_origins},
    SealedNoun{"account", "user.damaged", access::reseal_accounts},
    SealedNoun{"session", "session.damaged", access::reseal_sessions},
    SealedNoun{"person", "tenant.damaged", housing::reseal_people},
    SealedNoun{"contact_address", "contact_address.damaged", housing::reseal_contact_addresses},
    SealedNoun{"next_of_kin", "next_of_kin.damaged", housing::reseal_next_of_kin},
    SealedNoun{"alert", "alert.damaged", housing::reseal_alerts},
    SealedNoun{"citizen", "citizen.damaged", housing::reseal_citizens},
    SealedNoun{"job", "job.damaged", housing::reseal_jobs},
    SealedNoun{"case_note", "case_note.damaged", housing::reseal_case_notes},
    SealedNoun{"association", "association.damaged", housing::reseal_associations},
    SealedNoun{"representative", "representative.damaged", housing::reseal_representatives},
    SealedNoun{"incident", "incident.damaged", housing::reseal_incidents},
    SealedNoun{"incident_note", "incident_note.damaged", housing::reseal_incident_notes},
    SealedNoun{"interaction", "interaction.damaged", housing::reseal_interactions},
    SealedNoun{"meeting", "meeting.damaged", housing::reseal_meetings},
    SealedNoun{"issue", "issue.damaged", housing::reseal_issues},
    SealedNoun{"signature", "signature.damaged", housing::reseal_signatures},
    SealedNoun{"consent", "consent.damaged", housing::reseal_consents},
    SealedNoun{"legal_hold", "legal_hold.damaged", housing::reseal_legal_holds},
    SealedNoun{"disclosure", "disclosure.damaged", reseal_disclosures},
    SealedNoun{"tenancy", "tenancy.damaged", housing::reseal_facts},
    SealedNoun{"property", "address.damaged", housing::reseal_facts},
    SealedNoun{"occupancy", "occupancy.damaged", housing::reseal_facts},
    SealedNoun{"officer", "officer.damaged", housing::reseal_facts},
    SealedNoun{"patch", "patch.damaged", housing::reseal_facts},
    SealedNoun{"manager_area", "manager_area.damaged", housing::reseal_facts},
    SealedNoun{"household", "household.damaged", housing::reseal_facts},
    SealedNoun{"area", "area.damaged", housing::reseal_facts},
    SealedNoun{"job_links", "job_links.damaged", housing::reseal_facts},
    SealedNoun{"access_rights", "role.damaged", access::reseal_rights},
    SealedNoun{"ledger_digest", "ledger_digest.damaged", housing::reseal_ledger_digests},
    SealedNoun{"ledger_total", "ledger.damaged", housing::reseal_ledger_total},
    SealedNoun{"mail", "mail.damaged", housing::reseal_mail},
    SealedNoun{"kept_answer", "kept_answer.damaged", access::reseal_kept_answers},
};

}  // namespace

std::span<const SealedNoun> sealed_nouns() {
    return kNouns;
}

}  // namespace tenantry::rights
