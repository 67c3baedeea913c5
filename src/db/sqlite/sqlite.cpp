#include "db/sqlite/sqlite.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <thread>
#include <vector>

#include "base/log.hpp"
#include "db/sqlite/connection.hpp"
#include "db/sqlite/group.hpp"
#include "db/sqlite/lock_file.hpp"
#include "db/sqlite/schema.hpp"

namespace tenantry::db {

namespace {

constexpr Sql kBegin{"db/begin_reading", "BEGIN", ""};
constexpr Sql kEnd{"db/end_reading", "COMMIT", ""};
constexpr Sql kDataVersion{"db/data_version", "PRAGMA data_version", ""};
constexpr Sql kCheck{"db/check", "PRAGMA integrity_check(1)", ""};
constexpr Sql kCheckReferences{"db/check_references", "PRAGMA foreign_key_check", ""};
constexpr Sql kListIndexes{"db/list_text_indexes",
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%USING fts5%'",
                           ""};

/// The upper pages of the indexes of a million people, so that a reading asks the system for a leaf or two at
/// most.
constexpr const char* kConstantUse = "PRAGMA cache_size = -24576;";

/// How often a step of scrubbing is tried while a reader is in its way, and the pause between.
constexpr int kScrubTries = 40;
constexpr std::chrono::milliseconds kScrubPause{50};

class SqliteReader final : public OnConnection<Reader> {
  public:
    using OnConnection<Reader>::OnConnection;

    Result<void> begin() override {
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
    void end() noexcept override {
        VERIFY(in_snapshot_ && !connection().has_open_rows());
        in_snapshot_ = false;
        // Ending must not be what is interrupted. What came before it does not count: a statement that begins
        // while none runs forgets it.
        const Lock lock{interrupts_};
        // After an I/O error SQLite may have ended it itself.
        if (connection().in_transaction()) {
            VERIFY(connection().run(kEnd).ok());
        }
    }
    [[nodiscard]] bool in_snapshot() const override { return in_snapshot_; }
    [[nodiscard]] std::int64_t data_version() const override { return data_version_; }
    void interrupt() noexcept override {
        const Lock lock{interrupts_};
        connection().interrupt();
    }

  protected:
    [[nodiscard]] Result<Statement*> prepare(const Sql& sql, std::span<const Param> params) override {
        VERIFY(in_snapshot_);
        return OnConnection<Reader>::prepare(sql, params);
    }

  private:
    Mutex interrupts_;
    bool in_snapshot_ = false;
    std::int64_t data_version_ = 0;
};

class SqliteDatabase final : public Database {
  public:
    SqliteDatabase(LockFile lock, std::filesystem::path file, std::unique_ptr<SqliteTransaction> tx,
                   WriterOptions options)
        : SqliteDatabase(std::move(lock), std::move(file), std::make_unique<SqliteGroup>(std::move(tx)),
                         options) {}

    void write(std::unique_ptr<WriteJob> job, Urgency urgency) override {
        writer_.write(std::move(job), urgency);
    }
    Result<std::unique_ptr<Reader>> open_reader(ReaderUse use) override {
        auto connection = TRY(Connection::open(file_, Access::Read));
        if (use == ReaderUse::Constant) {
            TRY(connection->run_script("db/settings", kConstantUse));
        }
        return std::unique_ptr<Reader>{std::make_unique<SqliteReader>(std::move(connection))};
    }
    Result<void> empty_log() override;
    Result<void> check_integrity() override;
    Result<void> scrub() override;
    [[nodiscard]] std::optional<WriterFigures> writer_figures() const override { return writer_.figures(); }

  private:
    SqliteDatabase(LockFile lock, std::filesystem::path file, std::unique_ptr<SqliteGroup> group,
                   WriterOptions options)
        : lock_(std::move(lock)),
          file_(std::move(file)),
          connection_(group->connection()),
          writer_(std::move(group), options) {}

    LockFile lock_;
    std::filesystem::path file_;
    Connection& connection_;  ///< the one that writes: for the writer's thread
    Writer writer_;
};

Result<void> SqliteDatabase::empty_log() {
    constexpr int kTries = 50;
    constexpr std::chrono::milliseconds kPause{100};
    for (int tries = 0; tries < kTries; ++tries) {
        if (TRY(writer_.run_between([this] { return connection_.checkpoint(Checkpoint::Truncate); }))) {
            return {};
        }
        std::this_thread::sleep_for(kPause);
    }
    return Error{Code::Unavailable,
                 "the write-ahead log could not be emptied: somebody reads in it; try again"};
}

Result<void> SqliteDatabase::scrub() {
    int tries_left = kScrubTries;
    for (std::optional<std::int64_t> page = 1; page;) {
        const auto next = writer_.run_between([&] { return connection_.scrub(*page); });
        if (next.ok()) {
            page = *next;
        } else if (next.error().code != Code::Unavailable || --tries_left == 0) {
            return next.error();
        } else {
            std::this_thread::sleep_for(kScrubPause);
        }
    }
    return {};
}

Result<void> SqliteDatabase::check_integrity() {
    std::vector<std::string> indexes;
    {
        const auto reader = TRY(open_reader(ReaderUse::Occasional));
        TRY(reader->begin());
        std::string verdict;
        TRY(reader->find(kCheck, std::tie(verdict)));
        if (verdict != "ok") {
            return Error{Code::Corrupt, "the database is damaged"};
        }
        if (TRY(TRY(reader->query(kCheckReferences)).next())) {
            return Error{Code::Corrupt, "a record refers to another that does not exist"};
        }
        Rows rows = TRY(reader->query(kListIndexes));
        while (TRY(rows.next())) {
            rows.into(indexes.emplace_back());
        }
    }
    // A text index is compared with its table by an INSERT that changes nothing, which only the writer may
    // run.
    return write_and_wait([&indexes](Transaction& transaction) -> Result<void> {
        Connection& connection = static_cast<SqliteTransaction&>(transaction).connection();
        for (const std::string& index : indexes) {
            TRY(connection.run_script(
                "db/check_text_index",
                fmt::format("INSERT INTO {0} ({0}, rank) VALUES ('integrity-check', 1)", index)));
        }
        return {};
    });
}

/// The connection that writes, with the schema of all migrations.
Result<std::unique_ptr<SqliteTransaction>> open_writing(const std::filesystem::path& file, Access access,
                                                        const Clock& clock) {
    auto tx = std::make_unique<SqliteTransaction>(TRY(Connection::open(file, access)));
    SqliteSchema schema{*tx};
    TRY(migrate(schema, migrations(), clock));
    return tx;
}

Result<LockFile> lock(const std::filesystem::path& file) {
    return LockFile::take(file.native() + ".lock");
}

Result<void> create_empty(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return errno == EEXIST ? Error{Code::Conflict, "there is a register at this place already"}
                               : Error{Code::Unavailable, "the register's file cannot be created"};
    }
    ::close(descriptor);
    return {};
}

Result<void> create_schema(const std::filesystem::path& file, const Clock& clock) {
    const auto tx = TRY(open_writing(file, Access::Write, clock));
    TRY(tx->connection().checkpoint(Checkpoint::Truncate));
    return {};
}

}  // namespace

Result<void> create_sqlite(const std::filesystem::path& file, const Clock& clock) {
    const auto held = TRY(lock(file));
    TRY(create_empty(file));
    const auto created = create_schema(file, clock);
    if (!created.ok()) {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm"}) {
            std::filesystem::remove(file.native() + suffix, ignored);
        }
    }
    return created;
}

Result<std::unique_ptr<Database>> open_sqlite(const std::filesystem::path& file, const Clock& clock,
                                              WriterOptions options) {
    auto held = TRY(lock(file));
    auto tx = TRY(open_writing(file, Access::Write, clock));
    log(LogLevel::Info, "register open", {{"sqlite", SafeText{sqlite3_libversion()}}});
    return std::unique_ptr<Database>{
        std::make_unique<SqliteDatabase>(std::move(held), file, std::move(tx), options)};
}

Result<std::unique_ptr<Transaction>> open_sqlite_in_memory(const Clock& clock) {
    auto tx = TRY(open_writing({}, Access::Memory, clock));
    TRY(tx->connection().run(kBegin));
    return std::unique_ptr<Transaction>{std::move(tx)};
}

}  // namespace tenantry::db
