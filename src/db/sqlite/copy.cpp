#include "db/sqlite/copy.hpp"

#include <sqlite3.h>

#include "db/migrate.hpp"
#include "db/migrations.hpp"
#include "db/sqlite/integrity.hpp"
#include "db/sqlite/reader.hpp"
#include "db/sqlite/schema.hpp"

namespace tenantry::db {

namespace {

constexpr int kPagesAtATime = 1024;
constexpr Sql kLeaveLog{"db/leave_log", "PRAGMA journal_mode = DELETE", ""};

struct EndCopying {
    void operator()(sqlite3_backup* copying) const { sqlite3_backup_finish(copying); }
};

/// The source's header came along with its pages, and says that there is a write-ahead log.
Result<void> leave_log(SqliteTransaction& copy) {
    std::string mode;
    TRY(copy.find(kLeaveLog, std::tie(mode)));
    return mode == "delete" ? Result<void>{}
                            : Error{Code::Internal, "the copy cannot be made a file of its own"};
}

}  // namespace

Result<void> Connection::copy_to(Connection& copy, const CopyGoesOn& goes_on) {
    const std::unique_ptr<sqlite3_backup, EndCopying> copying{
        sqlite3_backup_init(copy.handle_.get(), "main", handle_.get(), "main")};
    if (copying == nullptr) {
        return copy.fail("db/copy", sqlite3_extended_errcode(copy.handle_.get()));
    }
    for (int code = SQLITE_OK; code != SQLITE_DONE;) {
        code = sqlite3_backup_step(copying.get(), kPagesAtATime);
        if (code != SQLITE_OK && code != SQLITE_DONE) {
            return copy.fail("db/copy", code);
        }
        const auto in_all = static_cast<std::size_t>(sqlite3_backup_pagecount(copying.get()));
        const auto left = static_cast<std::size_t>(sqlite3_backup_remaining(copying.get()));
        if (!goes_on(in_all - left, in_all)) {
            return Error{Code::Unavailable, "the copying was ended"};
        }
    }
    return {};
}

Result<void> copy_register(const std::filesystem::path& file, const std::filesystem::path& into,
                           const CopyGoesOn& goes_on) {
    SqliteReader source{TRY(Connection::open(file, Access::Read))};
    TRY(source.begin());
    SqliteTransaction copy{TRY(Connection::open(into, Access::Copy))};
    const auto copied = source.connection().copy_to(copy.connection(), goes_on);
    source.end();
    TRY(Result<void>{copied});
    return leave_log(copy);
}

Result<std::unique_ptr<Reader>> open_copy(const std::filesystem::path& file) {
    return std::unique_ptr<Reader>{std::make_unique<SqliteReader>(TRY(Connection::open(file, Access::Read)))};
}

Result<void> check_copy(const std::filesystem::path& file) {
    SqliteTransaction copy{TRY(Connection::open(file, Access::Copy))};
    return check_text_indexes(copy.connection(), TRY(check_rows(copy)));
}

Result<void> update_copy(const std::filesystem::path& file, const Clock& clock) {
    TRY(open_writing(file, Access::Copy, clock));
    return {};
}

Result<std::int64_t> check_schema(Transaction& tx) {
    const std::size_t applied = TRY(count_applied(tx, migrations()));
    return static_cast<std::int64_t>(applied);
}

}  // namespace tenantry::db
