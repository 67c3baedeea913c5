// The embedded engine. On SQLite before 3.51.3 two connections that write or checkpoint at the same instant
// can corrupt a WAL database, so exactly one connection, in one process, does both; every other one is opened
// read-only.
#pragma once

#include <filesystem>
#include <memory>

#include "base/time.hpp"
#include "db/database.hpp"
#include "db/migrations.hpp"
#include "db/writer.hpp"

namespace tenantry::db {

/// Creates the file with the schema of all migrations. Conflict where it exists.
[[nodiscard]] Result<void> create_sqlite(const std::filesystem::path& file, const Clock& clock);

/// Opens an existing register: takes the lock file (Unavailable while another process holds it), applies
/// newer migrations; refuses (Corrupt) a schema newer than this build, a changed checksum or a gap.
[[nodiscard]] Result<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& file,
                                                            const Clock& clock, WriterOptions options = {});

/// A private in-memory register with the full schema, for tests of rules: one connection, one open
/// transaction.
[[nodiscard]] Result<std::unique_ptr<Transaction>> open_sqlite_in_memory(const Clock& clock);

}  // namespace tenantry::db
