// The connection that writes, as migrations see it.
#pragma once

#include "db/migrate.hpp"
#include "db/sqlite/connection.hpp"

namespace tenantry::db {

[[nodiscard]] inline SchemaOn<SqliteTransaction> sqlite_schema(SqliteTransaction& tx) {
    return {
        tx,
        {"BEGIN IMMEDIATE",
         {"db/migration/has_table", "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'", ""},
         "CREATE TABLE schema_migration (\n    version INTEGER PRIMARY KEY,\n    name TEXT NOT NULL,\n"
         "    checksum INTEGER NOT NULL,\n    applied_at INTEGER NOT NULL\n) STRICT"}};
}

}  // namespace tenantry::db
