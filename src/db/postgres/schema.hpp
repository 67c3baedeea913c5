// The connection that writes, as migrations see it.
#pragma once

#include "db/migrate.hpp"
#include "db/postgres/connection.hpp"

namespace tenantry::db {

[[nodiscard]] SchemaOn<PgTransaction> postgres_schema(PgTransaction& tx);

/// Invalid: the database is of another encoding, or does not compare texts as the embedded engine does.
[[nodiscard]] Result<void> check_encoding(PgTransaction& tx);

}  // namespace tenantry::db
