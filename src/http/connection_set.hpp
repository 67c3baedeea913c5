// The open connections of one loop: their deadlines and the date that their answers carry. Of the loop's
// thread, where nothing else is said.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace tenantry::http {

class Connection;

using SteadyTime = std::chrono::steady_clock::time_point;

class ConnectionSet {
  public:
    /// The calling thread becomes the loop's. Before anything else here, and before reserve() is of use.
    void adopt_thread();
    /// Any thread.
    [[nodiscard]] bool in_loop_thread() const { return std::this_thread::get_id() == thread_; }

    /// Counts a connection that add() will bring. Any thread.
    void reserve() { ++count_; }
    /// Connections open or reserved. Any thread.
    [[nodiscard]] std::size_t count() const { return count_; }
    void add(std::shared_ptr<Connection> connection);
    void remove(Connection& connection);

    /// Acts on every deadline that has passed and sets the date anew.
    void sweep(SteadyTime now);
    /// From now on each answer is the last of its connection; idle ones go at `grace`.
    void start_drain(SteadyTime grace);
    void close_all();

    [[nodiscard]] bool draining() const { return draining_; }
    [[nodiscard]] SteadyTime grace() const { return grace_; }
    [[nodiscard]] const std::string& date_line() const { return date_line_; }

  private:
    std::vector<std::shared_ptr<Connection>> open_;
    std::atomic<std::size_t> count_ = 0;
    std::thread::id thread_;
    std::string date_line_;
    bool draining_ = false;
    SteadyTime grace_;
};

}  // namespace tenantry::http
