// A note on a case: what was said or seen. The text is sealed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "register/incident.hpp"

namespace tenantry::housing {

struct IncidentNote {
    Id<IncidentNote> id;
    Uuid uuid;
    std::int64_t version = 0;
    Id<Incident> incident;
    std::string text;
    Instant created_at;
    bool unreadable = false;  ///< in a list: the text did not open, or the row does not hold together
};

/// "03/02/2026 10:11:12": how notes write a time, by clocks in the United Kingdom.
[[nodiscard]] std::string uk_note_time(Instant at);
/// The text as the former system wrote it, which people search for:
/// "<said> logged on  03/02/2026 10:11:12 by  <author>", at the time that clocks in the United Kingdom show.
[[nodiscard]] std::string signed_note(std::string_view said, Instant at, std::string_view author);

/// What signed_note() made the text of. Of a text that is not signed, or not at the time that it was written:
/// all of it, and no author.
struct SignedText {
    std::string_view said;
    std::optional<std::string_view> author;
};
[[nodiscard]] SignedText read_signature(const IncidentNote& note);

/// Stores a new note on the case.
[[nodiscard]] Result<IncidentNote> create_incident_note(audit::Work& work, const Incident& incident,
                                                        std::string text);
/// For a change, which is what is journaled. NotFound where there is none; Corrupt where it does not open.
[[nodiscard]] Result<IncidentNote> load_incident_note(audit::Work& work, const Uuid& uuid);
/// Stores the note's text as it is now over the version that it was read as. Conflict: changed meanwhile.
[[nodiscard]] Result<IncidentNote> update_incident_note(audit::Work& work, IncidentNote note);
/// The notes of these cases (their numbers as a JSON array), by case and in the order they were written. One
/// that does not open is reported and has no text. The caller journals whose notes it shows.
[[nodiscard]] Result<std::vector<IncidentNote>> list_incident_notes(audit::Work& work,
                                                                    const std::string& incidents);

/// Opens every note and tells the report.
[[nodiscard]] Result<void> check_incident_notes(db::Transaction& tx, const crypto::KeyRing& keys,
                                                CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_incident_notes(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
