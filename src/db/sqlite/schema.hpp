// How a register's file comes to be and gets its schema: the connection that writes, as migrations see it.
#pragma once

#include "db/migrate.hpp"
#include "db/sqlite/connection.hpp"
#include "db/sqlite/lock_file.hpp"

namespace tenantry::db {

[[nodiscard]] inline SchemaOn<SqliteTransaction> sqlite_schema(SqliteTransaction& tx) {
    return {
        tx,
        {"BEGIN IMMEDIATE",
         {"db/migration/has_table", "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'", ""},
         "CREATE TABLE schema_migration (\n    version INTEGER PRIMARY KEY,\n    name TEXT NOT NULL,\n"
         "    checksum INTEGER NOT NULL,\n    applied_at INTEGER NOT NULL\n) STRICT"}};
}

/// Keeps other processes from the register. Unavailable: one has it open.
[[nodiscard]] Result<LockFile> lock_register(const std::filesystem::path& file);
/// Makes the file, for its owner alone. Conflict where it exists.
[[nodiscard]] Result<void> create_empty(const std::filesystem::path& file);
/// The connection that writes, with the schema of all migrations.
[[nodiscard]] Result<std::unique_ptr<SqliteTransaction>> open_writing(const std::filesystem::path& file,
                                                                      Access access, const Clock& clock);

}  // namespace tenantry::db
