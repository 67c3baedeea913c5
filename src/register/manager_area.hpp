// What one manager answers for: a part of an area with its patches. One officer holds it, or nobody.
#pragma once

#include <optional>
#include <string>

#include "base/ids.hpp"
#include "register/record.hpp"
#include "register/row_seals.hpp"

namespace tenantry::housing {

struct Area;
struct Officer;

struct ManagerArea {
    Id<ManagerArea> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::string name;
    Id<Area> area;
    std::optional<Id<Officer>> officer;
    bool active = true;
    std::optional<Id<Officer>> updated_by;  ///< who assigned it last
    Instant created_at;
    Instant updated_at;
};

/// How its rows are sealed.
extern const SealedTable kManagerAreaRows;

/// NotFound where there is none; Corrupt where it is not as it was sealed.
[[nodiscard]] Result<ManagerArea> find_manager_area(db::Transaction& tx, const crypto::KeyRing& keys,
                                                    const Uuid& uuid);

/// Stores a new one; id, version and times are given, the uuid where it is all zero. Conflict: no such area
/// or officer.
[[nodiscard]] Result<ManagerArea> create_manager_area(audit::Work& work, ManagerArea area);
/// Stores it as it is now over the version that it was read as. Conflict: changed meanwhile, or no such area
/// or officer.
[[nodiscard]] Result<ManagerArea> update_manager_area(audit::Work& work, ManagerArea area);

/// Gives it to the officer, whoever held it before, and notes who did so, where that is an officer. NotFound:
/// no such manager area or officer.
[[nodiscard]] Result<ManagerArea> assign_manager_area(audit::Work& work, const Uuid& area,
                                                      const Uuid& officer, std::optional<Uuid> assigned_by);
/// Takes it from whoever holds it. NotFound: no such manager area.
[[nodiscard]] Result<ManagerArea> vacate_manager_area(audit::Work& work, const Uuid& area);

}  // namespace tenantry::housing
