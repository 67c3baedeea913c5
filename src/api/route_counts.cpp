#include "api/route_counts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "api/service.hpp"

namespace tenantry::api {

namespace {

std::size_t count_routes(std::span<const Api> apis) {
    std::size_t all = 0;
    for (const Api& api : apis) {
        all += api.routes.size();
    }
    return all;
}

template <class Counts>
void write_route(MetricsText& text, std::string_view method, std::string_view path, const Counts& counts) {
    for (std::size_t i = 1; i < counts.size(); ++i) {  // no answer is of the first class
        text.sample(counts[i].load(std::memory_order_relaxed),
                    fmt::format(R"(method="{}",route="{}",status="{}xx")", method, path, i + 1));
    }
}

}  // namespace

RouteCounts::RouteCounts(std::span<const Api> apis) : apis_(apis), by_route_(count_routes(apis)) {
    first_of_api_.reserve(apis.size());
    std::size_t first = 0;
    for (const Api& api : apis) {
        first_of_api_.push_back(first);
        first += api.routes.size();
    }
}

std::size_t RouteCounts::class_of(int status) {
    return static_cast<std::size_t>(std::clamp(status / 100, 1, 5) - 1);
}

void RouteCounts::count(const Api& api, const Route* route, int status) {
    if (route == nullptr) {
        count_unknown(status);
        return;
    }
    const auto place = first_of_api_[static_cast<std::size_t>(&api - apis_.data())] +
                       static_cast<std::size_t>(route - api.routes.data());
    by_route_[place][class_of(status)].fetch_add(1, std::memory_order_relaxed);
}

void RouteCounts::write(MetricsText& text) const {
    text.family(
        MetricsText::Kind::Counter, "tenantry_requests_total",
        "Requests answered, by line of the route table and class of status; what has no line is unknown.");
    write_route(text, "-", "unknown", unknown_);
    std::size_t place = 0;
    for (const Api& api : apis_) {
        for (const Route& route : api.routes) {
            const Counts& counts = by_route_[place++];
            // All classes of a route at once, so that its first failure is seen to rise from none.
            const bool was_asked = std::ranges::any_of(
                counts, [](const auto& count) { return count.load(std::memory_order_relaxed) > 0; });
            if (was_asked) {
                write_route(text, route.method, route.path, counts);
            }
        }
    }
}

}  // namespace tenantry::api
