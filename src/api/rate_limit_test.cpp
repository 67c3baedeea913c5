#include "api/rate_limit.hpp"

#include <gtest/gtest.h>

namespace tenantry::api {
namespace {

constexpr Instant kNoon{std::chrono::hours{12}};

TEST(RateLimit, allows_as_many_as_it_says_and_no_more) {
    RateLimit limit{3};
    for (const std::int64_t left : {2, 1, 0}) {
        const auto allowance = limit.count("a", kNoon);
        EXPECT_FALSE(allowance.exceeded);
        EXPECT_EQ(allowance.limit, 3);
        EXPECT_EQ(allowance.remaining, left);
    }
    EXPECT_TRUE(limit.count("a", kNoon).exceeded);
    EXPECT_FALSE(limit.count("b", kNoon).exceeded);
}

TEST(RateLimit, starts_anew_with_each_minute) {
    RateLimit limit{1};
    EXPECT_FALSE(limit.count("a", kNoon).exceeded);
    const auto refused = limit.count("a", kNoon + std::chrono::seconds{59});
    EXPECT_TRUE(refused.exceeded);
    EXPECT_EQ(refused.resets_at, 12 * 3600 + 60);
    EXPECT_FALSE(limit.count("a", kNoon + std::chrono::seconds{60}).exceeded);
}

TEST(RateLimit, zero_is_off) {
    RateLimit limit{0};
    for (int i = 0; i < 1000; ++i) {
        EXPECT_FALSE(limit.count("a", kNoon).exceeded);
    }
}

TEST(RateLimit, newcomers_share_one_count_when_memory_would_grow) {
    RateLimit limit{1};
    for (int i = 0; i < 100'000; ++i) {
        EXPECT_FALSE(limit.count(std::to_string(i), kNoon).exceeded);
    }
    EXPECT_FALSE(limit.count("first newcomer", kNoon).exceeded);
    EXPECT_TRUE(limit.count("second newcomer", kNoon).exceeded);
}

}  // namespace
}  // namespace tenantry::api
