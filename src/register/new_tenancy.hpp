// Tenancies that are new since somebody last asked for them: the watermark says when that was.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/tenancy.hpp"

namespace tenantry::housing {

struct Area;
struct Officer;

/// Who answers for a home: its patch, the patch's officer and the manager's area above it.
struct HomePatch {
    Uuid patch;
    Id<Area> area;
    std::optional<Uuid> manager_area;
    std::optional<Id<Officer>> officer;
    std::optional<Uuid> officer_uuid;
    std::optional<std::string> officer_name;  ///< nothing where the officer's account is damaged
};

/// A new tenancy and those of its people who live at one home. People without a home count to the tenancy's.
struct NewTenancy {
    Tenancy tenancy;
    std::optional<Property> home;
    std::optional<HomePatch> patch;
    /// In order of number, but each who is responsible goes before those already there.
    std::vector<Person> people;
};

/// The tenancies recorded since the last call, an entry for each home that their people have; at the first
/// call those of the last 24 hours. Moves the watermark to now, which holds only if the transaction does.
/// Journals that, and whose records it shows. Write transactions only.
[[nodiscard]] Result<std::vector<NewTenancy>> take_new_tenancies(audit::Work& work);

}  // namespace tenantry::housing
