// The thread that seals anew, under the active field key, what is still under a former one: batch by batch,
// from where it was left, while everybody else goes on. Batches are read and sealed on this thread; the
// register's writer only stores them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
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

/// What is to be known of a batch that was given to the register's writer.
struct BatchOnItsWay {
    std::future<void> begun;              ///< the writer has taken it, so the next goes into another group
    std::future<Result<void>> committed;  ///< or why not
};

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
    /// As reseal_all(), and all is stored. Where the register is shared another process may be at it too:
    /// where that one was faster, this one goes on from where it is.
    [[nodiscard]] Result<void> reseal_beside_others();
    /// All that is left, until stopped.
    [[nodiscard]] Result<void> reseal_all();
    [[nodiscard]] Result<void> reseal_table(const rights::SealedNoun& noun, std::int64_t after);
    [[nodiscard]] Result<audit::Resealing> read_batch(const rights::SealedNoun& noun, std::int64_t after);
    /// Gives the writer a batch as soon as it has begun with the one before, so that each of its groups takes
    /// one and other writes wait for one at most, and the disk's time for a group is nobody's time for
    /// sealing.
    [[nodiscard]] Result<void> hand_over(const rights::SealedNoun& noun, std::int64_t from,
                                         audit::Resealing batch);
    /// Until no more than so many batches are on their way. What went wrong first.
    [[nodiscard]] Result<void> wait_for_writer(std::size_t left);
    void pause();

    Instance& instance_;
    std::unique_ptr<db::Reader> reader_;  ///< of the thread, while it has work
    std::deque<BatchOnItsWay> on_their_way_;
    std::atomic<std::size_t> rows_{0};   ///< since the start
    std::atomic<bool> stopping_{false};  ///< set under the lock, so that no pause misses it
    Mutex mutex_;
    std::condition_variable_any changes_;
    std::uint64_t asked_ GUARDED_BY(mutex_) = 1;
    std::uint64_t done_ GUARDED_BY(mutex_) = 0;
    Result<void> outcome_ GUARDED_BY(mutex_);  ///< of the last time that was done
    std::thread thread_;
};

}  // namespace tenantry::app
