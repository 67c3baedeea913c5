// An officer's work on a case: a call, a process, an action after a visit, a meeting or an issue raised at
// one. It lies in a patch's tray or in that of a manager's area. The advice given is sealed. What officers do
// with it is in register/casework.hpp, the trays are in register/interaction_list.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/ids.hpp"
#include "register/check.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct Area;
struct Association;
struct Household;
struct Incident;
struct ManagerArea;
struct Officer;
struct Patch;
struct Person;

/// Others may be stored and are shown as they are.
enum class ProcessType : std::int64_t {
    Interaction = 0,
    Process = 1,  ///< of a person; or, of an association, a meeting
    PostVisitAction = 2,
    Issue = 3,
};

struct Interaction {
    Id<Interaction> id;
    Uuid uuid;
    std::int64_t version = 0;
    Id<Incident> incident;
    std::optional<Id<Person>> person;
    std::optional<Id<Household>> household;
    std::optional<Id<Patch>> patch;
    std::optional<Id<ManagerArea>> manager_area;
    std::optional<Id<Area>> area;
    std::optional<Id<Officer>> created_by;
    std::optional<Id<Officer>> updated_by;
    std::optional<std::string> source;
    std::optional<std::string> nature_of_enquiry;
    std::optional<std::string> enquiry_subject;
    std::optional<std::int64_t> reason_for_process;
    std::optional<std::string> subject;  ///< in the former system
    std::optional<std::string> advice_given;
    std::optional<std::string> estate_office;
    ProcessType process_type = ProcessType::Interaction;
    std::optional<std::int64_t> process_stage;
    bool transferred = false;
    std::optional<Id<Interaction>> parent;
    std::optional<Id<Association>> association;
    Instant created_at;
    Instant updated_at;
    std::optional<Instant> closed_at;
};

/// Stores a new interaction; id, uuid, version and times are given. Conflict: something that it links to does
/// not exist.
[[nodiscard]] Result<Interaction> create_interaction(audit::Work& work, Interaction interaction);
/// For a change, which is what is journaled. NotFound where there is none; Corrupt where the advice or the
/// row's seal does not hold.
[[nodiscard]] Result<Interaction> load_interaction(audit::Work& work, const Uuid& uuid);
/// Stores the interaction as it is now over the version that it was read as. Conflict: changed meanwhile.
[[nodiscard]] Result<Interaction> update_interaction(audit::Work& work, Interaction interaction,
                                                     Literal action);
/// Ends the work. One that is closed stays as it was closed. Conflict: changed meanwhile.
[[nodiscard]] Result<Interaction> close_interaction(audit::Work& work, Interaction interaction);

/// What an interaction is to be linked to, as callers name it.
struct LinkNames {
    std::optional<Uuid> person = std::nullopt;
    std::optional<Uuid> household = std::nullopt;
    std::optional<Uuid> patch = std::nullopt;
    std::optional<Uuid> manager_area = std::nullopt;
    std::optional<std::int64_t> area = std::nullopt;
    std::optional<Uuid> officer = std::nullopt;
    std::optional<Uuid> parent = std::nullopt;
};
struct Links {
    std::optional<Id<Person>> person;
    std::optional<Id<Household>> household;
    std::optional<Id<Patch>> patch;
    std::optional<Id<ManagerArea>> manager_area;
    std::optional<Id<Area>> area;
    std::optional<Id<Officer>> officer;
    std::optional<Id<Interaction>> parent;
};
/// The records of the names. NotFound where one that is named does not exist.
[[nodiscard]] Result<Links> find_links(db::Transaction& tx, const LinkNames& names);

/// Opens every interaction and tells the report.
[[nodiscard]] Result<void> check_interactions(db::Transaction& tx, const crypto::KeyRing& keys,
                                              CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_interactions(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
