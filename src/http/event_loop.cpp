#include "http/event_loop.hpp"

#include <boost/asio/post.hpp>

#include "base/log.hpp"

namespace tenantry::http {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kTick{1};
constexpr std::chrono::milliseconds kDrainTick{20};
/// A request that was on its way to an idle connection when the drain began is still answered.
constexpr std::chrono::milliseconds kDrainGrace{250};

}  // namespace

void EventLoop::post(std::function<void()> task) {
    const Lock lock{mutex_};
    if (!ended_) {
        boost::asio::post(context_, std::move(task));
    }
}

void EventLoop::run() {
    connections_.adopt_thread();
    tick();
    run_tasks();
    {
        const Lock lock{mutex_};
        ended_ = true;
    }
    // What was posted before that must not stay: it holds connections, which hold this loop.
    context_.restart();
    run_tasks();
}

void EventLoop::run_tasks() {
    for (;;) {
        try {
            context_.run();
            return;
        } catch (...) {
            log(LogLevel::Error, "task of an event loop failed");
        }
    }
}

void EventLoop::drain(std::chrono::seconds at_most) {
    post([this, at_most] {
        const auto now = steady_clock::now();
        connections_.start_drain(now + kDrainGrace);
        drain_end_ = now + at_most;
        timer_.cancel();
    });
}

void EventLoop::tick() {
    const auto now = steady_clock::now();
    connections_.sweep(now);
    if (now >= drain_end_) {
        connections_.close_all();
    }
    if (connections_.draining() && connections_.count() == 0) {
        work_.reset();
        return;
    }
    if (connections_.draining()) {
        timer_.expires_after(kDrainTick);
    } else {
        timer_.expires_after(kTick);
    }
    timer_.async_wait([this](const boost::system::error_code& /*cancelled*/) { tick(); });
}

}  // namespace tenantry::http
