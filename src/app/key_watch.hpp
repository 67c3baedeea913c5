// Where several servers share a register, one of them, or a command, may change its keys: the others go on
// with the changed ones within a second.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "app/instance.hpp"
#include "base/thread_annotations.hpp"

namespace tenantry::app {

/// Watches while it lives. Does nothing where the register is this process's alone.
class KeyWatch {
  public:
    explicit KeyWatch(Instance& instance);
    KeyWatch(const KeyWatch&) = delete;
    KeyWatch& operator=(const KeyWatch&) = delete;
    ~KeyWatch();

  private:
    void work();
    /// Takes the stored keys over where they are not those of the last time.
    [[nodiscard]] Result<void> look();

    Instance& instance_;
    std::unique_ptr<db::Reader> reader_;  ///< the thread's alone
    std::string known_;
    Mutex mutex_;
    std::condition_variable_any wakes_;
    bool stopping_ GUARDED_BY(mutex_) = false;
    std::thread thread_;
};

}  // namespace tenantry::app
