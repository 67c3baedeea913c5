// An enquiry as the officer before the screen takes it and deals with it: whose tray it goes into, who may
// take it over, and everything that is known of it. What is stored then is register/casework.hpp's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/casework.hpp"
#include "register/interaction_list.hpp"
#include "register/officer.hpp"

namespace tenantry::housing {

/// How long one note is at most.
inline constexpr std::size_t kNoteCharacters = 2000;

/// The officer who acts.
struct ActingOfficer {
    Posting posting;
    std::string name;  ///< stands under their notes
};

/// Where work about a person goes: the patch of their home, else the officer's own, else the officer's own
/// manager area.
struct Tray {
    Id<Person> person;
    std::optional<Id<Household>> household;
    std::optional<Id<Patch>> patch;
    std::optional<std::string> patch_name;
    std::optional<Id<Officer>> patch_officer;  ///< who has the patch now
    std::optional<Id<ManagerArea>> manager_area;
    std::optional<std::string> manager_area_name;
    std::optional<Id<Officer>> manager;  ///< who has the manager area now
    std::optional<Id<Area>> area;
    OfficerNames officers;  ///< of these two

    /// Whether anybody's tray was found.
    [[nodiscard]] bool is_there() const { return patch || manager_area; }
    /// Whether there is a manager above the patch to hand work to.
    [[nodiscard]] bool has_manager() const { return patch && manager_area && manager; }
    [[nodiscard]] std::optional<std::string> name_of(std::optional<Id<Officer>> officer) const;
};
/// NotFound: no such person.
[[nodiscard]] Result<Tray> find_tray(audit::Work& work, const Uuid& person, const Posting& posting);

/// What becomes of an enquiry once it is logged.
enum class Next : std::uint8_t { StaysOpen, GoesToManager, IsAnswered };

struct Enquiry {
    Uuid person;
    std::optional<std::string> source;  ///< codes of the code lists
    std::optional<std::string> nature_of_enquiry;
    std::optional<std::string> enquiry_subject;
    std::string title;
    std::string said;
    bool request_callback = false;
    Next next = Next::StaysOpen;
};
/// Logs it; what is answered already is closed with what was said as its resolution. NotFound: no such
/// person. Conflict: nobody's tray was found, or there is no manager to hand it to. Invalid: answered, and
/// yet somebody is to be called back.
[[nodiscard]] Result<Casework> log_enquiry(audit::Work& work, const Enquiry& enquiry,
                                           const ActingOfficer& actor);

/// An interaction with everything that its page shows.
struct OpenedInteraction {
    InteractionList list;  ///< this one alone
    Incident incident;
    std::optional<std::string> advice_given;
    std::optional<std::string> patch_name;
    std::optional<std::string> manager_area_name;

    [[nodiscard]] const ListedInteraction& item() const { return list.items.front(); }
    /// Whether an officer may still add to it, hand it over or close it: what is closed stays as it is, and
    /// what an association raised is dealt with at its meetings.
    [[nodiscard]] bool is_workable() const;
};
/// NotFound where there is none; Corrupt where interaction or case do not open. Journals the reading.
[[nodiscard]] Result<OpenedInteraction> open_interaction(audit::Work& work, const Uuid& uuid);

/// Who may take an interaction over: the holder of a patch or of a manager area.
struct Taker {
    Uuid uuid;  ///< of the patch or the manager area
    bool is_manager = false;
    std::string post;     ///< what the patch or the manager area is called
    std::string officer;  ///< who holds it
};
/// Whoever holds a patch or a manager area in the interaction's area, but for who has it now: the manager
/// above it first, then the other managers, then the officers of the patches.
[[nodiscard]] Result<std::vector<Taker>> list_takers(audit::Work& work, const ListedInteraction& item);

/// Hands it to one of list_takers(), with a note that says to whom and why. NotFound: no such interaction, or
/// nobody with that patch or manager area may take it. Conflict: it is not as it was read.
[[nodiscard]] Result<Casework> hand_over(audit::Work& work, FollowUp said, const Uuid& taker);

}  // namespace tenantry::housing
