#include "app/signal_watch.hpp"

#include <cerrno>

#include "base/log.hpp"

namespace tenantry::app {

sigset_t block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGXFSZ);  // a file that may not grow is a full disk, and no reason to end
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

SignalWatch::SignalWatch(http::Server& server, api::Services& services, const sigset_t& signals)
    : server_(server), services_(services), thread_([this, signals] { run(signals); }) {}

SignalWatch::~SignalWatch() {
    // Sent to this thread alone: it ends it where no signal has.
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
}

void SignalWatch::run(const sigset_t& signals) {
    constexpr timespec kWait{kLookEvery.count(), 0};
    for (;;) {
        const int signal = ::sigtimedwait(&signals, nullptr, &kWait);
        if (signal == SIGTERM || signal == SIGINT) {
            log(LogLevel::Info, "stopping", {{"signal", std::int64_t{signal}}});
            services_.phase = api::Phase::Stopping;
            server_.stop();
            return;
        }
        if (signal == SIGHUP) {
            renew(http::Renew::Always);
        } else if (signal < 0 && errno == EAGAIN) {
            renew(http::Renew::IfChanged);
        }
    }
}

void SignalWatch::renew(http::Renew when) {
    const auto renewed = server_.renew_certificate(when);
    if (!renewed.ok()) {
        failed_.fetch_add(1, std::memory_order_relaxed);
        log(LogLevel::Error, "the certificate could not be read anew; the former one stays",
            {{"reason", renewed.error().text}});
    } else if (*renewed) {
        renewed_.fetch_add(1, std::memory_order_relaxed);
        const auto until = server_.figures().certificate_until.value().time_since_epoch();
        log(LogLevel::Info, "certificate read anew",
            {{"until", std::int64_t{std::chrono::floor<std::chrono::seconds>(until).count()}}});
    } else if (when == http::Renew::Always) {
        log(LogLevel::Info, "asked to read the certificate anew; there is none");
    }
}

void SignalWatch::write_figures(api::MetricsText& text) const {
    text.family(api::MetricsText::Kind::Counter, "tenantry_certificate_renewals_total",
                "Times that the certificate was read anew, or could not be.");
    text.sample(renewed_.load(std::memory_order_relaxed), "outcome=\"done\"");
    text.sample(failed_.load(std::memory_order_relaxed), "outcome=\"failed\"");
}

}  // namespace tenantry::app
