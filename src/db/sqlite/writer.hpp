// The writer's thread: takes all waiting writes, runs each in a savepoint, commits once, answers them all,
// and only then checkpoints.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <future>
#include <memory>
#include <thread>
#include <vector>

#include "base/thread_annotations.hpp"
#include "db/database.hpp"
#include "db/sqlite/connection.hpp"
#include "db/sqlite/sqlite.hpp"

namespace tenantry::db {

/// write() is thread-safe. The destructor finishes what waits, then empties the log.
class Writer {
  public:
    Writer(std::unique_ptr<SqliteTransaction> tx, SqliteOptions options);
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer();

    void write(std::unique_ptr<WriteJob> job, Urgency urgency);
    /// Has the writer empty the log as soon as it is free; false where a reader is in the way.
    [[nodiscard]] std::future<Result<bool>> empty_log();

  private:
    using Steady = std::chrono::steady_clock;
    struct Waiting {
        std::unique_ptr<WriteJob> job;
        Urgency urgency;
        Steady::time_point due;
        Result<void> outcome = {};
    };
    using Group = std::vector<Waiting>;

    /// Takes the job into the queue, or leaves it where it is.
    [[nodiscard]] bool accept(std::unique_ptr<WriteJob>& job, Urgency urgency);
    void work();
    /// Blocks until a group is due or somebody wants the log emptied. Empty then, and when the writer stops.
    [[nodiscard]] Group take_group();
    [[nodiscard]] bool is_due() const REQUIRES(mutex_);
    /// It stops, and nothing waits any more.
    [[nodiscard]] bool is_done() EXCLUDES(mutex_);
    [[nodiscard]] Result<void> commit(Group& group);
    [[nodiscard]] Result<void> run_in_savepoint(WriteJob& job);
    void checkpoint_if_due();
    void answer_log_waiters();

    const SqliteOptions options_;

    // The writer's thread alone.
    std::unique_ptr<SqliteTransaction> tx_;
    int checkpoint_at_;
    int log_pages_ = 0;

    Mutex mutex_;
    std::condition_variable_any wakes_;
    std::deque<Waiting> queue_ GUARDED_BY(mutex_);
    std::size_t urgent_ GUARDED_BY(mutex_) = 0;  ///< how many in the queue are not MayWait
    bool stopping_ GUARDED_BY(mutex_) = false;
    std::vector<std::promise<Result<bool>>> log_waiters_ GUARDED_BY(mutex_);  ///< who wants the log emptied

    std::thread thread_;
};

}  // namespace tenantry::db
