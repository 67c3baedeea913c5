// What officers do with an interaction: log it, follow it up or close it, hand it over. Each call is part of
// one write transaction; an error leaves it to the caller to roll back.
#pragma once

#include <optional>
#include <string>

#include "register/incident_note.hpp"
#include "register/interaction.hpp"

namespace tenantry::housing {

/// What was stored together. Following up may leave no note.
struct Casework {
    Incident incident;
    Interaction interaction;
    std::optional<IncidentNote> note;
};

/// Opens a case with a first note on it and an interaction about it. Anything but a plain interaction begins
/// at stage 0. Conflict: something that they link to does not exist.
[[nodiscard]] Result<Casework> log_interaction(audit::Work& work, Incident incident, Interaction interaction,
                                               std::string note);

/// What an officer says and decides on an interaction.
struct FollowUp {
    Uuid interaction;
    std::optional<Uuid> incident;  ///< must be the interaction's own, where it is named
    Id<Officer> officer;
    std::string said;    ///< blank: no note
    std::string author;  ///< name under the note
    /// As the interaction was read. Where it is given, nothing is done to one that was changed since or that
    /// is closed: Conflict.
    std::optional<std::int64_t> version = std::nullopt;
};

/// Notes what was said and either closes interaction and case, with what was said as the resolution, or
/// leaves them open with this callback flag. The stage stays as it is where none is given. NotFound: no such
/// interaction, or the case is another's.
[[nodiscard]] Result<Casework> follow_up(audit::Work& work, const FollowUp& said, bool request_callback,
                                         std::optional<std::int64_t> process_stage);
[[nodiscard]] Result<Casework> close_case(audit::Work& work, const FollowUp& said,
                                          std::optional<std::int64_t> process_stage);

/// To whom an interaction is to be handed, and who has it now as the officer sees it.
struct Transfer {
    bool from_patch = false;
    bool from_manager = false;
    std::optional<Id<Patch>> to_patch = std::nullopt;
    std::optional<Id<ManagerArea>> to_manager = std::nullopt;
    Id<Area> area = {};
    std::optional<std::int64_t> process_stage = std::nullopt;
};

/// What becomes of the two links to whoever has it.
enum class LinkChange : std::uint8_t { Kept, Given, Removed };
struct HolderChange {
    LinkChange patch = LinkChange::Kept;
    LinkChange manager = LinkChange::Kept;
};
/// The rule of handing over, without storing anything.
[[nodiscard]] HolderChange decide_transfer(const Transfer& transfer);

/// Hands the interaction over, notes what was said, and marks it transferred in any case. Stage 0 changes no
/// stage. Errors as follow_up().
[[nodiscard]] Result<Casework> transfer_interaction(audit::Work& work, const FollowUp& said,
                                                    const Transfer& transfer);

}  // namespace tenantry::housing
