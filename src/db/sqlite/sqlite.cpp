#include "db/sqlite/sqlite.hpp"

#include <sqlite3.h>

#include <string>
#include <thread>
#include <vector>

#include "base/log.hpp"
#include "db/sqlite/connection.hpp"
#include "db/sqlite/copy.hpp"
#include "db/sqlite/group.hpp"
#include "db/sqlite/integrity.hpp"
#include "db/sqlite/lock_file.hpp"
#include "db/sqlite/reader.hpp"
#include "db/sqlite/schema.hpp"

namespace tenantry::db {

namespace {

constexpr Sql kBegin{"db/begin_reading", "BEGIN", ""};

/// The upper pages of the indexes of a million people, so that a reading asks the system for a leaf or two at
/// most.
constexpr const char* kConstantUse = "PRAGMA cache_size = -24576;";

/// How often a step of scrubbing is tried while a reader is in its way, and the pause between.
constexpr int kScrubTries = 40;
constexpr std::chrono::milliseconds kScrubPause{50};

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
    Result<void> copy_to(const std::filesystem::path& file, const CopyProgress& progress) override;
    Result<void> follow(const std::shared_ptr<CommitFollower>& follower) override {
        return writer_.run_between([&] { return group_.follow(follower); });
    }

  private:
    SqliteDatabase(LockFile lock, std::filesystem::path file, std::unique_ptr<SqliteGroup> group,
                   WriterOptions options)
        : lock_(std::move(lock)),
          file_(std::move(file)),
          group_(*group),
          writer_(std::move(group), options) {}

    LockFile lock_;
    std::filesystem::path file_;
    SqliteGroup& group_;  ///< the connection that writes: for the writer's thread
    Writer writer_;
};

Result<void> SqliteDatabase::empty_log() {
    constexpr int kTries = 50;
    constexpr std::chrono::milliseconds kPause{100};
    for (int tries = 0; tries < kTries; ++tries) {
        if (TRY(writer_.run_between(
                [this] { return group_.connection().checkpoint(Checkpoint::Truncate); }))) {
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
        const auto next = writer_.run_between([&] { return group_.connection().scrub(*page); });
        if (next.ok()) {
            page = *next;
        } else if (next.error().code != Code::Unavailable || --tries_left == 0) {
            return next.error();
        } else {
            std::this_thread::sleep_for(kScrubPause);
        }
    }
    return writer_.run_between([this]() -> Result<void> {
        group_.say_scrubbed();
        return {};
    });
}

Result<void> SqliteDatabase::check_integrity() {
    std::vector<std::string> indexes;
    {
        const auto reader = TRY(open_reader(ReaderUse::Occasional));
        TRY(reader->begin());
        indexes = TRY(check_rows(*reader));
    }
    return write_and_wait([&indexes](Transaction& transaction) {
        return check_text_indexes(static_cast<SqliteTransaction&>(transaction).connection(), indexes);
    });
}

Result<void> SqliteDatabase::copy_to(const std::filesystem::path& file, const CopyProgress& progress) {
    return copy_register(file_, file, [&progress](std::size_t done, std::size_t in_all) {
        progress(done, in_all);
        return true;
    });
}

Result<void> create_schema(const std::filesystem::path& file, const Clock& clock) {
    const auto tx = TRY(open_writing(file, Access::Write, clock));
    TRY(tx->connection().checkpoint(Checkpoint::Truncate));
    return {};
}

}  // namespace

Result<void> create_sqlite(const std::filesystem::path& file, const Clock& clock) {
    const auto held = TRY(lock_register(file));
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
    auto held = TRY(lock_register(file));
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
