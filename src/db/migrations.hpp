// Forward-only migrations: numbered SQL files embedded from db/migrations, each one transaction, remembered
// with a checksum.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/result.hpp"

namespace tenantry::db {

struct Migration {
    std::int64_t version;      ///< 1, 2, … without a gap
    std::string_view name;     ///< "0001_foundation"
    std::string_view sql;      ///< statements, separated by semicolons
    std::string_view columns;  ///< the companion file: one declaration per table and column (db/columns.hpp)
};

/// All migrations of this build, in order.
[[nodiscard]] std::span<const Migration> migrations();
/// Those of a register in PostgreSQL. The first makes what the embedded engine's had made when this one came.
[[nodiscard]] std::span<const Migration> postgres_migrations();

}  // namespace tenantry::db
