#include "web/chart.hpp"

#include <gtest/gtest.h>

namespace tenantry::web {
namespace {

using Ticks = std::vector<std::int64_t>;

std::string rendered(const View& chart, std::string_view name) {
    return render(name, chart);
}

std::size_t count_of(const std::string& text, std::string_view part) {
    std::size_t count = 0;
    for (auto found = text.find(part); found != std::string::npos; found = text.find(part, found + 1)) {
        ++count;
    }
    return count;
}

Date day(std::string_view text) {
    return parse_date(text).value();
}

TEST(Chart, ticks_are_round_and_enclose_the_range) {
    EXPECT_EQ(round_ticks(0, 100, 5), (Ticks{0, 20, 40, 60, 80, 100}));
    EXPECT_EQ(round_ticks(0, 101, 5), (Ticks{0, 50, 100, 150}));
    EXPECT_EQ(round_ticks(-30, 70, 5), (Ticks{-40, -20, 0, 20, 40, 60, 80}));
    EXPECT_EQ(round_ticks(-5'000, -1, 5), (Ticks{-5'000, -4'000, -3'000, -2'000, -1'000, 0}));
    EXPECT_EQ(round_ticks(0, 0, 5), (Ticks{0, 1}));
    EXPECT_EQ(round_ticks(7, 7, 5), (Ticks{7, 8}));
    for (const std::int64_t highest : {1LL, 9LL, 11LL, 123'456'789LL, 9'007'199'254'740'993LL}) {
        for (const std::int64_t lowest : {std::int64_t{0}, -highest, -highest / 3}) {
            const auto ticks = round_ticks(lowest, highest, 5);
            EXPECT_LE(ticks.front(), lowest);
            EXPECT_GE(ticks.back(), highest);
            EXPECT_GE(ticks.size(), 2U);
            EXPECT_LE(ticks.size(), 7U) << lowest << " to " << highest;
        }
    }
}

TEST(Chart, a_line_holds_each_value_until_the_next_and_the_last_to_the_end) {
    const View chart = line_chart({"b",
                                   "Balance",
                                   "From £0.00 to £1.00",
                                   {{day("2026-01-01"), 0}, {day("2026-01-11"), 100}},
                                   day("2026-01-01"),
                                   day("2026-01-21")});
    const auto svg = rendered(chart, "line_chart");
    // The plot is 400 wide from 68, 198 high from 12.
    EXPECT_NE(svg.find("d=\"M68.0 210.0H268.0V12.0H468.0\""), std::string::npos) << svg;
    EXPECT_NE(svg.find("role=\"img\" aria-labelledby=\"b-title b-description\""), std::string::npos);
    EXPECT_EQ(count_of(svg, "app-chart__zero"), 1U);
    EXPECT_NE(svg.find("£0.20"), std::string::npos);
}

TEST(Chart, what_began_before_the_chart_begins_at_its_edge) {
    const View chart = line_chart({"b",
                                   "Balance",
                                   "",
                                   {{day("2020-01-01"), 500'000}, {day("2026-03-01"), -120'000}},
                                   day("2026-01-01"),
                                   day("2026-12-31")});
    const auto svg = rendered(chart, "line_chart");
    EXPECT_NE(svg.find("d=\"M68.0 "), std::string::npos) << svg;
    EXPECT_NE(svg.find(">£4,000</text>"), std::string::npos) << svg;
    EXPECT_NE(svg.find(">−£2,000</text>"), std::string::npos) << svg;
    EXPECT_EQ(svg.find(".00</text>"), std::string::npos) << svg;
}

TEST(Chart, months_have_labels_as_far_as_there_is_room) {
    const View chart =
        line_chart({"b", "Balance", "", {{day("2025-11-26"), 100}}, day("2025-11-26"), day("2026-11-26")});
    const auto svg = rendered(chart, "line_chart");
    for (const auto* month : {"Dec 2025", "Mar 2026", "Jun 2026", "Sep 2026"}) {
        EXPECT_NE(svg.find(month), std::string::npos) << svg;
    }
    EXPECT_EQ(svg.find("Jan 2026"), std::string::npos);
    const View month =
        line_chart({"b", "Balance", "", {{day("2026-02-10"), 100}}, day("2026-02-10"), day("2026-03-10")});
    EXPECT_EQ(count_of(rendered(month, "line_chart"), "2026"), 1U);
}

TEST(Chart, an_account_without_a_balance_has_axes_and_one_day_is_wide_enough) {
    for (const auto& steps : {std::vector<Step>{}, std::vector<Step>{{day("2026-01-01"), 0}}}) {
        const auto svg = rendered(
            line_chart({"b", "Balance", "", steps, day("2026-01-01"), day("2026-01-01")}), "line_chart");
        EXPECT_EQ(count_of(svg, "app-chart__zero"), 1U);
        EXPECT_EQ(svg.find("nan"), std::string::npos);
        EXPECT_EQ(svg.find("inf"), std::string::npos);
    }
}

TEST(Chart, bars_are_as_long_as_their_values_and_leave_room_for_what_is_said) {
    const View chart = bar_chart({"w",
                                  "Work",
                                  "Open work of each patch",
                                  {{"North <1>", 10, "10"}, {"South", 5, "5"}, {"West", 0, "0"}}});
    const auto svg = rendered(chart, "bar_chart");
    EXPECT_NE(svg.find("width=\"374.0\""), std::string::npos) << svg;
    EXPECT_NE(svg.find("width=\"187.0\""), std::string::npos);
    EXPECT_NE(svg.find("width=\"1.0\""), std::string::npos);
    EXPECT_NE(svg.find("North &lt;1&gt;"), std::string::npos);
    EXPECT_NE(svg.find("viewBox=\"0 0 400.0 132.0\""), std::string::npos);
}

TEST(Chart, a_long_label_is_shortened_by_whole_letters) {
    std::string label;
    for (int i = 0; i < 60; ++i) {
        label += "é";
    }
    const auto svg = rendered(bar_chart({"w", "Work", "", {{label, 1, "1"}}}), "bar_chart");
    EXPECT_EQ(count_of(svg, "é"), 48U);
    EXPECT_EQ(count_of(svg, "…"), 1U);
    EXPECT_NE(rendered(bar_chart({"w", "Work", "", {}}), "bar_chart").find("<svg"), std::string::npos);
}

}  // namespace
}  // namespace tenantry::web
