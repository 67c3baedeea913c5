// How long something takes, counted by steps. Counting is two relaxed additions, for any thread; who reads
// meanwhile may see the one before the other.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>

namespace tenantry {

class Histogram {
  public:
    /// Upper ends of the steps; what takes longer than the last is counted behind it.
    static constexpr std::array<std::chrono::microseconds, 13> kSteps{std::chrono::microseconds{500},
                                                                      std::chrono::microseconds{1'000},
                                                                      std::chrono::microseconds{2'500},
                                                                      std::chrono::microseconds{5'000},
                                                                      std::chrono::microseconds{10'000},
                                                                      std::chrono::microseconds{25'000},
                                                                      std::chrono::microseconds{50'000},
                                                                      std::chrono::microseconds{100'000},
                                                                      std::chrono::microseconds{250'000},
                                                                      std::chrono::microseconds{500'000},
                                                                      std::chrono::seconds{1},
                                                                      std::chrono::microseconds{2'500'000},
                                                                      std::chrono::seconds{10}};

    struct Counts {
        std::array<std::uint64_t, kSteps.size() + 1> by_step{};
        std::chrono::nanoseconds in_all{};
    };

    void count(std::chrono::nanoseconds took) noexcept {
        const auto step = std::ranges::lower_bound(kSteps, took) - kSteps.begin();
        by_step_[static_cast<std::size_t>(step)].fetch_add(1, std::memory_order_relaxed);
        in_all_ns_.fetch_add(took.count(), std::memory_order_relaxed);
    }

    [[nodiscard]] Counts read() const noexcept {
        Counts counts;
        std::ranges::transform(by_step_, counts.by_step.begin(), [](const std::atomic<std::uint64_t>& step) {
            return step.load(std::memory_order_relaxed);
        });
        counts.in_all = std::chrono::nanoseconds{in_all_ns_.load(std::memory_order_relaxed)};
        return counts;
    }

  private:
    std::array<std::atomic<std::uint64_t>, kSteps.size() + 1> by_step_{};
    std::atomic<std::int64_t> in_all_ns_{0};
};

}  // namespace tenantry
