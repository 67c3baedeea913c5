// People who live together under one tenancy.
#pragma once

#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/person.hpp"

namespace tenantry::housing {

/// The household of a tag reference, made where there is none yet.
[[nodiscard]] Result<Id<Household>> ensure_household(audit::Work& work, const std::string& tag_reference);

/// The household of a uuid that the landlord gave; where there is none yet, the one of the tag reference
/// takes the uuid, or a new one is made with both. Several tenancies may be of one household.
[[nodiscard]] Result<Id<Household>> ensure_household(audit::Work& work, const std::string& tag_reference,
                                                     const Uuid& uuid);

/// Its people, in order of number.
[[nodiscard]] Result<std::vector<Id<Person>>> list_household_members(db::Transaction& tx,
                                                                     Id<Household> household);

/// The same with their records, opened to Depth::Contact; of more than kMembersMost the first ones. What does
/// not open is reported, and shown as far as it does. Journals whose records it shows.
inline constexpr std::int64_t kMembersMost = 50;
[[nodiscard]] Result<std::vector<Person>> list_household(audit::Work& work, Id<Household> household);

}  // namespace tenantry::housing
