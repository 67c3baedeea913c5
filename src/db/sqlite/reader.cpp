#include "db/sqlite/reader.hpp"

#include <tuple>

namespace tenantry::db {

namespace {

constexpr Sql kBegin{"db/begin_reading", "BEGIN", ""};
constexpr Sql kEnd{"db/end_reading", "COMMIT", ""};
constexpr Sql kGiveUp{"db/give_up_reading", "ROLLBACK", ""};
constexpr Sql kDataVersion{"db/data_version", "PRAGMA data_version", ""};

}  // namespace

Result<void> SqliteReader::begin() {
    VERIFY(!in_snapshot_);
    TRY(connection().run(kBegin));
    in_snapshot_ = true;
    // The snapshot begins with its first statement.
    auto version = find(kDataVersion, std::tie(data_version_));
    if (!version.ok()) {
        end();
    }
    return version;
}

void SqliteReader::end() noexcept {
    VERIFY(in_snapshot_ && !connection().has_open_rows());
    in_snapshot_ = false;
    // Ending must not be what is interrupted. What came before it does not count: a statement that begins
    // while none runs forgets it.
    const Lock lock{interrupts_};
    // After an I/O error SQLite may have ended it itself. Of a damaged file it refuses to commit even that
    // nothing was written.
    if (connection().in_transaction() && !connection().run(kEnd).ok()) {
        static_cast<void>(connection().run(kGiveUp));
    }
}

void SqliteReader::interrupt() noexcept {
    const Lock lock{interrupts_};
    connection().interrupt();
}

}  // namespace tenantry::db
