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
    /// Finishes what is queued and joins.
    ~Pool();

    /// Unavailable: the queue is full.
    [[nodiscard]] Result<void> run(Task task) EXCLUDES(mutex_);

  private:
    explicit Pool(std::size_t queue_limit) : queue_limit_(queue_limit) {}
    void work(db::Reader& reader);

    std::size_t queue_limit_;
    Mutex mutex_;
    std::condition_variable_any wakes_;
    std::deque<Task> queue_ GUARDED_BY(mutex_);
    bool stopping_ GUARDED_BY(mutex_) = false;
    std::vector<std::unique_ptr<db::Reader>> readers_;
    std::vector<std::thread> threads_;
};

}  // namespace tenantry::api
