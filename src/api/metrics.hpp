// Counters for /metrics, in Prometheus' text format. No label holds anything a client chose. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace tenantry::api {

class Metrics {
  public:
    void count(int status, std::chrono::nanoseconds took, std::chrono::nanoseconds in_database);
    /// A signed head of the journal was handed out, or could not be.
    void count_audit_head(bool delivered);
    /// When the last one was handed out; nothing before that.
    [[nodiscard]] std::optional<std::chrono::system_clock::time_point> last_audit_head() const;
    [[nodiscard]] std::uint64_t audit_heads_failed() const {
        return heads_failed_.load(std::memory_order_relaxed);
    }
    [[nodiscard]] std::string text() const;

  private:
    static constexpr std::array<double, 8> kBounds{0.001, 0.005, 0.01, 0.025,
                                                   0.1,   0.25,  1.0,  5.0};  // seconds

    std::array<std::atomic<std::uint64_t>, 6> by_class_{};
    std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> buckets_{};
    std::atomic<std::uint64_t> total_ns_{0};
    std::atomic<std::uint64_t> database_ns_{0};
    std::atomic<std::uint64_t> heads_{0};
    std::atomic<std::uint64_t> heads_failed_{0};
    std::atomic<std::int64_t> last_head_{0};  ///< in seconds since 1970; 0: none
};

}  // namespace tenantry::api
