// A meeting of an association: an interaction with what a meeting has besides. Who came and who signed is
// sealed. What was raised there are issues (register/issue.hpp).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/casework.hpp"

namespace tenantry::housing {

/// What a meeting's interaction says of itself, in the codes of the former system.
inline constexpr std::string_view kMeetingNature = "28";
inline constexpr std::string_view kMeetingSubject = "100000219";
/// How far a meeting or an issue is.
inline constexpr std::int64_t kStageOpen = 0;
inline constexpr std::int64_t kStageCompleted = 8;
inline constexpr std::int64_t kStageEscalated = 9;

struct Attendance {
    std::optional<std::string> councillors;
    std::optional<std::string> other_staff;
    std::optional<std::int64_t> attendees;
};

struct Signing {
    std::optional<std::string> name;
    std::optional<std::string> role;
    std::optional<Uuid> signature;  ///< a picture, here or in a client's own store
};

struct Meeting {
    Interaction interaction;
    Uuid incident;
    std::string ticket_number;
    std::int64_t version = 0;  ///< of what a meeting has besides
    std::string name;
    Attendance attendance;
    Signing signing;
    std::optional<Uuid> pdf;  ///< a document in a client's own store
    std::optional<Instant> confirmed_at;
};

struct NewMeeting {
    Interaction links;  ///< patch, manager's area, area, officer and association; the rest is given
    std::string name;
    std::string note;
    Attendance attendance = {};
    std::optional<Signing> signing = std::nullopt;  ///< signed there and then: the meeting is ended
};

/// Opens a case for the meeting with a note on it. Conflict: something that it links to does not exist.
[[nodiscard]] Result<Casework> hold_meeting(audit::Work& work, NewMeeting wanted);

/// NotFound where there is none; Corrupt where a field or a row's seal does not hold.
[[nodiscard]] Result<Meeting> find_meeting(audit::Work& work, const Uuid& interaction);
/// For a change, which is what is journaled. Errors as find_meeting().
[[nodiscard]] Result<Meeting> load_meeting(audit::Work& work, const Uuid& interaction);
/// In order of number, in one statement. What is damaged is left out, and that is journaled.
[[nodiscard]] Result<std::vector<Meeting>> list_meetings(audit::Work& work, Id<Association> association);

/// The changes below store the meeting over the version that it was read as. Conflict: changed meanwhile.
[[nodiscard]] Result<Meeting> record_attendance(audit::Work& work, Meeting meeting, Attendance attendance);
/// Confirms the meeting now, signed by whoever is named. A picture that an earlier signing left is removed.
[[nodiscard]] Result<Meeting> sign_meeting(audit::Work& work, Meeting meeting, Signing signing);
/// Notes where a client keeps the meeting's papers; what is not named stays.
[[nodiscard]] Result<Meeting> file_papers(audit::Work& work, Meeting meeting, std::optional<Uuid> signature,
                                          std::optional<Uuid> pdf);

/// Opens every meeting and tells the report.
[[nodiscard]] Result<void> check_meetings(db::Transaction& tx, const crypto::KeyRing& keys,
                                          CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_meetings(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
