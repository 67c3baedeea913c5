#include "register/sealed_nouns.hpp"

#include <array>

#include "access/account.hpp"
#include "access/session.hpp"
#include "register/alert.hpp"
#include "register/association.hpp"
#include "register/case_note.hpp"
#include "register/citizen.hpp"
#include "register/contact_address.hpp"
#include "register/incident.hpp"
#include "register/incident_note.hpp"
#include "register/interaction.hpp"
#include "register/issue.hpp"
#include "register/job.hpp"
#include "register/mail.hpp"
#include "register/meeting.hpp"
#include "register/next_of_kin.hpp"
#include "register/person.hpp"
#include "register/representative.hpp"
#include "register/signature.hpp"

namespace tenantry::housing {

namespace {

constexpr std::array kNouns{
    SealedNoun{"origin", "origin.damaged", audit::reseal_origins},
    SealedNoun{"account", "user.damaged", access::reseal_accounts},
    SealedNoun{"session", "session.damaged", access::reseal_sessions},
    SealedNoun{"person", "tenant.damaged", reseal_people},
    SealedNoun{"contact_address", "contact_address.damaged", reseal_contact_addresses},
    SealedNoun{"next_of_kin", "next_of_kin.damaged", reseal_next_of_kin},
    SealedNoun{"alert", "alert.damaged", reseal_alerts},
    SealedNoun{"citizen", "citizen.damaged", reseal_citizens},
    SealedNoun{"job", "job.damaged", reseal_jobs},
    SealedNoun{"case_note", "case_note.damaged", reseal_case_notes},
    SealedNoun{"association", "association.damaged", reseal_associations},
    SealedNoun{"representative", "representative.damaged", reseal_representatives},
    SealedNoun{"incident", "incident.damaged", reseal_incidents},
    SealedNoun{"incident_note", "incident_note.damaged", reseal_incident_notes},
    SealedNoun{"interaction", "interaction.damaged", reseal_interactions},
    SealedNoun{"meeting", "meeting.damaged", reseal_meetings},
    SealedNoun{"issue", "issue.damaged", reseal_issues},
    SealedNoun{"signature", "signature.damaged", reseal_signatures},
    SealedNoun{"mail", "mail.damaged", reseal_mail},
};

}  // namespace

std::span<const SealedNoun> sealed_nouns() {
    return kNouns;
}

}  // namespace tenantry::housing
