// One loop: an Asio context on a thread of its own, its connections and the one timer that serves all their
// deadlines.
#pragma once

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/thread_annotations.hpp"
#include "http/connection_set.hpp"
#include "http/server.hpp"

namespace tenantry::http {

class EventLoop final : public Loop {
  public:
    explicit EventLoop(unsigned index) : index_(index) {}

    [[nodiscard]] unsigned index() const override { return index_; }
    /// Dropped once run() has ended.
    void post(std::function<void()> task) override EXCLUDES(mutex_);

    /// Runs on the calling thread until drain() is done.
    void run() EXCLUDES(mutex_);
    /// Lets the connections end, at most that long. Any thread.
    void drain(std::chrono::seconds at_most);

    [[nodiscard]] boost::asio::io_context& context() { return context_; }
    [[nodiscard]] ConnectionSet& connections() { return connections_; }

  private:
    using Executor = boost::asio::io_context::executor_type;
    using Timer =
        boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                          boost::asio::wait_traits<std::chrono::steady_clock>, Executor>;

    void tick();
    void run_tasks();

    unsigned index_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<Executor> work_{context_.get_executor()};
    Timer timer_{context_};
    ConnectionSet connections_;
    SteadyTime drain_end_ = SteadyTime::max();
    Mutex mutex_;
    bool ended_ GUARDED_BY(mutex_) = false;
};

}  // namespace tenantry::http
