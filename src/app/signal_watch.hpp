// The thread that signals go to: SIGTERM and SIGINT stop the server, SIGHUP has it read its certificate anew.
// Between signals it looks whether the certificate's files have changed.
#pragma once

#include <signal.h>

#include <thread>

#include "api/services.hpp"
#include "http/server.hpp"

namespace tenantry::app {

/// Blocks those signals in every thread that is started from here on. To be called before any is.
[[nodiscard]] sigset_t block_signals();

/// Goes before the server and the services do.
class SignalWatch {
  public:
    static constexpr std::chrono::seconds kLookEvery{10};

    SignalWatch(http::Server& server, api::Services& services, const sigset_t& signals);
    ~SignalWatch();
    SignalWatch(const SignalWatch&) = delete;
    SignalWatch& operator=(const SignalWatch&) = delete;

    /// Attempts to read the certificate anew that found something new, by how they went, for /metrics.
    void write_figures(api::MetricsText& text) const;

  private:
    void run(const sigset_t& signals);
    void renew(http::Renew when);

    http::Server& server_;
    api::Services& services_;
    std::atomic<std::uint64_t> renewed_{0};
    std::atomic<std::uint64_t> failed_{0};
    std::thread thread_;
};

}  // namespace tenantry::app
