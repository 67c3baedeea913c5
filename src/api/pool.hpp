// A few threads for what must not run on a loop: wide searches, password hashing. Each has a read-only
// connection of its own. The queue is bounded; who does not fit in is told at once.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "base/thread_annotations.hpp"
#include "db/database.hpp"

namespace tenantry::api {

class Pool {
  public:
    /// Runs with a fresh snapshot of the thread's reader.
    using Task = std::function<void(db::Reader& reader)>;

    /// Opens a reader for each thread.
    [[nodiscard]] static Result<std::unique_ptr<Pool>> create(db::Database& database, unsigned threads,
                                                              std::size_t queue_limit);
    /// As stop().
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// Drops what is queued, ends the statements that run, and waits until the tasks have ended. Whoever
    /// should be answered is to be waited for before.
    void stop() EXCLUDES(mutex_);

    /// Unavailable: the queue is full.
    [[nodiscard]] Result<void> run(Task task) EXCLUDES(mutex_);

    struct Figures {
        std::uint64_t waiting = 0;
        std::uint64_t refused = 0;
    };
    [[nodiscard]] Figures figures() const EXCLUDES(mutex_);

  private:
    explicit Pool(std::size_t queue_limit) : queue_limit_(queue_limit) {}
    void work(db::Reader& reader);

    std::size_t queue_limit_;
    mutable Mutex mutex_;
    std::condition_variable_any wakes_;
    std::condition_variable_any ends_;  ///< when a task did
    std::deque<Task> queue_ GUARDED_BY(mutex_);
    std::size_t running_ GUARDED_BY(mutex_) = 0;
    std::uint64_t refused_ GUARDED_BY(mutex_) = 0;
    bool stopping_ GUARDED_BY(mutex_) = false;
    std::vector<std::unique_ptr<db::Reader>> readers_;
    std::vector<std::thread> threads_;
};

}  // namespace tenantry::api
