#include "api/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace tenantry::api {

void Metrics::count(int status, std::chrono::nanoseconds took, std::chrono::nanoseconds in_database) {
    by_class_[static_cast<std::size_t>(std::clamp(status / 100, 0, 5))].fetch_add(1,
                                                                                  std::memory_order_relaxed);
    const double seconds = std::chrono::duration<double>(took).count();
    const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), seconds) - kBounds.begin();
    buckets_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    total_ns_.fetch_add(static_cast<std::uint64_t>(took.count()), std::memory_order_relaxed);
    database_ns_.fetch_add(static_cast<std::uint64_t>(in_database.count()), std::memory_order_relaxed);
}

void Metrics::count_audit_head(bool delivered) {
    (delivered ? heads_ : heads_failed_).fetch_add(1, std::memory_order_relaxed);
    if (delivered) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        last_head_.store(std::chrono::floor<std::chrono::seconds>(now).count(), std::memory_order_relaxed);
    }
}

std::optional<std::chrono::system_clock::time_point> Metrics::last_audit_head() const {
    const auto seconds = last_head_.load(std::memory_order_relaxed);
    return seconds > 0 ? std::optional{std::chrono::system_clock::time_point{std::chrono::seconds{seconds}}}
                       : std::nullopt;
}

std::string Metrics::text() const {
    std::string text =
        "# HELP tenantry_requests_total Requests answered, by class of status.\n# TYPE "
        "tenantry_requests_total counter\n";
    auto out = std::back_inserter(text);
    for (std::size_t i = 1; i < by_class_.size(); ++i) {
        fmt::format_to(out, "tenantry_requests_total{{status=\"{}xx\"}} {}\n", i,
                       by_class_[i].load(std::memory_order_relaxed));
    }
    text +=
        "# HELP tenantry_request_seconds Time from a request's first byte to its answer.\n# TYPE "
        "tenantry_request_seconds histogram\n";
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        below += buckets_[i].load(std::memory_order_relaxed);
        fmt::format_to(out, "tenantry_request_seconds_bucket{{le=\"{}\"}} {}\n", kBounds[i], below);
    }
    below += buckets_.back().load(std::memory_order_relaxed);
    fmt::format_to(out, "tenantry_request_seconds_bucket{{le=\"+Inf\"}} {}\n", below);
    fmt::format_to(out, "tenantry_request_seconds_sum {}\n",
                   static_cast<double>(total_ns_.load(std::memory_order_relaxed)) / 1e9);
    fmt::format_to(out, "tenantry_request_seconds_count {}\n", below);
    text +=
        "# HELP tenantry_database_seconds_total Time spent in the database.\n# TYPE "
        "tenantry_database_seconds_total counter\n";
    fmt::format_to(out, "tenantry_database_seconds_total {}\n",
                   static_cast<double>(database_ns_.load(std::memory_order_relaxed)) / 1e9);
    text +=
        "# HELP tenantry_audit_heads_total Signed heads of the journal that were handed out.\n# TYPE "
        "tenantry_audit_heads_total counter\n";
    fmt::format_to(out, "tenantry_audit_heads_total {}\n", heads_.load(std::memory_order_relaxed));
    text +=
        "# HELP tenantry_audit_heads_failed_total Attempts to hand one out that failed.\n# TYPE "
        "tenantry_audit_heads_failed_total counter\n";
    fmt::format_to(out, "tenantry_audit_heads_failed_total {}\n",
                   heads_failed_.load(std::memory_order_relaxed));
    return text;
}

}  // namespace tenantry::api
