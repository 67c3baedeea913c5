#include "web/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/verify.hpp"

namespace tenantry::web {

namespace {

/// The drawing's own units. A phone shows it at two thirds of them, a desk a little enlarged.
constexpr double kWidth = 480;
constexpr double kHeight = 240;
/// Around the plot: for the labels of the values, of the months, and half of a label that stands at an edge.
constexpr double kLeft = 68;
constexpr double kBottom = 30;
constexpr double kTop = 12;
constexpr double kRight = 12;
constexpr int kTicksMost = 5;
/// A label of a month needs so much of the axis.
constexpr double kMonthLabel = 78;

constexpr double kBarRow = 44;
constexpr double kBarHeight = 16;
constexpr double kBarLabelHeight = 20;
constexpr double kBarsWidth = 400;
constexpr std::size_t kBarLabelMost = 48;  ///< characters that fit the width

constexpr std::int64_t kPencePerPound = 100;

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// A coordinate, to a tenth.
std::string at(double place) {
    return fmt::format("{:.1f}", place);
}

/// Where values and days stand in the plot.
struct Scale {
    std::int64_t first_day;
    std::int64_t last_day;
    std::int64_t lowest;
    std::int64_t highest;

    [[nodiscard]] double x(std::int64_t day) const {
        const auto share = static_cast<double>(std::clamp(day, first_day, last_day) - first_day) /
                           static_cast<double>(last_day - first_day);
        return kLeft + share * (kWidth - kLeft - kRight);
    }
    [[nodiscard]] double y(std::int64_t value) const {
        const auto share = (static_cast<double>(value) - static_cast<double>(lowest)) /
                           (static_cast<double>(highest) - static_cast<double>(lowest));
        return kHeight - kBottom - share * (kHeight - kTop - kBottom);
    }
};

/// "£1,200", "−£50"; whole pounds, and pence where the steps are smaller.
std::string say_pounds(std::int64_t pence, bool with_pence) {
    const std::string sign = pence < 0 ? "−" : "";
    const auto size = std::abs(pence);
    std::string digits = std::to_string(size / kPencePerPound);
    for (std::size_t from_end = 3; from_end < digits.size(); from_end += 4) {
        digits.insert(digits.size() - from_end, ",");
    }
    return sign + "£" + digits + (with_pence ? fmt::format(".{:02}", size % kPencePerPound) : "");
}

std::string path_of(const LineChart& chart, const Scale& scale) {
    std::string path;
    for (const auto& step : chart.steps) {
        const std::string x = at(scale.x(to_days(step.from)));
        path += path.empty() ? fmt::format("M{} {}", x, at(scale.y(step.value)))
                             : fmt::format("H{}V{}", x, at(scale.y(step.value)));
    }
    return path.empty() ? path : path + "H" + at(kWidth - kRight);
}

/// The first days of months, as many as there is room for.
std::vector<View> months_of(const LineChart& chart, const Scale& scale) {
    using std::chrono::months;
    const double room = kWidth - kLeft - kRight;
    const auto in_all = static_cast<double>(scale.last_day - scale.first_day) / 30.4;
    const int every = std::max(1, static_cast<int>(std::ceil(in_all * kMonthLabel / room)));
    std::vector<View> ticks;
    auto month = chart.from.year() / chart.from.month();
    for (month += months{1}; to_days(month / 1) <= scale.last_day; month += months{every}) {
        const double x = scale.x(to_days(month / 1));
        const auto name = kMonths.at(static_cast<unsigned>(month.month()) - 1);
        ticks.push_back(
            view_of({{"x", View{at(x)}},
                     {"label", View{fmt::format("{} {}", name, static_cast<int>(month.year()))}},
                     {"anchor", View{std::string{x > kWidth - kMonthLabel / 2 ? "end" : "middle"}}}}));
    }
    return ticks;
}

std::vector<View> values_of(const std::vector<std::int64_t>& ticks, const Scale& scale) {
    const bool with_pence =
        std::any_of(ticks.begin(), ticks.end(), [](auto tick) { return tick % kPencePerPound != 0; });
    std::vector<View> views;
    views.reserve(ticks.size());
    for (const auto tick : ticks) {
        views.push_back(view_of({{"y", View{at(scale.y(tick))}},
                                 {"text_y", View{at(scale.y(tick) + 5)}},
                                 {"label", View{say_pounds(tick, with_pence)}},
                                 {"zero", flag(tick == 0)}}));
    }
    return views;
}

View frame_of(const std::string& id, const std::string& title, const std::string& description, double width,
              double height) {
    return view_of({{"id", View{id}},
                    {"title", View{title}},
                    {"description", View{description}},
                    {"width", View{at(width)}},
                    {"height", View{at(height)}}});
}

/// At most so many characters of the text, with "…" where there are more.
std::string shortened(const std::string& text, std::size_t characters_most) {
    std::size_t characters = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U;
        if (begins && ++characters > characters_most) {
            return text.substr(0, i) + "…";
        }
    }
    return text;
}

}  // namespace

std::vector<std::int64_t> round_ticks(std::int64_t lowest, std::int64_t highest, int most) {
    VERIFY(lowest <= highest && most > 0);
    const auto range = std::max<double>(1, static_cast<double>(highest) - static_cast<double>(lowest));
    const double least = range / most;
    const double power = std::pow(10, std::floor(std::log10(std::max(1.0, least))));
    double step = power;
    for (const double times : {1.0, 2.0, 5.0, 10.0}) {
        step = times * power;
        if (step >= least) {
            break;
        }
    }
    const auto by = static_cast<std::int64_t>(step);
    std::int64_t tick = lowest / by * by;
    if (tick > lowest) {
        tick -= by;
    }
    std::vector<std::int64_t> ticks{tick};
    do {
        tick += by;
        ticks.push_back(tick);
    } while (tick < highest);
    return ticks;
}

View line_chart(const LineChart& chart) {
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
    for (const auto& step : chart.steps) {
        lowest = std::min(lowest, step.value);
        highest = std::max(highest, step.value);
    }
    // An account that owes nothing has an axis all the same: a pound.
    const auto ticks = round_ticks(lowest, lowest == highest ? kPencePerPound : highest, kTicksMost);
    const Scale scale{to_days(chart.from), std::max(to_days(chart.until), to_days(chart.from) + 1),
                      ticks.front(), ticks.back()};
    View view = frame_of(chart.id, chart.title, chart.description, kWidth, kHeight);
    view["left"] = View{at(kLeft)};
    view["label_x"] = View{at(kLeft - 8)};
    view["right"] = View{at(kWidth - kRight)};
    view["bottom"] = View{at(kHeight - kBottom)};
    view["tick_bottom"] = View{at(kHeight - kBottom + 5)};
    view["months_y"] = View{at(kHeight - 8)};
    view["path"] = View{path_of(chart, scale)};
    set_list(view, "values", values_of(ticks, scale));
    set_list(view, "months", months_of(chart, scale));
    return view;
}

View bar_chart(const BarChart& chart) {
    std::int64_t highest = 1;
    std::size_t said_most = 0;
    for (const auto& bar : chart.bars) {
        VERIFY(bar.value >= 0);
        highest = std::max(highest, bar.value);
        said_most = std::max(said_most, bar.said.size());
    }
    constexpr double kCharacter = 9;
    const double longest = kBarsWidth - 8 - kCharacter * static_cast<double>(said_most);
    std::vector<View> bars;
    bars.reserve(chart.bars.size());
    double y = 0;
    for (const auto& bar : chart.bars) {
        const double length = std::max(
            1.0, std::max(1.0, longest) * static_cast<double>(bar.value) / static_cast<double>(highest));
        bars.push_back(view_of({{"label", View{shortened(bar.label, kBarLabelMost)}},
                                {"said", View{bar.said}},
                                {"label_y", View{at(y + kBarLabelHeight - 5)}},
                                {"y", View{at(y + kBarLabelHeight)}},
                                {"bar_height", View{at(kBarHeight)}},
                                {"length", View{at(length)}},
                                {"said_x", View{at(length + 6)}},
                                {"said_y", View{at(y + kBarLabelHeight + kBarHeight - 3)}}}));
        y += kBarRow;
    }
    View view = frame_of(chart.id, chart.title, chart.description, kBarsWidth, std::max(y, 1.0));
    set_list(view, "bars", std::move(bars));
    return view;
}

}  // namespace tenantry::web
