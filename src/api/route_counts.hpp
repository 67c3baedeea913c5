// Requests by route and class of status. A route is named as the route table has it, never as a client asked,
// so there are as many counts as the table has lines. Counting is one relaxed addition, for any thread.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <span>
#include <vector>

#include "api/metrics_text.hpp"

namespace tenantry::api {

struct Api;
struct Route;

class RouteCounts {
  public:
    /// The APIs must outlive this and stay where they are.
    explicit RouteCounts(std::span<const Api> apis);

    /// `route` is of `api`; null: the request had none.
    void count(const Api& api, const Route* route, int status);
    void count_unknown(int status) { unknown_[class_of(status)].fetch_add(1, std::memory_order_relaxed); }
    /// Those routes that were asked.
    void write(MetricsText& text) const;

  private:
    static constexpr std::size_t kClasses = 5;
    using Counts = std::array<std::atomic<std::uint64_t>, kClasses>;

    static std::size_t class_of(int status);

    std::span<const Api> apis_;
    std::vector<std::size_t> first_of_api_;
    std::vector<Counts> by_route_;
    Counts unknown_{};
};

}  // namespace tenantry::api
