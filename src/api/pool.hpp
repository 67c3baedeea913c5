// A few threads for what must not run on a loop: wide searches, password hashing, and every reading where the
// register is asked over a wire. Each has a read-only connection of its own. The queue is bounded; who does
// not fit in is told at once.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "api/reading.hpp"
#include "base/thread_annotations.hpp"

namespace tenantry::api {

class Pool {
  public:
    /// Is run or refused, once; or let go of, when the pool stops.
    class Task {
      public:
        virtual ~Task() = default;
        /// Runs in a snapshot taken after the task came.
        virtual void run(Reading& own) = 0;
        virtual void refuse(const Error& error) = 0;
        /// Whether all that it will ask is said by look_ahead(): such tasks share a snapshot, and the
        /// exchange that answers them.
        [[nodiscard]] virtual bool looks_ahead() const { return false; }
        /// Says what run() will ask (db::Transaction::expect).
        [[nodiscard]] virtual Result<void> look_ahead(db::Reader& /*reader*/) { return {}; }
    };
    /// Is told how long a snapshot was held.
    using SnapshotEnded = std::function<void(std::chrono::nanoseconds held)>;

    static constexpr std::chrono::milliseconds kAnyTime = std::chrono::hours{24};
    struct Limits {
        unsigned threads = 1;
        std::size_t queue = 0;                      ///< tasks that may wait
        std::chrono::milliseconds wait = kAnyTime;  ///< for a thread; who waited longer is refused
    };

    /// Opens a reader for each thread.
    [[nodiscard]] static Result<std::unique_ptr<Pool>> create(db::Database& database, const Limits& limits,
                                                              SnapshotEnded snapshot_ended);
    /// As stop().
    ~Pool();
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    /// Drops what is queued, ends the statements that run, and waits until the tasks have ended. Whoever
    /// should be answered is to be waited for before.
    void stop() EXCLUDES(mutex_);

    /// Refuses the task where the queue is full.
    void run(std::unique_ptr<Task> task) EXCLUDES(mutex_);

    struct Figures {
        std::uint64_t waiting = 0;
        std::uint64_t refused = 0;
    };
    [[nodiscard]] Figures figures() const EXCLUDES(mutex_);

  private:
    struct Waiting {
        std::unique_ptr<Task> task;
        std::chrono::steady_clock::time_point since;
    };
    using Tasks = std::vector<Waiting>;

    Pool(const Limits& limits, SnapshotEnded snapshot_ended)
        : limits_(limits), snapshot_ended_(std::move(snapshot_ended)) {}
    void work(Reading& own);
    [[nodiscard]] bool accept(std::unique_ptr<Task>& task) EXCLUDES(mutex_);
    /// Whether a thread could begin with those that look ahead; with something.
    [[nodiscard]] bool may_share() const REQUIRES(mutex_);
    [[nodiscard]] bool has_work() const REQUIRES(mutex_);
    /// Waits for one task, or several that go together, and is woken by this. None: the pool stops.
    [[nodiscard]] Tasks take(std::condition_variable_any& woken) EXCLUDES(mutex_);
    /// The thread that came to rest last: its connection is the one that the database knows best.
    void wake_one() REQUIRES(mutex_);
    void run_together(Tasks& tasks, Reading& own);
    /// Refuses and takes away those that waited too long.
    void refuse_late(Tasks& tasks) const;

    const Limits limits_;
    SnapshotEnded snapshot_ended_;
    mutable Mutex mutex_;
    std::vector<std::condition_variable_any*> resting_ GUARDED_BY(mutex_);  ///< each wakes a thread
    std::condition_variable_any ends_;                                      ///< when a thread's tasks did
    std::deque<Waiting> alone_ GUARDED_BY(mutex_);
    std::deque<Waiting> together_ GUARDED_BY(mutex_);  ///< those that look ahead
    std::size_t shared_ GUARDED_BY(mutex_) = 0;        ///< snapshots of those
    bool waking_ GUARDED_BY(mutex_) = false;           ///< a thread was woken that has not come yet
    std::size_t running_ GUARDED_BY(mutex_) = 0;
    std::uint64_t refused_ GUARDED_BY(mutex_) = 0;
    bool stopping_ GUARDED_BY(mutex_) = false;
    std::vector<Reading> readings_;
    std::vector<std::thread> threads_;
};

}  // namespace tenantry::api
