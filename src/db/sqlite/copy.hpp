// A register's file at rest: a copy of the live one, which nobody else has open and nothing lies beside. Its
// header says rollback journal, so that it can be read where nothing can be written.
#pragma once

#include <filesystem>
#include <memory>

#include "base/time.hpp"
#include "db/database.hpp"
#include "db/sqlite/connection.hpp"

namespace tenantry::db {

/// Copies what the live register's file holds, as one snapshot, into another, which is there and empty, while
/// one process writes. Not durable yet. Unavailable: goes_on said no.
[[nodiscard]] Result<void> copy_register(const std::filesystem::path& file, const std::filesystem::path& into,
                                         const CopyGoesOn& goes_on);

/// Opens a copy read-only. NotFound where there is none, Corrupt where it is not a database.
[[nodiscard]] Result<std::unique_ptr<Reader>> open_copy(const std::filesystem::path& file);

/// What Database::check_integrity() checks. Corrupt when it fails.
[[nodiscard]] Result<void> check_copy(const std::filesystem::path& file);

/// Applies newer migrations to a copy.
[[nodiscard]] Result<void> update_copy(const std::filesystem::path& file, const Clock& clock);

/// The number of the newest migration that made the schema. Corrupt for a schema that open_sqlite() refuses.
[[nodiscard]] Result<std::int64_t> check_schema(Transaction& tx);

}  // namespace tenantry::db
