// Where a register is copied to, row by row: an empty place of either engine, or what a copy that was ended
// left there. Until the last table (db/tables.hpp) has its row nobody opens it. One thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/time.hpp"
#include "db/tables.hpp"

namespace tenantry::db {

class CopyTarget {
  public:
    virtual ~CopyTarget() = default;

    /// To read what is there, while no table is begun.
    [[nodiscard]] virtual Transaction& transaction() = 0;
    /// Before the first table: takes away what is quicker made when all rows are there.
    [[nodiscard]] virtual Result<void> prepare() = 0;
    [[nodiscard]] virtual Result<void> begin(const Table& table) = 0;
    /// Where the process ends before end(), the rows so far may be there or not.
    [[nodiscard]] virtual Result<void> put(const TableRow& row) = 0;
    /// What was put is there to stay. Conflict: a constraint refused it.
    [[nodiscard]] virtual Result<void> end() = 0;
    /// After all tables: makes what prepare() took away.
    [[nodiscard]] virtual Result<void> finish() = 0;
};

/// A database; makes the schema where there is none. Conflict: something else is in it. Unavailable: somebody
/// writes there. What prepare() takes away, begin() does, for the one table.
[[nodiscard]] Result<std::unique_ptr<CopyTarget>> open_postgres_target(const std::string& url,
                                                                       const Clock& clock);
/// The embedded engine's register; makes the file where there is none. Unavailable: somebody has it open.
[[nodiscard]] Result<std::unique_ptr<CopyTarget>> open_sqlite_target(const std::filesystem::path& file,
                                                                     const Clock& clock);
/// A file that is there and empty, for a copy at rest (db/sqlite/copy.hpp): nothing of it is durable before
/// the caller makes it so.
[[nodiscard]] Result<std::unique_ptr<CopyTarget>> open_file_target(const std::filesystem::path& file,
                                                                   const Clock& clock);

/// Makes the target ready: a new schema loses the rows that it begins with, which the source has of its own.
/// Conflict, and nothing is changed: there is a whole register.
[[nodiscard]] Result<void> make_room(CopyTarget& target);

}  // namespace tenantry::db
