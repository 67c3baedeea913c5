// The connection that writes, as the writer's thread uses it. A lock of the database lets one group of one
// server write at a time, as the embedded engine's file does: numbers, chains and sums are rules for one
// writer.
#pragma once

#include <memory>

#include "db/postgres/connection.hpp"
#include "db/writer.hpp"

namespace tenantry::db {

/// Begins a transaction beside which no other one of ours writes (pg_advisory_xact_lock).
[[nodiscard]] std::string begin_writing();
/// Asks for that lock as long as the connection is there: "1", or "0" where somebody has it.
[[nodiscard]] std::string try_to_lock_writing();

class PgGroup final : public GroupConnection {
  public:
    explicit PgGroup(std::unique_ptr<PgTransaction> tx) : tx_(std::move(tx)) {}

    Transaction& transaction() override { return *tx_; }
    Result<void> begin(const GroupKind& kind) override;
    /// Each way there and back costs as much as some rows, and each statement as several.
    [[nodiscard]] std::size_t most_jobs() const override { return 64; }
    Result<void> begin_jobs(Jobs jobs) override;
    Result<void> keep_jobs(Jobs next) override;
    Result<void> take_back_jobs() override;
    void begin_one() override { before_one_ = connection().place(); }
    [[nodiscard]] bool take_back_one() override { return connection().go_back_to(before_one_); }
    Result<void> commit() override;
    void roll_back() noexcept override;
    [[nodiscard]] bool in_transaction() const override { return tx_->connection().in_transaction(); }
    [[nodiscard]] bool has_open_rows() const override { return tx_->connection().has_open_rows(); }
    [[nodiscard]] Error last_failure() const override { return tx_->connection().last_failure(); }
    void tidy_up() override {}
    void close() noexcept override {}

  private:
    [[nodiscard]] PgConnection& connection() { return tx_->connection(); }

    std::unique_ptr<PgTransaction> tx_;
    int savepoint_ = 0;  ///< of the group, from 1
    PgConnection::Place before_one_;
};

}  // namespace tenantry::db
