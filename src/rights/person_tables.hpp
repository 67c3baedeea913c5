// The tables that hold something about people, and how their rows lead to them: read from the declarations of
// the columns (db/columns.hpp), so that report, erasure and merge cannot forget one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/columns.hpp"

namespace tenantry::rights {

struct PersonTable {
    std::string_view name;
    std::vector<db::Column> columns;  ///< those about a person, as they are declared
    bool has_id = false;              ///< whether its rows have a number of their own
    /// The condition under which a row "t" is about the person of number $1. Where it leads through the index
    /// of the journal's events, $2 is a JSON array of those that the index has not seen.
    std::string leads_to_person;

    /// Whether a report shows anything of it.
    [[nodiscard]] bool is_reported() const;
};

/// In the order of the declarations. Thread-safe.
[[nodiscard]] std::span<const PersonTable> person_tables();

}  // namespace tenantry::rights
