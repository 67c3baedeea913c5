// Who was assigned where, from when to when. A person is at one property at a time (a unique index holds
// that).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/record.hpp"
#include "register/row_seals.hpp"

namespace tenantry::housing {

struct Person;
struct Property;

struct Occupancy {
    Id<Property> property;
    std::string full_address;
    Instant from;
    std::optional<Instant> to;  ///< absent: still there
};

/// How its rows are sealed.
extern const SealedTable kOccupancyRows;

/// Begins the occupancy of a person who has had none. Part of storing a person (register/person.hpp), which
/// writes the journal event.
[[nodiscard]] Result<void> begin_first_occupancy(audit::Work& work, Id<Person> person, Id<Property> at);
/// Ends the person's current occupancy, if any, and begins one at the property, if one is named. Part of
/// storing a person, likewise. Corrupt: the current one is not as it was sealed.
[[nodiscard]] Result<void> move_occupancy(audit::Work& work, Id<Person> person,
                                          std::optional<Id<Property>> to);

/// All of a person's, the newest first.
[[nodiscard]] Result<std::vector<Occupancy>> list_occupancies(db::Transaction& tx, Id<Person> person);

/// Who was assigned to the property at that instant.
[[nodiscard]] Result<std::vector<Id<Person>>> list_occupants_at(db::Transaction& tx, Id<Property> property,
                                                                Instant at);

/// Into the report: people whose current occupancy is not at the home that their record says.
[[nodiscard]] Result<void> check_homes(db::Transaction& tx, CheckReport& report);

}  // namespace tenantry::housing
