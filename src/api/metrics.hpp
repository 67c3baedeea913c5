// Counters for /metrics, in Prometheus' text format. No label holds anything a client chose. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace tenantry::api {

class Metrics {
  public:
    void count(int status, std::chrono::nanoseconds took, std::chrono::nanoseconds in_database);
    /// A signed head of the journal was handed out, or could not be.
    void count_audit_head(bool delivered);
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
};

}  // namespace tenantry::api
