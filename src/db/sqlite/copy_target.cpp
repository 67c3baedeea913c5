#include "db/copy_target.hpp"

#include <fmt/format.h>

#include "db/sqlite/lock_file.hpp"
#include "db/sqlite/schema.hpp"

namespace tenantry::db {

namespace {

constexpr Sql kBegin{"db/copy/begin", "BEGIN IMMEDIATE", ""};
constexpr Sql kCommit{"db/copy/commit", "COMMIT", ""};
constexpr Sql kListIndexes{"db/copy/list_indexes",
                           "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL", ""};

/// What one commit takes, so that the log stays small.
constexpr int kRowsAtATime = 20'000;
constexpr int kCheckpointPages = 4000;

/// Statements that do so.
Result<std::string> drop_indexes(Transaction& tx) {
    std::string drop;
    Rows rows = TRY(tx.query(kListIndexes));
    while (TRY(rows.next())) {
        std::string_view name;
        rows.into(name);
        drop += fmt::format("DROP INDEX {};", name);
    }
    return drop;
}

class SqliteTarget final : public CopyTarget {
  public:
    SqliteTarget(std::optional<LockFile> lock, std::unique_ptr<SqliteTransaction> tx)
        : lock_(std::move(lock)), tx_(std::move(tx)) {}

    Transaction& transaction() override { return *tx_; }
    Result<void> prepare() override;
    Result<void> begin(const Table& table) override {
        table_ = &table;
        rows_ = 0;
        return tx_->connection().run(kBegin);
    }
    Result<void> put(const TableRow& row) override {
        if (rows_ == kRowsAtATime) {
            TRY(end());
            TRY(begin(*table_));
        }
        ++rows_;
        TRY(tx_->execute_with(table_->insert(), row.values()));
        return {};
    }
    Result<void> end() override {
        TRY(tx_->connection().run(kCommit));
        return tx_->connection().log_pages() < kCheckpointPages ? Result<void>{}
                                                                : move_log(Checkpoint::Passive);
    }
    Result<void> finish() override {
        for (const auto& statement : index_statements()) {
            TRY(tx_->connection().run_script("db/copy/make_index", statement));
        }
        return move_log(Checkpoint::Truncate);
    }

  private:
    [[nodiscard]] Result<void> move_log(Checkpoint kind) {
        if (lock_) {
            TRY(tx_->connection().checkpoint(kind));
        }
        return {};
    }

    std::optional<LockFile> lock_;  ///< of a register that has a log; a copy at rest has neither
    std::unique_ptr<SqliteTransaction> tx_;
    const Table* table_ = nullptr;
    int rows_ = 0;
};

Result<void> SqliteTarget::prepare() {
    // The rows come as they were, and what they refer to is not held against them one by one.
    TRY(tx_->connection().run_script("db/copy/settings", "PRAGMA foreign_keys = OFF"));
    return tx_->connection().run_script("db/copy/drop_indexes", TRY(drop_indexes(*tx_)));
}

}  // namespace

Result<std::unique_ptr<CopyTarget>> open_sqlite_target(const std::filesystem::path& file,
                                                       const Clock& clock) {
    auto held = TRY(lock_register(file));
    std::error_code failure;
    if (!std::filesystem::exists(file, failure)) {
        TRY(create_empty(file));
    }
    auto tx = TRY(open_writing(file, Access::Write, clock));
    return std::unique_ptr<CopyTarget>{std::make_unique<SqliteTarget>(std::move(held), std::move(tx))};
}

Result<std::unique_ptr<CopyTarget>> open_file_target(const std::filesystem::path& file, const Clock& clock) {
    auto tx = TRY(open_writing(file, Access::Copy, clock));
    return std::unique_ptr<CopyTarget>{std::make_unique<SqliteTarget>(std::nullopt, std::move(tx))};
}

}  // namespace tenantry::db
