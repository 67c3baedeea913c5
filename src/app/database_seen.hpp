// What a data folder keeps of the PostgreSQL cluster that holds its register, DATA/database-seen: a primary
// that was replaced and comes back is not believed by a server that was started since.
#pragma once

#include <filesystem>

#include "db/postgres/postgres.hpp"

namespace tenantry::app {

/// What the folder says, and keeps what is new in it. Invalid: the file is not one that keep() wrote.
[[nodiscard]] Result<db::PgMemory> database_memory(const std::filesystem::path& data);

}  // namespace tenantry::app
