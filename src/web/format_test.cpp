#include "web/format.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace tenantry::web {
namespace {

Instant at(const char* text) {
    return *parse_instant(text);
}

TEST(Format, times_are_those_of_clocks_in_the_united_kingdom) {
    EXPECT_EQ(say_time(at("2026-11-25T23:20:00Z")), "25 November 2026 at 11:20pm");
    EXPECT_EQ(say_time(at("2026-07-01T23:05:00Z")), "2 July 2026 at 12:05am");
    EXPECT_EQ(say_time(at("2026-01-01T12:00:00Z")), "1 January 2026 at 12:00pm");
    EXPECT_EQ(uk_date(at("2026-06-30T23:30:00Z")), *parse_date("2026-07-01"));
    EXPECT_EQ(say_date(*parse_date("2024-02-29")), "29 February 2024");
}

TEST(Format, a_day_begins_at_midnight_by_those_clocks) {
    const std::pair<const char*, const char*> cases[] = {
        {"2026-01-15", "2026-01-15T00:00:00Z"}, {"2026-03-29", "2026-03-29T00:00:00Z"},
        {"2026-03-30", "2026-03-29T23:00:00Z"}, {"2026-07-01", "2026-06-30T23:00:00Z"},
        {"2026-10-25", "2026-10-24T23:00:00Z"}, {"2026-10-26", "2026-10-26T00:00:00Z"},
    };
    for (const auto& [day, begins] : cases) {
        EXPECT_EQ(uk_midnight(*parse_date(day)), at(begins)) << day;
    }
}

TEST(Format, ages_are_whole_and_rounded_down) {
    const Instant now = at("2026-11-25T00:10:00Z");
    const std::pair<const char*, const char*> cases[] = {
        {"2026-11-25T00:05:00Z", "today"},    {"2026-11-24T23:59:00Z", "yesterday"},
        {"2026-11-23T12:00:00Z", "2 days"},   {"2026-11-12T12:00:00Z", "13 days"},
        {"2026-11-11T12:00:00Z", "2 weeks"},  {"2026-08-28T12:00:00Z", "12 weeks"},
        {"2026-08-27T12:00:00Z", "3 months"}, {"2024-11-25T12:00:00Z", "2 years"},
        {"2026-11-26T12:00:00Z", "today"},
    };
    for (const auto& [since, said] : cases) {
        EXPECT_EQ(say_age(at(since), now), said) << since;
    }
}

TEST(Format, money_has_two_decimals_and_commas) {
    EXPECT_EQ(say_money(0), "£0.00");
    EXPECT_EQ(say_money(5), "£0.05");
    EXPECT_EQ(say_money(123456789), "£1,234,567.89");
    EXPECT_EQ(say_money(100000), "£1,000.00");
    EXPECT_EQ(say_money(-99999), "−£999.99");
    EXPECT_EQ(say_money(std::numeric_limits<std::int64_t>::min()), "−£92,233,720,368,547,758.08");
    EXPECT_EQ(say_balance(1250), "£12.50 in arrears");
    EXPECT_EQ(say_balance(-1250), "£12.50 in credit");
    EXPECT_EQ(say_balance(0), "£0.00");
    EXPECT_EQ(say_count(1, "home", "homes"), "1 home");
    EXPECT_EQ(say_count(1234, "home", "homes"), "1,234 homes");
    EXPECT_EQ(say_count(0, "home", "homes"), "0 homes");
}

}  // namespace
}  // namespace tenantry::web
