// Brings a database to the schema of a list of migrations.
#pragma once

#include <span>

#include "base/time.hpp"
#include "db/migrations.hpp"
#include "db/sqlite/connection.hpp"

namespace tenantry::db {

/// The number of migrations that the database has, which are the first ones of the list. Corrupt as below.
[[nodiscard]] Result<std::size_t> count_applied(Transaction& tx, std::span<const Migration> migrations);

/// Applies what is missing, each migration in a transaction of its own. Corrupt, and nothing is changed,
/// where the database has a migration that the list has not, with another checksum, or not in order.
[[nodiscard]] Result<void> migrate(SqliteTransaction& tx, std::span<const Migration> migrations,
                                   const Clock& clock);

}  // namespace tenantry::db
