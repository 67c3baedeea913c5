// Writes Prometheus' text format 0.0.4: each family once, with its HELP and TYPE, then its samples. Names,
// help and labels are literals of ours or parts of the route table, so nothing has to be escaped.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/histogram.hpp"

namespace tenantry::api {

/// As all figures of time are.
[[nodiscard]] inline double seconds_of(std::chrono::nanoseconds time) {
    return std::chrono::duration<double>(time).count();
}

class MetricsText {
  public:
    enum class Kind : std::uint8_t { Counter, Gauge, Histogram };

    /// Begins a family; its samples follow.
    void family(Kind kind, std::string_view name, std::string_view help);
    /// A sample of the family that was begun last. `labels` as in `pool="slow"`; empty: none.
    void sample(std::uint64_t value, std::string_view labels = {});
    void sample(double value, std::string_view labels = {});
    void sample(const Histogram::Counts& counts, std::string_view labels = {});

    /// A family of one sample.
    template <class Value>
    void one(Kind kind, std::string_view name, std::string_view help, Value value) {
        family(kind, name, help);
        sample(value);
    }

    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    void begin_sample(std::string_view suffix, std::string_view labels);

    std::string text_;
    std::string_view name_;
};

}  // namespace tenantry::api
