// The tables that hold something under a field key, as the declarations of their columns say (columns.hpp),
// and the statements that a rotation needs of each. They are made from the declarations, so a table that
// is added is counted before a key is retired, whoever forgets it elsewhere.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "db/sql.hpp"

namespace tenantry::db {

struct SealedTable {
    std::string_view name;
    std::vector<std::string_view> columns;  ///< the sealed ones, in the order of their declaration
    bool has_row_seal = false;
    /// How many rows name the key $1 (4 bytes, as it is stored) in any of them. Reads the whole table.
    Sql count;
    /// How many name another key than $1. Reads the whole table.
    Sql count_others;
    /// Stores the columns, $3 and on, and then the row seal, in the row of number $1; only where the row seal
    /// (the first column, where there is none) is still $2.
    Sql store;
};

/// All of them, in the order of their declaration, but for the keys' own: those are under the root key.
/// Thread-safe.
[[nodiscard]] std::span<const SealedTable> sealed_tables();

/// The table of that name. A name that no declaration has is a bug.
[[nodiscard]] const SealedTable& sealed_table(std::string_view name);

}  // namespace tenantry::db
