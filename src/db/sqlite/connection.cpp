#include "db/sqlite/connection.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>

#include "base/log.hpp"
#include "base/text.hpp"
#include "db/sqlite/unused_bytes.hpp"

namespace tenantry::db {

namespace {

constexpr const char* kCommonSettings =
    "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;"
    "PRAGMA wal_autocheckpoint = 0;";
// What is removed is overwritten: an erased person must not remain in free pages. With recursive triggers
// REPLACE fires those on deleting too, which guard the journal and keep the text indexes.
constexpr const char* kWriteSettings =
    "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA recursive_triggers = ON; PRAGMA cache_size "
    "= -16384;"
    "PRAGMA busy_timeout = 50;";
// What the writer keeps only while it works, which after millions of lines is more than memory should hold:
// the sort for an index, the pages that a savepoint would go back to.
constexpr const char* kTemporaryInFiles = "PRAGMA temp_store = FILE; PRAGMA temp_store_directory = '{}';";
// A large write goes back over so much in memory, and more in a file. SQLite writes what it kept there in one
// piece, of which its files take no more than 17 bits' length.
constexpr int kSavepointBytesInMemory = 127 * 1024;
constexpr const char* kTemporaryInMemory = "PRAGMA temp_store = MEMORY;";
constexpr const char* kTemporaryInFilesAgain = "PRAGMA temp_store = FILE;";
constexpr const char* kReadSettings =
    "PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA busy_timeout = 1000;";
// Nobody reads it before it is whole and made durable, and it is thrown away where that fails.
constexpr const char* kCopySettings =
    "PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY;"
    "PRAGMA secure_delete = ON; PRAGMA cache_size = -8192;";
constexpr Sql kForgetPages{"db/forget_pages", "PRAGMA shrink_memory", ""};
constexpr Sql kUseLog{"db/use_log", "PRAGMA journal_mode = WAL", ""};

/// Not in use yet, so nothing can fail but a bug.
void configure(sqlite3* handle, Access access) {
    const auto set = [handle](int option, int value) {
        VERIFY(sqlite3_db_config(handle, option, value, nullptr) == SQLITE_OK);
    };
    set(SQLITE_DBCONFIG_DQS_DDL, 0);
    set(SQLITE_DBCONFIG_DQS_DML, 0);
    // The triggers that keep the text indexes need the trust: SQLite 3.40 does not hold FTS5 safe in them.
    // only.
    set(SQLITE_DBCONFIG_TRUSTED_SCHEMA, access == Access::Read ? 0 : 1);
    set(SQLITE_DBCONFIG_DEFENSIVE, 1);
    set(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1);
}

/// A text between single quotes of a statement.
std::string quoted(std::string text) {
    for (std::size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 2)) {
        text.insert(at, 1, '\'');
    }
    return text;
}

/// Where temporary content goes: beside the register, so that it stays where personal data may be.
std::string temporary_settings(const std::filesystem::path& file, Access access) {
    if (access != Access::Write) {
        return kTemporaryInMemory;
    }
    return fmt::format(kTemporaryInFiles, quoted(std::filesystem::absolute(file).parent_path().native()));
}

const char* settings_of(Access access) {
    switch (access) {
        case Access::Read:
            return kReadSettings;
        case Access::Copy:
            return kCopySettings;
        case Access::Write:
        case Access::Memory:
            return kWriteSettings;
    }
    return kWriteSettings;
}

Error error_of(int code) {
    switch (code & 0xFF) {
        case SQLITE_CONSTRAINT:
            return {Code::Conflict, "a constraint of the register refused the change"};
        case SQLITE_FULL:
            return {Code::DiskFull, "the disk is full"};
        case SQLITE_INTERRUPT:
            return {Code::Unavailable, "the server is stopping"};
        case SQLITE_BUSY:
            return {Code::Unavailable, "the database is busy"};
        case SQLITE_CORRUPT:
            return {Code::Corrupt, "the database is damaged"};
        case SQLITE_NOTADB:
            return {Code::Corrupt, "the file is not a database"};
        default:
            return {Code::Internal, "the database failed"};
    }
}

}  // namespace

SqliteStatement::SqliteStatement(Connection& connection, sqlite3_stmt* statement, std::string_view name)
    : connection_(connection), statement_(statement), name_(name) {
    // $1 is a name to SQLite, numbered by its first appearance in the text.
    const int count = sqlite3_bind_parameter_count(statement);
    for (int i = 1; i <= count; ++i) {
        slots_.push_back(sqlite3_bind_parameter_index(statement, fmt::format("${}", i).c_str()));
        VERIFY(slots_.back() != 0);
    }
}

void SqliteStatement::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void SqliteStatement::bind(std::span<const Param> params) {
    VERIFY(!open_);
    VERIFY(params.size() == slots_.size());
    sqlite3_stmt* statement = statement_.get();
    for (std::size_t i = 0; i < params.size(); ++i) {
        const int slot = slots_[i];
        int code = SQLITE_MISUSE;
        const auto& value = params[i].value();
        // Text and blobs are copied: the rows of a query are read after the call whose temporaries they are.
        // A null pointer would bind NULL, and empty is not NULL.
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            code = sqlite3_bind_int64(statement, slot, *number);
        } else if (const auto* text = std::get_if<std::string_view>(&value)) {
            code = sqlite3_bind_text64(statement, slot, text->empty() ? "" : text->data(), text->size(),
                                       SQLITE_TRANSIENT, SQLITE_UTF8);
        } else if (const auto* blob = std::get_if<ByteView>(&value)) {
            code = blob->empty()
                       ? sqlite3_bind_zeroblob(statement, slot, 0)
                       : sqlite3_bind_blob64(statement, slot, blob->data(), blob->size(), SQLITE_TRANSIENT);
        } else {
            code = sqlite3_bind_null(statement, slot);
        }
        VERIFY(code == SQLITE_OK);
    }
    open_ = true;
    connection_.open_.opened();
}

Result<bool> SqliteStatement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) {
        return true;
    }
    if (code == SQLITE_DONE) {
        return false;
    }
    return connection_.fail(name_, code);
}

void SqliteStatement::reset() noexcept {
    VERIFY(open_);
    // Answers the last step's code once more.
    static_cast<void>(sqlite3_reset(statement_.get()));
    open_ = false;
    connection_.open_.closed();
}

int SqliteStatement::column_count() const {
    return sqlite3_column_count(statement_.get());
}

bool SqliteStatement::is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string_view SqliteStatement::text(int column) const {
    return text_of(blob(column));
}

ByteView SqliteStatement::blob(int column) const {
    const auto* data = static_cast<const unsigned char*>(sqlite3_column_blob(statement_.get(), column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

void Connection::Close::operator()(sqlite3* handle) const {
    VERIFY(sqlite3_close(handle) == SQLITE_OK);
}

Result<std::unique_ptr<Connection>> Connection::open(const std::filesystem::path& file, Access access) {
    // Counting its own memory costs SQLite a global lock at each allocation.
    [[maybe_unused]] static const int kConfigured =
        sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) +
        sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, kSavepointBytesInMemory);

    std::error_code ignored;
    if (access != Access::Memory && !std::filesystem::exists(file, ignored)) {
        return Error{Code::NotFound, "there is no register at this place"};
    }
    const int mode = access == Access::Read ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(access == Access::Memory ? ":memory:" : file.c_str(), &handle,
                                     mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<Connection> connection{new Connection};
    connection->handle_.reset(handle);
    if (code != SQLITE_OK) {
        return connection->fail("db/open", code);
    }
    configure(handle, access);
    if (access == Access::Write) {
        TRY(connection->use_log());
    }
    TRY(connection->run_script("db/settings", kCommonSettings));
    TRY(connection->run_script("db/settings", temporary_settings(file, access)));
    TRY(connection->run_script("db/settings", settings_of(access)));
    sqlite3_wal_hook(
        handle,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<Connection*>(self)->log_pages_ = pages;
            return SQLITE_OK;
        },
        connection.get());
    return connection;
}

Result<void> Connection::use_log() {
    Rows rows{*TRY(prepare(kUseLog, {}))};
    std::string mode;
    if (TRY(rows.next())) {
        rows.into(mode);
    }
    if (mode != "wal") {
        return Error{Code::Unavailable, "the file system cannot hold a write-ahead log"};
    }
    return {};
}

Result<Statement*> Connection::prepare(const Sql& sql, std::span<const Param> params) {
    auto found = statements_.find(sql.text.data());
    if (found == statements_.end()) {
        sqlite3_stmt* statement = nullptr;
        const char* tail = nullptr;
        const int code = sqlite3_prepare_v3(handle_.get(), sql.text.data(), static_cast<int>(sql.text.size()),
                                            SQLITE_PREPARE_PERSISTENT, &statement, &tail);
        if (code != SQLITE_OK) {
            return fail(sql.name, code);
        }
        VERIFY(trim(sql.text.substr(static_cast<std::size_t>(tail - sql.text.data()))).empty());
        found = statements_.try_emplace(sql.text.data(), *this, statement, sql.name).first;
    }
    found->second.bind(params);
    return &found->second;
}

Result<void> Connection::run(const Sql& sql) {
    Rows rows{*TRY(prepare(sql, {}))};
    while (TRY(rows.next())) {
    }
    return {};
}

Result<void> Connection::run_script(std::string_view name, const std::string& script) {
    const int code = sqlite3_exec(handle_.get(), script.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        return fail(name, code);
    }
    return {};
}

std::uintmax_t Connection::room() const {
    std::error_code unknown;
    return std::filesystem::space(sqlite3_db_filename(handle_.get(), "main"), unknown).available;
}

Result<void> Connection::refuse_after_failed_sync() const {
    return sync_failed_ ? Error{Code::Unavailable, "the disk failed; no more is written until a restart"}
                        : Result<void>{};
}

Result<bool> Connection::checkpoint(Checkpoint kind) {
    TRY(refuse_after_failed_sync());
    int in_log = 0;
    int moved = 0;
    const int mode = kind == Checkpoint::Truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, mode, &in_log, &moved);
    if (code == SQLITE_OK) {
        return in_log == moved;
    }
    if ((code & 0xFF) == SQLITE_BUSY) {
        return false;
    }
    return fail("db/checkpoint", code);
}

void Connection::interrupt() noexcept {
    sqlite3_interrupt(handle_.get());
}

Result<std::optional<std::int64_t>> Connection::scrub(std::int64_t page) {
    if (!TRY(checkpoint(Checkpoint::Truncate))) {
        return Error{Code::Unavailable, "a reader keeps the log from being emptied"};
    }
    // What this connection remembers of a page would come back with the page's next change.
    TRY(run(kForgetPages));
    sqlite3_file* file = nullptr;
    if (sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file)) !=
            SQLITE_OK ||
        file == nullptr || file->pMethods == nullptr) {
        return Error{Code::Internal, "the database's file is not open"};
    }
    std::optional<std::int64_t> next;
    const int code = overwrite_unused(*file, page, kScrubPages, next);
    if (code != SQLITE_OK) {
        return fail("db/scrub", code);
    }
    return next;
}

sqlite3_file* Connection::log_file() {
    sqlite3_file* file = nullptr;
    const int code =
        sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&file));
    return code == SQLITE_OK && file != nullptr && file->pMethods != nullptr ? file : nullptr;
}

Result<void> Connection::keep_savepoints(Keep where) {
    if (keep_ != where) {
        // SQLite looks at this setting when a transaction begins.
        TRY(run_script("db/settings", where == Keep::InMemory ? kTemporaryInMemory : kTemporaryInFilesAgain));
        keep_ = where;
    }
    return {};
}

bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

std::int64_t Connection::changes() const {
    return sqlite3_changes64(handle_.get());
}

bool Connection::is_out_of_room(int code) {
    if (code != SQLITE_IOERR_WRITE) {
        return code == SQLITE_IOERR_SHMSIZE;
    }
    int why = 0;
    if (sqlite3_file* log = log_file()) {
        static_cast<void>(log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &why));
    }
    if (why == 0) {
        static_cast<void>(sqlite3_file_control(handle_.get(), "main", SQLITE_FCNTL_LAST_ERRNO, &why));
    }
    return why == EDQUOT || why == EFBIG;
}

Error Connection::fail(std::string_view name, int code) {
    const Error error = error_of(is_out_of_room(code) ? SQLITE_FULL : code);
    if (error.code == Code::Conflict) {
        return error;
    }
    // SQLite's own message may quote what a person typed, so it stays out of the log.
    log(LogLevel::Error, "a statement failed",
        {{"statement", SafeText{name}}, {"sqlite_code", std::int64_t{code}}, {"reason", error.text}});
    if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC) {
        sync_failed_ = true;
    }
    last_failure_ = error;
    return error;
}

}  // namespace tenantry::db
