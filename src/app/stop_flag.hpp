// Ends a thread that works every so often: it pauses here, and whoever destroys it sets the flag and joins.
#pragma once

#include <atomic>
#include <chrono>

#include "base/thread_annotations.hpp"

namespace tenantry::app {

/// Thread-safe.
class StopFlag {
  public:
    void set() {
        {
            // Under the lock, so that no pause misses it.
            const Lock lock{mutex_};
            is_set_ = true;
        }
        wakes_.notify_all();
    }
    [[nodiscard]] bool is_set() const { return is_set_; }
    /// For whoever looks at it by itself.
    [[nodiscard]] const std::atomic<bool>& flag() const { return is_set_; }
    /// Waits so long; true at once where it is, or comes to be, set.
    bool within(std::chrono::milliseconds time) {
        const Lock lock{mutex_};
        const auto until = std::chrono::steady_clock::now() + time;
        while (!is_set_ && wakes_.wait_until(mutex_, until) == std::cv_status::no_timeout) {
        }
        return is_set_;
    }

  private:
    std::atomic<bool> is_set_{false};
    Mutex mutex_;
    std::condition_variable_any wakes_;
};

}  // namespace tenantry::app
