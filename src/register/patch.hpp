// A patch: the homes that one officer looks after, or nobody. An officer may hold several.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/record.hpp"
#include "register/row_seals.hpp"

namespace tenantry::housing {

struct Area;
struct ManagerArea;
struct Officer;

struct Patch {
    Id<Patch> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::string name;
    Id<Area> area;
    std::optional<Id<ManagerArea>> manager_area;
    std::optional<Id<Officer>> officer;
    bool active = true;
    std::optional<Id<Officer>> updated_by;  ///< who assigned it last
    Instant created_at;
    Instant updated_at;
};

/// How its rows are sealed.
extern const SealedTable kPatchRows;

/// NotFound where there is none; Corrupt where it is not as it was sealed.
[[nodiscard]] Result<Patch> find_patch(db::Transaction& tx, const crypto::KeyRing& keys, const Uuid& uuid);
/// NotFound where there is none.
[[nodiscard]] Result<Id<Patch>> find_patch_id(db::Transaction& tx, const Uuid& uuid);

/// Stores a new one; id, version and times are given, the uuid where it is all zero. Conflict: no such area,
/// manager area or officer.
[[nodiscard]] Result<Patch> create_patch(audit::Work& work, Patch patch);
/// Stores it as it is now over the version that it was read as. Conflict: changed meanwhile, or no such area,
/// manager area or officer.
[[nodiscard]] Result<Patch> update_patch(audit::Work& work, Patch patch);

/// Gives it to the officer, whoever held it before, and notes who did so, where that is an officer. NotFound:
/// no such patch or officer.
[[nodiscard]] Result<Patch> assign_patch(audit::Work& work, const Uuid& patch, const Uuid& officer,
                                         std::optional<Uuid> assigned_by);
/// Takes it from whoever holds it. NotFound: no such patch.
[[nodiscard]] Result<Patch> vacate_patch(audit::Work& work, const Uuid& patch);

/// A home and who answers for it, as far as that is known.
struct PatchOfHome {
    std::int64_t uprn = 0;
    std::optional<std::string> property_reference;
    std::string postcode;
    std::optional<std::string> ward_id;
    std::optional<std::string> ward_name;
    std::optional<Id<Area>> area;
    std::optional<std::string> area_name;
    std::optional<Uuid> manager_area;
    std::optional<Id<Officer>> manager;
    std::optional<Uuid> patch;
    std::optional<Id<Officer>> officer;
    std::optional<Uuid> officer_uuid;
};
/// Of the home with this UPRN and this postcode, which is compared in any case and spacing; of several the
/// one entered first. NotFound where there is none.
[[nodiscard]] Result<PatchOfHome> find_patch_of_home(db::Transaction& tx, std::int64_t uprn,
                                                     std::string_view postcode);

/// A manager area and the officers of its patches.
struct Team {
    struct Member {
        Uuid patch;
        std::string patch_name;
        Id<Officer> officer;
        Uuid officer_uuid;
    };
    Id<ManagerArea> id;
    Uuid manager_area;
    std::string name;
    std::optional<Id<Officer>> manager;
    std::optional<Uuid> manager_uuid;
    std::vector<Member> members;
};
/// The teams of an area's active patches that an officer holds, members by the name of their patch, teams by
/// that of their first one. A patch under no active manager area is left out.
[[nodiscard]] Result<std::vector<Team>> list_teams(db::Transaction& tx, Id<Area> area);

}  // namespace tenantry::housing
