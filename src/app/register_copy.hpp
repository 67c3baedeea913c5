// A register's rows on their way into another database, of whichever engine; and how it is known that they
// arrived. What is sealed stays sealed. docs/backup.md.
#pragma once

#include "app/command.hpp"
#include "app/restore.hpp"
#include "db/copy_target.hpp"

namespace tenantry::app {

struct CopiedRows {
    std::int64_t rows = 0;   ///< of all tables
    std::int64_t bytes = 0;  ///< of their values
};

/// Copies all that the source's snapshot holds into a target that has room for it (db::make_room), or goes on
/// where a copy was ended; compares every table's rows, by number and content; and only then gives the
/// register the row without which nothing opens it. Corrupt: a table differs, and is named: the target was
/// changed, or the source, since the copy began.
[[nodiscard]] Result<CopiedRows> copy_rows(db::Transaction& source, db::CopyTarget& target,
                                           const crypto::KeyRing& keys, Output& output);

/// Copies the source to a place that has no register, or goes on there; its keys, which open what the source
/// seals (ring), take their place before it does. Conflict: there is a register, or something else.
[[nodiscard]] Result<CopiedRows> copy_to_place(db::Transaction& source, const Place& place,
                                               IncomingKeys& keys, const crypto::KeyRing& ring,
                                               const Clock& clock, Output& output);

}  // namespace tenantry::app
