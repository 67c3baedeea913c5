// Who works for the demo landlord: a patch for every 200 homes with an officer, a manager for every five
// patches, in seven areas. One officer in thirteen is on long leave, and a colleague holds the patch
// meanwhile or nobody does.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "register/import_records.hpp"

namespace tenantry::app {

inline constexpr std::array<std::string_view, 7> kAreas{"Abbotsmere",     "Canalside",   "Foundry Park",
                                                        "Kingsmead",      "Lamplighter", "Northern Marsh",
                                                        "Windmill Fields"};

[[nodiscard]] std::uint64_t count_patches(std::uint64_t homes);
[[nodiscard]] std::uint64_t count_manager_areas(std::uint64_t homes);

[[nodiscard]] std::uint64_t patch_of(std::uint64_t home);
[[nodiscard]] std::uint64_t manager_area_of(std::uint64_t patch);
/// As areas.csv numbers them, from 1.
[[nodiscard]] std::int64_t area_of(std::uint64_t manager_area);

[[nodiscard]] Uuid patch_uuid(std::uint64_t seed, std::uint64_t patch);
[[nodiscard]] Uuid manager_area_uuid(std::uint64_t seed, std::uint64_t manager_area);
/// Whoever was taken on for the patch; holds it unless on leave.
[[nodiscard]] Uuid officer_uuid(std::uint64_t seed, std::uint64_t patch);
[[nodiscard]] Uuid manager_uuid(std::uint64_t seed, std::uint64_t manager_area);
/// The officer who holds the patch; none for one that waits for its officer.
[[nodiscard]] std::optional<Uuid> holder_of(std::uint64_t seed, std::uint64_t patch);

[[nodiscard]] housing::OfficerRecord make_officer(std::uint64_t seed, std::uint64_t patch);
[[nodiscard]] housing::OfficerRecord make_manager(std::uint64_t seed, std::uint64_t manager_area);
[[nodiscard]] housing::ManagerAreaRecord make_manager_area(std::uint64_t seed, std::uint64_t manager_area);
[[nodiscard]] housing::PatchRecord make_patch(std::uint64_t seed, std::uint64_t patch);

}  // namespace tenantry::app
