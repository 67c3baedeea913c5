// The thread that seals anew, under the active field key, what is still under a former one: batch by batch,
// from where it was left, while everybody else goes on. Batches are read and sealed on this thread; the
// register's writer only stores them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <thread>

#include "base/result.hpp"
#include "base/thread_annotations.hpp"
#include "db/database.hpp"
#include "rights/sealed_nouns.hpp"

namespace tenantry::app {

class Instance;

/// Thread-safe.
class Resealer {
  public:
    /// Starts with whatever an earlier process left. The instance must outlive it.
    explicit Resealer(Instance& instance);
    ~Resealer();
    Resealer(const Resealer&) = delete;
    Resealer& operator=(const Resealer&) = delete;

    /// Ends after the batch that is under way. What is left waits for the next start.
    void stop();
    /// Waits until nothing is left to do, and calls progress(rows looked after since the call) meanwhile.
    /// Unavailable: stopped before that. Else what went wrong.
    [[nodiscard]] Result<void> wait(const std::function<void(std::size_t)>& progress);

  private:
    void run();
    /// All that is left, until stopped.
    [[nodiscard]] Result<void> reseal_all();
    [[nodiscard]] Result<void> reseal_table(const rights::SealedNoun& noun, std::int64_t after, bool is_last);
    [[nodiscard]] Result<audit::Resealing> read_batch(const rights::SealedNoun& noun, std::int64_t after);
    /// For the batch that is on its way, if there is one.
    [[nodiscard]] Result<void> wait_for_writer();
    void pause();

    Instance& instance_;
    std::unique_ptr<db::Reader> reader_;  ///< of the thread, while it has work
    std::future<Result<void>> stored_;    ///< of the batch that is on its way
    std::atomic<std::size_t> rows_{0};    ///< since the start
    std::atomic<bool> stopping_{false};   ///< set under the lock, so that no pause misses it
    Mutex mutex_;
    std::condition_variable_any changes_;
    std::uint64_t asked_ GUARDED_BY(mutex_) = 1;
    std::uint64_t done_ GUARDED_BY(mutex_) = 0;
    Result<void> outcome_ GUARDED_BY(mutex_);  ///< of the last time that was done
    std::thread thread_;
};

}  // namespace tenantry::app
