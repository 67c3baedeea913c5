#include "api/metrics_text.hpp"

#include <fmt/format.h>

#include <iterator>

namespace tenantry::api {

void MetricsText::family(Kind kind, std::string_view name, std::string_view help) {
    constexpr std::string_view kKinds[] = {"counter", "gauge", "histogram"};
    name_ = name;
    fmt::format_to(std::back_inserter(text_), "# HELP {0} {1}\n# TYPE {0} {2}\n", name, help,
                   kKinds[static_cast<std::size_t>(kind)]);
}

void MetricsText::begin_sample(std::string_view suffix, std::string_view labels) {
    text_ += name_;
    text_ += suffix;
    if (!labels.empty()) {
        text_ += '{';
        text_ += labels;
        text_ += '}';
    }
    text_ += ' ';
}

void MetricsText::sample(std::uint64_t value, std::string_view labels) {
    begin_sample("", labels);
    fmt::format_to(std::back_inserter(text_), "{}\n", value);
}

void MetricsText::sample(double value, std::string_view labels) {
    begin_sample("", labels);
    fmt::format_to(std::back_inserter(text_), "{}\n", value);
}

void MetricsText::sample(const Histogram::Counts& counts, std::string_view labels) {
    const std::string before = labels.empty() ? std::string{} : std::string{labels} + ',';
    std::uint64_t so_far = 0;
    for (std::size_t i = 0; i < counts.by_step.size(); ++i) {
        so_far += counts.by_step[i];
        const std::string end = i < Histogram::kSteps.size()
                                    ? fmt::format("{}", seconds_of(Histogram::kSteps[i]))
                                    : std::string{"+Inf"};
        begin_sample("_bucket", fmt::format("{}le=\"{}\"", before, end));
        fmt::format_to(std::back_inserter(text_), "{}\n", so_far);
    }
    begin_sample("_sum", labels);
    fmt::format_to(std::back_inserter(text_), "{}\n", seconds_of(counts.in_all));
    begin_sample("_count", labels);
    fmt::format_to(std::back_inserter(text_), "{}\n", so_far);
}

}  // namespace tenantry::api
