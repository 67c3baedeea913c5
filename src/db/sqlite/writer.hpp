// The writer's thread: takes all waiting writes, runs each in a savepoint, commits once, answers them all,
// and only then checkpoints.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
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
    /// Blocks until a group is due. Empty when the writer stops and nothing waits any more.
    [[nodiscard]] Group take_group();
    [[nodiscard]] bool is_due() const REQUIRES(mutex_);
    [[nodiscard]] Result<void> commit(Group& group);
    [[nodiscard]] Result<void> run_in_savepoint(WriteJob& job);
    void checkpoint_if_due();

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

    std::thread thread_;
};

}  // namespace tenantry::db
