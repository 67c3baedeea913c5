// Counters for /metrics. No label holds anything a client chose. Counting is relaxed additions, for any
// thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "api/metrics_text.hpp"
#include "api/route.hpp"

namespace tenantry::api {

/// What became of a password that somebody entered.
enum class LoginOutcome : std::uint8_t { Right, Wrong, Throttled };

class Metrics {
  public:
    /// Writes families that somebody else has the figures of. Called on any thread, while whoever added it
    /// must live.
    using Source = std::function<void(MetricsText& text)>;

    /// Before the server runs: sources are read without a lock.
    void add_source(Source source) { sources_.push_back(std::move(source)); }

    /// A request whose handler was reached, by how its route runs.
    void count_run(Run run, std::chrono::nanoseconds took, std::chrono::nanoseconds in_database);
    /// How long a read snapshot was held.
    void count_snapshot(std::chrono::nanoseconds held) { snapshots_.count(held); }
    void count_login(LoginOutcome outcome) { add_one(logins_[static_cast<std::size_t>(outcome)]); }
    void count_rate_limited() { add_one(rate_limited_); }

    /// A signed head of the journal was handed out, or could not be.
    void count_audit_head(bool delivered);
    /// The last event that every place has a signed head of, and since when the place that waits longest has
    /// its own.
    void set_audit_heads(std::int64_t event, std::chrono::steady_clock::time_point since);
    /// When the last one was handed out; nothing before that.
    [[nodiscard]] std::optional<std::chrono::system_clock::time_point> last_audit_head() const;
    [[nodiscard]] std::uint64_t audit_heads_failed() const { return read(heads_failed_); }
    /// Of set_audit_heads(); 0 before.
    [[nodiscard]] std::int64_t audit_heads_event() const {
        return heads_event_.load(std::memory_order_relaxed);
    }

    void write(MetricsText& text) const;

  private:
    using Counter = std::atomic<std::uint64_t>;
    static void add_one(Counter& counter) { counter.fetch_add(1, std::memory_order_relaxed); }
    static std::uint64_t read(const Counter& counter) { return counter.load(std::memory_order_relaxed); }
    void write_audit_heads(MetricsText& text) const;

    std::vector<Source> sources_;
    std::array<Histogram, 4> by_run_;
    Histogram snapshots_;
    std::atomic<std::int64_t> database_ns_{0};
    std::array<Counter, 3> logins_{};
    Counter rate_limited_{0};
    Counter heads_{0};
    Counter heads_failed_{0};
    std::atomic<std::int64_t> last_head_{0};  ///< in seconds since 1970; 0: none
    std::atomic<std::int64_t> heads_event_{0};
    std::atomic<std::chrono::steady_clock::time_point> heads_since_{std::chrono::steady_clock::now()};
};

}  // namespace tenantry::api
