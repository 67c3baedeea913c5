// An HTTP load generator: one thread, a number of keep-alive connections, one request under way on each.
// Latency is from a request's write to its answer's last byte; a slow server also slows the asking
// (coordinated omission), which is not corrected.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string_view>

#include "base/result.hpp"

namespace tenantry::bench {

/// Counts of durations, from 32 ns, in buckets 1/32 as wide as where they begin.
class Histogram {
  public:
    void add(std::chrono::nanoseconds time);
    void add(const Histogram& other);
    /// The upper end of the bucket that holds that share of the times.
    [[nodiscard]] std::chrono::nanoseconds quantile(double share) const;
    [[nodiscard]] std::uint64_t count() const { return count_; }

  private:
    std::array<std::uint64_t, 59 * 32> buckets_{};
    std::uint64_t count_ = 0;
};

struct Load {
    std::uint16_t port = 0;
    unsigned connections = 32;
    std::chrono::nanoseconds time{};
    /// The next request's bytes; empty where there are no more.
    std::function<std::string_view()> next = {};
    /// Takes each answer's body; may be empty.
    std::function<void(std::string_view body)> answered = {};
};

struct Outcome {
    double per_second = 0;
    std::uint64_t done = 0;
    Histogram latency;
};

/// Runs until the time is over or the requests are. Internal: an answer other than 2xx, or a broken
/// connection.
[[nodiscard]] Result<Outcome> run_load(const Load& load);

}  // namespace tenantry::bench
