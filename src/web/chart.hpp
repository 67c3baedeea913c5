// Charts that the server draws: where each line, bar and label of an SVG stands. The templates line_chart and
// bar_chart draw what is said here; the page puts a table with the same numbers beside each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "web/template.hpp"

namespace tenantry::web {

/// Round values at even steps (1, 2 or 5 times a power of ten) that enclose the range: at least two of them,
/// at most most + 2.
[[nodiscard]] std::vector<std::int64_t> round_ticks(std::int64_t lowest, std::int64_t highest, int most);

/// A value that holds from a day until the next one.
struct Step {
    Date from;
    std::int64_t value = 0;
};
/// An amount of money over time, as a line of steps.
struct LineChart {
    std::string id;           ///< of the SVG within its page
    std::string title;        ///< what screen readers call it
    std::string description;  ///< what it shows, in words
    std::vector<Step> steps;  ///< in order of their days, the first on or before `from`; none: an empty chart
    Date from;
    Date until;
};
/// For {{#chart}}{{>line_chart}}{{/chart}}. Values are pence, their labels pounds.
[[nodiscard]] View line_chart(const LineChart& chart);

struct Bar {
    std::string label;
    std::int64_t value = 0;  ///< not negative
    std::string said;        ///< the value in words or digits, beside the bar
};
struct BarChart {
    std::string id;
    std::string title;
    std::string description;
    std::vector<Bar> bars;  ///< from top to bottom
};
/// Horizontal bars under their labels, for {{#chart}}{{>bar_chart}}{{/chart}}.
[[nodiscard]] View bar_chart(const BarChart& chart);

}  // namespace tenantry::web
