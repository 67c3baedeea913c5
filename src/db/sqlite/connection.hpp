// One connection to SQLite with its prepared statements, and OnConnection, which makes a Transaction of it.
// Belongs to one thread at a time.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "db/database.hpp"
#include "db/on_connection.hpp"

struct sqlite3;
struct sqlite3_file;
struct sqlite3_stmt;

namespace tenantry::db {

enum class Access : std::uint8_t {
    Write,   ///< the one connection that writes and checkpoints
    Read,    ///< opened read-only, never checkpoints
    Memory,  ///< a database of its own that no file holds
    Copy,    ///< a file at rest that nobody else has open: written in one go, without a log
};

enum class Checkpoint : std::uint8_t {
    Passive,   ///< moves what no reader is in the way of
    Truncate,  ///< moves all and empties the log
};

/// Is told how many pages of how many are copied; false ends it.
using CopyGoesOn = std::function<bool(std::size_t done, std::size_t in_all)>;

/// What a transaction may need only while it lasts.
enum class Keep : std::uint8_t { InFiles, InMemory };

class Connection;

class SqliteStatement final : public Statement {
  public:
    SqliteStatement(Connection& connection, sqlite3_stmt* statement, std::string_view name);

    void bind(std::span<const Param> params);
    [[nodiscard]] Result<bool> step() override;
    void reset() noexcept override;
    [[nodiscard]] int column_count() const override;
    [[nodiscard]] bool is_null(int column) const override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] std::string_view text(int column) const override;
    [[nodiscard]] ByteView blob(int column) const override;

  private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };

    Connection& connection_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    std::string_view name_;
    std::vector<int> slots_;  ///< slots_[i] is SQLite's number of the parameter $i+1
    bool open_ = false;
};

class Connection {
  public:
    /// Opens an existing file. NotFound where there is none, Corrupt where it is not a database.
    [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::filesystem::path& file,
                                                                  Access access);

    /// The cached statement of sql, bound. The cache knows it by its text's address, so the text must live as
    /// long as the program.
    [[nodiscard]] Result<Statement*> prepare(const Sql& sql, std::span<const Param> params);
    /// Runs a statement without parameters to its end.
    [[nodiscard]] Result<void> run(const Sql& sql);
    /// Runs statements that are used once; the name is for the log.
    [[nodiscard]] Result<void> run_script(std::string_view name, const std::string& script);
    /// Ends the statement that runs. Any thread.
    void interrupt() noexcept;
    /// True when the log holds nothing more that must be moved.
    [[nodiscard]] Result<bool> checkpoint(Checkpoint kind);
    /// Empties the log and overwrites what is left of removed rows in kScrubPages pages of the file, from
    /// this one on (the first is 1). The page to go on with; nothing after the last. Unavailable: a reader
    /// keeps the log. Outside a transaction.
    [[nodiscard]] Result<std::optional<std::int64_t>> scrub(std::int64_t page);
    static constexpr std::int64_t kScrubPages = 4000;

    /// Copies what this connection's snapshot holds into the other's database, whose content goes.
    [[nodiscard]] Result<void> copy_to(Connection& copy, const CopyGoesOn& goes_on);

    /// Runs read(sqlite3_file&) -> Result<T> on the log's open file: the one that SQLite has, so that nothing
    /// comes of closing another.
    template <class Read>
    [[nodiscard]] auto with_log(Read read) -> std::invoke_result_t<Read&, sqlite3_file&> {
        sqlite3_file* file = log_file();
        if (file == nullptr) {
            return Error{Code::Internal, "the write-ahead log is not open"};
        }
        return read(*file);
    }

    /// Where what the next transaction's savepoints would go back to is kept: in memory all of it, or from
    /// some pages on in a temporary file, which takes as much again as writing the log does. Outside a
    /// transaction.
    [[nodiscard]] Result<void> keep_savepoints(Keep where);

    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] bool has_open_rows() const { return open_.any(); }
    [[nodiscard]] std::int64_t changes() const;
    /// Pages in the log after the last commit.
    [[nodiscard]] int log_pages() const { return log_pages_; }
    /// The last failure that was not a constraint's.
    [[nodiscard]] Error last_failure() const { return last_failure_; }
    /// Bytes that this process may still write to the disk; as many as can be where nobody knows.
    [[nodiscard]] std::uintmax_t room() const;
    /// True for good once the system failed to make data durable: what it then holds is unknown, and trying
    /// again may only seem to succeed. Any thread.
    [[nodiscard]] bool sync_failed() const { return sync_failed_; }
    /// Unavailable once it did.
    [[nodiscard]] Result<void> refuse_after_failed_sync() const;
    void count_time_in(std::chrono::nanoseconds& spent) { open_.count_time_in(spent); }

  private:
    friend class SqliteStatement;
    struct Close {
        void operator()(sqlite3* handle) const;
    };

    Connection() = default;
    [[nodiscard]] Result<void> use_log();
    /// Null where it is not open.
    [[nodiscard]] sqlite3_file* log_file();
    /// Whether a failure to write is one for want of room: SQLite knows of the disk's end, and not of a
    /// quota.
    [[nodiscard]] bool is_out_of_room(int code);
    /// Logs and remembers a result code; a constraint's refusal is expected and only translated.
    [[nodiscard]] Error fail(std::string_view name, int code);

    std::unique_ptr<sqlite3, Close> handle_;
    std::unordered_map<const char*, SqliteStatement> statements_;
    Error last_failure_{Code::Internal, "the database failed"};
    int log_pages_ = 0;
    OpenStatements open_;
    Keep keep_ = Keep::InFiles;
    std::atomic<bool> sync_failed_ = false;
};

using SqliteTransaction = OnConnection<Connection, Transaction>;

}  // namespace tenantry::db
