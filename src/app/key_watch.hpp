// Where several servers share a register, one of them, or a command, may change its keys. A server that
// writes takes the changed ones first (Instance); one that only reads learns of them here.
#pragma once

#include <chrono>
#include <memory>
#include <thread>

#include "app/instance.hpp"
#include "app/stop_flag.hpp"

namespace tenantry::app {

/// Watches while it lives. Does nothing where the register is this process's alone.
class KeyWatch {
  public:
    explicit KeyWatch(Instance& instance);
    KeyWatch(const KeyWatch&) = delete;
    KeyWatch& operator=(const KeyWatch&) = delete;
    ~KeyWatch();

    static constexpr std::chrono::milliseconds kEvery{500};

  private:
    void work();
    /// Takes the stored keys over where they are not those of the last time.
    [[nodiscard]] Result<void> look();

    Instance& instance_;
    std::unique_ptr<db::Reader> reader_;  ///< the thread's alone
    StopFlag stop_;
    std::thread thread_;
};

}  // namespace tenantry::app
