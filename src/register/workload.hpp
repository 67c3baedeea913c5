// How much work lies where: the homes, tenancies, alerts and open interactions of patches, and so of those
// who hold them. These are counts; no person's record is read.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct ManagerArea;
struct Officer;
struct Patch;

struct Workload {
    std::int64_t homes = 0;
    std::int64_t tenancies = 0;  ///< present ones
    std::int64_t alerts = 0;     ///< at the homes' UPRNs
    std::int64_t open = 0;       ///< interactions
    std::int64_t call_backs = 0;
    std::optional<Instant> oldest = std::nullopt;  ///< of the open interactions

    Workload& operator+=(const Workload& more);
    Workload& operator-=(const Workload& less);  ///< what is oldest stays
};

/// A patch as a list has it.
struct PatchEntry {
    Id<Patch> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::string name;
    std::optional<Id<Officer>> officer;
    std::optional<Uuid> officer_uuid;
};
struct PatchWorkload : PatchEntry {
    Workload work;
};
[[nodiscard]] Workload sum_of(const std::vector<PatchWorkload>& patches);

struct PatchWorkloads {
    std::vector<PatchWorkload> patches;
    std::int64_t total = 0;  ///< how many patches there are, on whatever page
};
/// The active patches of a manager's area, by name.
[[nodiscard]] Result<std::vector<PatchEntry>> list_patches(db::Transaction& tx, Id<ManagerArea> area);
/// And how much work they are.
[[nodiscard]] Result<PatchWorkloads> list_patch_workloads(db::Transaction& tx, Id<ManagerArea> area,
                                                          Paging paging);
/// The active patches that an officer holds, by name.
[[nodiscard]] Result<std::vector<PatchWorkload>> list_patches_held(db::Transaction& tx, Id<Officer> officer);
/// NotFound where there is no such patch.
[[nodiscard]] Result<PatchWorkload> find_patch_workload(db::Transaction& tx, const Uuid& patch);

/// A manager's area as a list has it.
struct ManagedArea {
    Id<ManagerArea> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::string name;
    std::string area_name;
    std::optional<Id<Officer>> officer;
    std::optional<Uuid> officer_uuid;
    std::int64_t patches = 0;
};
/// The active ones, by name. They are few (hundreds).
[[nodiscard]] Result<std::vector<ManagedArea>> list_managed_areas(db::Transaction& tx);
/// NotFound where there is none.
[[nodiscard]] Result<ManagedArea> find_managed_area(db::Transaction& tx, const Uuid& area);

/// The open interactions that lie with the manager of the area, and nothing else.
[[nodiscard]] Result<Workload> count_with_manager(db::Transaction& tx, Id<ManagerArea> area);
/// All patches of these areas, and what lies with their managers.
[[nodiscard]] Result<Workload> count_managed_areas(db::Transaction& tx,
                                                   const std::vector<Id<ManagerArea>>& areas);
/// The active areas that the officer holds as their manager.
[[nodiscard]] Result<std::vector<Id<ManagerArea>>> list_managed_areas_held(db::Transaction& tx,
                                                                           Id<Officer> officer);

}  // namespace tenantry::housing
