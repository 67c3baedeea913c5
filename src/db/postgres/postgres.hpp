// The server engine: the register in a PostgreSQL database, which several servers may write.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/time.hpp"
#include "db/database.hpp"

namespace tenantry::db {

/// The cluster that holds a register: what its initdb called it, and how often a server of it was promoted.
struct PgSeen {
    std::string system;
    std::int64_t timeline = 0;
};
/// What a process knows of it from those before it, and where it says what is new.
struct PgMemory {
    PgSeen before = {};
    std::function<void(const PgSeen&)> keep = {};  ///< any thread, one at a time
};

/// Makes the schema in a database that is empty, or goes on where this was ended. Conflict: a register is
/// there, or a part of one that is being copied.
[[nodiscard]] Result<void> create_postgres(const std::string& url, const Clock& clock);

/// Connects to a register and applies newer migrations. NotFound: there is no register in the database.
/// Unavailable: nobody answers, or only a primary that was replaced. Otherwise as open_sqlite(), but that
/// other processes may have it open too.
[[nodiscard]] Result<std::unique_ptr<Database>> open_postgres(const std::string& url, const Clock& clock,
                                                              PgMemory memory = {});

}  // namespace tenantry::db
