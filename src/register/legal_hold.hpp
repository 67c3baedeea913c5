// A legal hold: somebody's records must stay whatever they ask and whatever the retention rules say, because
// of a claim or an inquiry. The reason is sealed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/resealing.hpp"
#include "register/check.hpp"
#include "register/person.hpp"

namespace tenantry::housing {

struct LegalHold {
    Id<LegalHold> id;
    Uuid uuid;
    std::int64_t version = 0;
    Id<Person> person;
    std::optional<std::string> reason;      ///< absent where it does not open
    std::optional<std::int64_t> placed_by;  ///< account; absent for a command
    Instant placed_at;
    std::optional<std::int64_t> lifted_by;
    std::optional<Instant> lifted_at;
};

/// A person may have several. NotFound: no such person.
[[nodiscard]] Result<LegalHold> place_legal_hold(audit::Work& work, Id<Person> person, std::string reason);
/// NotFound where there is none; Conflict: it was lifted before; Corrupt: the record is damaged.
[[nodiscard]] Result<LegalHold> lift_legal_hold(audit::Work& work, const Uuid& uuid);
/// All of a person, lifted ones too, in order of number. Journals the reading.
[[nodiscard]] Result<std::vector<LegalHold>> list_legal_holds(audit::Work& work, Id<Person> person);
struct HoldPage {
    std::vector<LegalHold> holds;
    std::int64_t total = 0;
    bool total_is_exact = true;
};
/// All that were not lifted, of anybody, the newest first. Journals the reading.
[[nodiscard]] Result<HoldPage> list_holds_in_force(audit::Work& work, Paging paging);

[[nodiscard]] Result<std::int64_t> count_holds_in_force(db::Transaction& tx);

/// NotFound where there is none. Not journaled: to be shown with the person's own.
[[nodiscard]] Result<LegalHold> find_legal_hold(audit::Work& work, const Uuid& uuid);

/// Whether one is on the person that was not lifted.
[[nodiscard]] Result<bool> is_under_legal_hold(db::Transaction& tx, Id<Person> person);

inline constexpr Error kUnderLegalHold{Code::Conflict, "This tenant's records are under a legal hold"};

/// Opens every one and tells the report.
[[nodiscard]] Result<void> check_legal_holds(db::Transaction& tx, const crypto::KeyRing& keys,
                                             CheckReport& report);

/// Seals the next holds anew.
[[nodiscard]] Result<void> reseal_legal_holds(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
