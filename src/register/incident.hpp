// A case: what somebody rang, wrote or came about, known by its ticket number. What officers do about it are
// interactions (register/interaction.hpp), what they write about it are notes (register/incident_note.hpp).
// Title, description and resolution are sealed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.hpp"
#include "register/check.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct Household;
struct Person;

struct Incident {
    Id<Incident> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::string ticket_number;
    std::optional<Id<Person>> person;
    std::optional<Id<Household>> household;
    std::optional<std::string> subject;  ///< in the former system
    std::string title;
    std::optional<std::string> description;
    std::optional<std::string> resolution;
    bool request_callback = false;
    Instant created_at;
    Instant updated_at;
    std::optional<Instant> closed_at;
};

/// Stores a new case; id, uuid, version, ticket number and times are given. The number's letters at the end
/// keep others from being guessed. Conflict: no such person or household.
[[nodiscard]] Result<Incident> create_incident(audit::Work& work, Incident incident);
/// For a change, which is what is journaled. NotFound where there is none; Corrupt where a field or the row's
/// seal does not hold.
[[nodiscard]] Result<Incident> load_incident(audit::Work& work, Id<Incident> id);
[[nodiscard]] Result<Incident> load_incident(audit::Work& work, const Uuid& uuid);
/// Stores the case as it is now over the version that it was read as. Conflict: changed meanwhile.
[[nodiscard]] Result<Incident> update_incident(audit::Work& work, Incident incident);
/// Ends the case; nobody is to be rung back. One that is closed stays as it was closed. Conflict: changed
/// meanwhile.
[[nodiscard]] Result<Incident> close_incident(audit::Work& work, Incident incident,
                                              std::optional<std::string> resolution);

/// Opens every case and tells the report.
[[nodiscard]] Result<void> check_incidents(db::Transaction& tx, const crypto::KeyRing& keys,
                                           CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_incidents(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
