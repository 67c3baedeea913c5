// Lists of interactions as officers see them: everything about a person, or the tray of a patch, a manager's
// area or an area. A list takes the same few statements whatever its length, opens each person once, and is
// journaled as one reading of all people in it. What does not open is left out of it, and reported.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/address.hpp"
#include "register/incident_note.hpp"
#include "register/interaction.hpp"
#include "register/officer.hpp"
#include "register/person.hpp"

namespace tenantry::housing {

/// Whom an interaction is about.
struct InteractionContact {
    Person person;    ///< what does not open is empty and named in Person::unreadable
    Address address;  ///< where letters go: an address of their own, else their home
    std::optional<std::int64_t> uprn;
    std::optional<Instant> tenancy_created_at;
};

struct ListedInteraction {
    Interaction interaction;  ///< without the advice given
    Uuid incident;
    std::string ticket_number;
    bool request_callback = false;
    std::optional<Uuid> household;
    std::optional<Uuid> patch;
    std::optional<Id<Officer>> patch_officer;  ///< who has the patch now
    std::optional<Uuid> manager_area;
    std::optional<Id<Officer>> manager;  ///< who has the manager's area now
    std::optional<std::string> area_name;
    std::optional<Uuid> parent;
    std::optional<Uuid> created_by;
    std::optional<Uuid> updated_by;
    std::optional<std::string> nature_of_enquiry;  ///< labels of the code lists; none for an unknown code
    std::optional<std::string> enquiry_subject;
    std::optional<std::string> source;
    std::vector<IncidentNote> notes;  ///< in the order they were written
};

struct InteractionList {
    std::vector<ListedInteraction> items;      ///< in order of number
    std::vector<InteractionContact> contacts;  ///< in order of number
    OfficerNames officers;                     ///< of those in the items

    /// Whom it is about; null where that is nobody.
    [[nodiscard]] const InteractionContact* contact_of(const ListedInteraction& item) const;
    /// "First Last"; nothing for nobody, and where the name does not open.
    [[nodiscard]] std::optional<std::string> name_of(std::optional<Id<Officer>> officer) const;
};

/// These interactions, as far as there are any.
[[nodiscard]] Result<InteractionList> list_interactions(audit::Work& work,
                                                        const std::vector<std::int64_t>& numbers);

/// Everything about a person, open or closed. Nothing where there is no such person.
[[nodiscard]] Result<InteractionList> list_interactions_of_person(audit::Work& work, const Uuid& person);

/// A page of them, the newest first: those that are open, or those that are closed.
enum class WorkState : std::uint8_t { Open, Closed };
struct InteractionPage {
    InteractionList list;  ///< in order of number
    std::int64_t total = 0;
    bool total_is_exact = true;
};
[[nodiscard]] Result<InteractionPage> page_interactions_of_person(audit::Work& work, Id<Person> person,
                                                                  WorkState state, Paging paging);

/// What is open in the tray, and what was closed in it since then: all that was ever closed would grow by
/// thousands a year. Nothing where there is no such patch or area.
[[nodiscard]] Result<InteractionList> list_interactions_of_patch(audit::Work& work, const Uuid& patch,
                                                                 Instant closed_since);
[[nodiscard]] Result<InteractionList> list_interactions_of_manager_area(audit::Work& work,
                                                                        const Uuid& manager_area,
                                                                        Instant closed_since);
/// Those about a person only.
[[nodiscard]] Result<InteractionList> list_interactions_of_area(audit::Work& work, Id<Area> area,
                                                                Instant closed_since);

}  // namespace tenantry::housing
