// What people agreed to or declined, and when: the proof that Article 7(1) UK GDPR asks for. Nothing that was
// said is ever changed or removed. Whose word it was is kept as a uuid or as keyed hashes only: no e-mail, no
// network address. Erasure takes that away and leaves what was said.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "audit/resealing.hpp"
#include "register/check.hpp"
#include "register/person.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

using ConsentHash = std::array<unsigned char, 16>;

struct Consent {
    Id<Consent> id;
    Uuid uuid;
    std::optional<Uuid> subject;  ///< of a person or an account; neither need be there any more
    std::optional<ConsentHash> email_hash;
    std::optional<ConsentHash> fingerprint_hash;
    std::optional<ConsentHash> ip_fingerprint;
    std::string type;
    std::string version;
    bool accepted = false;
    std::optional<std::string> choices;  ///< the single choices made, as the JSON object that was sent
    Instant created_at;
};

/// A consent as it is given.
struct GivenConsent {
    std::optional<Uuid> subject = std::nullopt;
    std::optional<std::string> email = std::nullopt;
    std::optional<std::string> fingerprint = std::nullopt;  ///< of the browser
    std::string address = {};                               ///< of the network; empty for a command
    std::string type = {};
    std::string version = {};
    bool accepted = false;
    std::optional<std::string> choices = std::nullopt;
    Uuid uuid = {};  ///< given where it is all zero
};

/// Keeps it. The event names the people whose uuid or e-mail it holds. NotFound: the subject is nobody's.
[[nodiscard]] Result<Consent> record_consent(audit::Work& work, const GivenConsent& given);

struct ConsentPage {
    std::vector<Consent> consents;
    std::int64_t total = 0;
    bool total_is_exact = true;
};
/// Consents under this uuid and, where it is a person's, those that were given with their e-mail; the newest
/// first. Damaged ones are left out, and that is journaled.
[[nodiscard]] Result<ConsentPage> list_consents(audit::Work& work, const Uuid& subject, Paging paging);

/// Consents that were given with this e-mail, the newest first; otherwise as above.
[[nodiscard]] Result<ConsentPage> list_consents_of_email(audit::Work& work, std::string_view email,
                                                         Paging paging);

/// Takes away whose consents they were that this person gave under their uuid, or with an e-mail that nobody
/// else has; what was said stays. Of a consent under another uuid it takes the e-mail alone. To be called
/// while the register still has the person and their contacts. A damaged row is taken from, too, and stays
/// known as damaged. Answers how many there were.
[[nodiscard]] Result<std::int64_t> forget_consents_of(audit::Work& work, const Person& person);

/// Opens every consent and tells the report.
[[nodiscard]] Result<void> check_consents(db::Transaction& tx, const crypto::KeyRing& keys,
                                          CheckReport& report);

/// Seals the next consents anew.
[[nodiscard]] Result<void> reseal_consents(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
