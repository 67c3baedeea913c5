#include "base/histogram.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <thread>
#include <vector>

namespace tenantry {
namespace {

using namespace std::chrono_literals;

TEST(Histogram, each_time_is_counted_in_the_first_step_that_holds_it) {
    Histogram histogram;
    histogram.count(0ns);
    histogram.count(500us);  // a step's end belongs to it
    histogram.count(500us + 1ns);
    histogram.count(10s);
    histogram.count(1h);
    const auto counts = histogram.read();
    EXPECT_EQ(counts.by_step[0], 2U);
    EXPECT_EQ(counts.by_step[1], 1U);
    EXPECT_EQ(counts.by_step[Histogram::kSteps.size() - 1], 1U);
    EXPECT_EQ(counts.by_step[Histogram::kSteps.size()], 1U);
    EXPECT_EQ(counts.in_all, 1h + 10s + 1ms + 1ns);
}

TEST(Histogram, nothing_is_lost_between_threads) {
    Histogram histogram;
    constexpr int kEach = 20'000;
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < kEach; ++n) {
                histogram.count(3us);
            }
        });
    }
    for (auto& thread : threads) {
        thread.join();
    }
    const auto counts = histogram.read();
    EXPECT_EQ(std::accumulate(counts.by_step.begin(), counts.by_step.end(), std::uint64_t{0}), 4U * kEach);
    EXPECT_EQ(counts.in_all, 4 * kEach * 3us);
}

}  // namespace
}  // namespace tenantry
