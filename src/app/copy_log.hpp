// The log of a second copy: what each commit changed, one record after the other, each with a sum of its own.
// A record is magic(4) | page bytes(4) | pages in all(4) | pages here(4) | sequence(8) | time(8) |
// SHA-256(32) of the rest of it, then the pages' numbers (4 each) and the pages. Numbers are little endian.
#pragma once

#include <filesystem>
#include <optional>

#include "base/bytes.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "db/database.hpp"

namespace tenantry::app {

/// A commit as it is copied. Each has the number after the one before.
struct CopiedCommit {
    std::uint64_t sequence = 0;
    Instant at;
    db::CommittedPages pages;
};

[[nodiscard]] Bytes copy_record(const CopiedCommit& commit);

struct AppliedLog {
    std::uint64_t last = 0;     ///< number of the last commit that was applied; 0: none
    std::optional<Instant> at;  ///< when that was
    bool is_damaged = false;  ///< a record that is not the last does not hold: what follows it is not applied
};

/// Applies a log's records to a copy of the register's file, up to the first that is cut or does not hold,
/// and makes it a file at rest (db/sqlite/copy.hpp). Durable when it returns.
[[nodiscard]] Result<AppliedLog> apply_log(const std::filesystem::path& log,
                                           const std::filesystem::path& copy);

}  // namespace tenantry::app
