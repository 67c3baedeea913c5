// The one connection that writes and checkpoints, as the writer's thread uses it.
#pragma once

#include <atomic>
#include <memory>

#include "db/sqlite/connection.hpp"
#include "db/sqlite/log_tail.hpp"
#include "db/writer.hpp"

namespace tenantry::db {

class SqliteGroup final : public GroupConnection {
  public:
    explicit SqliteGroup(std::unique_ptr<SqliteTransaction> tx);

    Transaction& transaction() override { return *tx_; }
    bool is_short_of_room() override;
    Result<void> begin(const GroupKind& kind) override;
    Result<void> begin_jobs(Jobs jobs) override;
    Result<void> keep_jobs(Jobs next) override;
    Result<void> take_back_jobs() override;
    Result<void> commit() override;
    void roll_back() noexcept override;
    [[nodiscard]] bool in_transaction() const override { return tx_->connection().in_transaction(); }
    [[nodiscard]] bool has_open_rows() const override { return tx_->connection().has_open_rows(); }
    [[nodiscard]] Error last_failure() const override { return tx_->connection().last_failure(); }
    void tidy_up() override;
    void close() noexcept override;
    void add_to(WriterFigures& figures) const override;

    /// Tells it of all commits from here on; null: nobody.
    [[nodiscard]] Result<void> follow(std::shared_ptr<CommitFollower> follower);
    /// Tells the follower, if there is one, that the file was scrubbed.
    void say_scrubbed();
    [[nodiscard]] Connection& connection() { return tx_->connection(); }

  private:
    /// Before the log can begin anew.
    void tell_follower();
    void checkpoint_if_due();

    std::unique_ptr<SqliteTransaction> tx_;
    std::shared_ptr<CommitFollower> follower_;
    LogTail tail_;
    int checkpoint_at_;
    bool is_short_ = false;  ///< of room

    // Counted by the writer's thread, read by any.
    std::atomic<int> log_pages_ = 0;
    Histogram checkpoints_;
};

}  // namespace tenantry::db
