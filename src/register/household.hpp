// People who live together under one tenancy.
#pragma once

#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct Household;
struct Person;

/// The household of a tag reference, made where there is none yet.
[[nodiscard]] Result<Id<Household>> ensure_household(audit::Work& work, const std::string& tag_reference);

/// Its people, in order of number.
[[nodiscard]] Result<std::vector<Id<Person>>> list_household_members(db::Transaction& tx,
                                                                     Id<Household> household);

}  // namespace tenantry::housing
