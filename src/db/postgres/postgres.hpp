// The server engine: the register in a PostgreSQL database, which several servers may write.
#pragma once

#include <memory>
#include <string>

#include "base/time.hpp"
#include "db/database.hpp"
#include "db/writer.hpp"

namespace tenantry::db {

/// Makes the schema in a database that is empty, or goes on where this was ended. Conflict: a register is
/// there, or a part of one that is being copied.
[[nodiscard]] Result<void> create_postgres(const std::string& url, const Clock& clock);

/// Connects to a register and applies newer migrations. NotFound: there is no register in the database.
/// Otherwise as open_sqlite(), but that other processes may have it open too.
[[nodiscard]] Result<std::unique_ptr<Database>> open_postgres(const std::string& url, const Clock& clock,
                                                              WriterOptions options = {});

}  // namespace tenantry::db
