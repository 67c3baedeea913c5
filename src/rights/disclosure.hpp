// That somebody was given a subject access report: who, whose, when, why. Written before anything is shown.
#pragma once

#include <optional>
#include <string>

#include "audit/resealing.hpp"
#include "audit/work.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "register/check.hpp"
#include "register/person.hpp"
#include "rights/subject_report.hpp"

namespace tenantry::rights {

struct Disclosure {
    Id<housing::Person> person;
    Literal format = "json";
    Checked checked = Checked::No;
    std::optional<std::string> reason;  ///< sealed
};

/// Stores it with its event. Throttled: the account was given `most` reports (0: any number) within the hour.
[[nodiscard]] Result<void> record_disclosure(audit::Work& work, const Disclosure& disclosure,
                                             std::int64_t most);

/// Takes away why this person's reports were given, for erasure; that they were given stays. Answers of how
/// many.
[[nodiscard]] Result<std::int64_t> forget_disclosure_reasons(audit::Work& work, Id<housing::Person> person);

/// Journals those that an earlier version recorded without an event of their own: once in a register's life.
[[nodiscard]] Result<void> tell_of_old_disclosures(audit::Work& work);

/// Opens every one and tells the report.
[[nodiscard]] Result<void> check_disclosures(db::Transaction& tx, const crypto::KeyRing& keys,
                                             housing::CheckReport& report);
/// Seals the next ones anew.
[[nodiscard]] Result<void> reseal_disclosures(db::Transaction& tx, audit::Resealing& some);

/// The last day to answer a request that came in on this day: the same date of the next month, that month's
/// last day where it has no such date, and the next working day where that is none (UK GDPR Article 12(3);
/// the ICO's guidance on the right of access, "how long do we have to comply").
[[nodiscard]] Date due_day(Date received);

}  // namespace tenantry::rights
