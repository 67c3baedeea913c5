// The writer's thread: takes all waiting writes, runs each in a savepoint, commits once, answers them all,
// and only then checkpoints.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "base/thread_annotations.hpp"
#include "db/database.hpp"
#include "db/sqlite/connection.hpp"
#include "db/sqlite/log_tail.hpp"
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
    /// Tells it of all commits from here on; null: nobody.
    [[nodiscard]] Result<void> follow(std::shared_ptr<CommitFollower> follower);
    /// Tells the follower, if there is one, that the file was scrubbed.
    [[nodiscard]] Result<void> say_scrubbed();
    /// Runs task(Connection&) -> Result<T> on the writer's thread outside any transaction, when those that
    /// wait have been committed, and waits for it.
    template <class Task>
    [[nodiscard]] auto run_between(Task task) -> std::invoke_result_t<Task&, Connection&> {
        std::promise<std::invoke_result_t<Task&, Connection&>> answer;
        auto waiting = answer.get_future();
        {
            const Lock lock{mutex_};
            if (stopping_) {
                return Error{Code::Unavailable, "the register is being closed"};
            }
            between_.emplace_back([&](Connection& connection) { answer.set_value(task(connection)); });
        }
        wakes_.notify_one();
        return waiting.get();
    }

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
    /// Blocks until a group or a task between groups is due. Nothing when the writer stops and no write waits
    /// any more.
    [[nodiscard]] std::optional<Group> take_group();
    [[nodiscard]] bool is_due() const REQUIRES(mutex_);
    [[nodiscard]] Result<void> commit(Group& group);
    [[nodiscard]] Result<void> run_in_savepoint(WriteJob& job);
    /// Before the log can begin anew.
    void tell_follower();
    void checkpoint_if_due();
    void run_tasks_between();

    const SqliteOptions options_;

    // The writer's thread alone.
    std::unique_ptr<SqliteTransaction> tx_;
    int checkpoint_at_;
    int log_pages_ = 0;
    std::shared_ptr<CommitFollower> follower_;
    LogTail tail_;

    Mutex mutex_;
    std::condition_variable_any wakes_;
    std::deque<Waiting> queue_ GUARDED_BY(mutex_);
    std::size_t urgent_ GUARDED_BY(mutex_) = 0;  ///< how many in the queue are not MayWait
    std::vector<std::function<void(Connection&)>> between_ GUARDED_BY(mutex_);
    bool stopping_ GUARDED_BY(mutex_) = false;

    std::thread thread_;
};

}  // namespace tenantry::db
