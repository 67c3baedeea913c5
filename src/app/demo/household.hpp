// Who lives, and who used to live, in a home of the demo landlord. Made from the seed and the home's number
// alone.
#pragma once

#include <cstdint>
#include <vector>

#include "register/import_records.hpp"

namespace tenantry::app {

/// The day on which the demo landlord is as it is.
inline constexpr std::chrono::sys_days kDemoDay = std::chrono::year{2026} / 11 / 1;

enum class Household : std::uint8_t {
    Void,  ///< nobody: between two tenancies
    Single,
    ElderlySingle,
    Couple,
    ElderlyCouple,
    CoupleWithChildren,
    LoneParent,
    ThreeGenerations,
    WithLodger,
};

/// Who is there to be made, in the order in which they are made.
struct HomePlan {
    Household household = Household::Void;
    unsigned adults = 0;
    bool joint_tenants = false;  ///< both adults hold the tenancy
    unsigned children = 0;
    unsigned grandparents = 0;
    unsigned lodgers = 0;
    unsigned former_tenants = 0;

    [[nodiscard]] unsigned residents() const { return adults + children + grandparents + lodgers; }
    [[nodiscard]] unsigned people() const { return residents() + former_tenants; }
    /// The first so many people hold the tenancy.
    [[nodiscard]] unsigned tenants() const { return joint_tenants ? adults : std::min(adults, 1U); }
};

[[nodiscard]] HomePlan plan_home(std::uint64_t seed, std::uint64_t home);
/// The uuid of one of the home's people, without making the person.
[[nodiscard]] Uuid person_uuid(std::uint64_t seed, std::uint64_t home, unsigned number);
[[nodiscard]] std::vector<housing::PersonRecord> make_people(std::uint64_t seed, std::uint64_t home);

}  // namespace tenantry::app
