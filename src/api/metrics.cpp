#include "api/metrics.hpp"

namespace tenantry::api {

namespace {

using Kind = MetricsText::Kind;

/// Both that run on the pool for passwords are told as one.
std::size_t place_of(Run run) {
    switch (run) {
        case Run::Alone:
        case Run::Read:
            return 0;
        case Run::Write:
            return 1;
        case Run::Slow:
            return 2;
        case Run::Password:
        case Run::HashedWrite:
            return 3;
    }
    VERIFY(false);
}

}  // namespace

void Metrics::count_run(Run run, std::chrono::nanoseconds took, std::chrono::nanoseconds in_database) {
    by_run_[place_of(run)].count(took);
    database_ns_.fetch_add(in_database.count(), std::memory_order_relaxed);
}

void Metrics::count_audit_head(bool delivered) {
    add_one(delivered ? heads_ : heads_failed_);
    if (delivered) {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        last_head_.store(std::chrono::floor<std::chrono::seconds>(now).count(), std::memory_order_relaxed);
    }
}

void Metrics::set_audit_heads(std::int64_t event, std::chrono::steady_clock::time_point since) {
    heads_event_.store(event, std::memory_order_relaxed);
    heads_since_.store(since, std::memory_order_relaxed);
}

std::optional<std::chrono::system_clock::time_point> Metrics::last_audit_head() const {
    const auto seconds = last_head_.load(std::memory_order_relaxed);
    return seconds > 0 ? std::optional{std::chrono::system_clock::time_point{std::chrono::seconds{seconds}}}
                       : std::nullopt;
}

void Metrics::write(MetricsText& text) const {
    constexpr std::string_view kRuns[] = {"run=\"read\"", "run=\"write\"", "run=\"slow\"",
                                          "run=\"password\""};
    text.family(Kind::Histogram, "tenantry_request_seconds",
                "Time from a request's first byte to its answer, by how its route runs.");
    for (std::size_t i = 0; i < by_run_.size(); ++i) {
        text.sample(by_run_[i].read(), kRuns[i]);
    }
    text.one(Kind::Counter, "tenantry_database_seconds_total", "Time that requests spent in the database.",
             seconds_of(std::chrono::nanoseconds{database_ns_.load(std::memory_order_relaxed)}));
    text.one(Kind::Histogram, "tenantry_snapshot_seconds",
             "How long read snapshots were held; the write-ahead log grows meanwhile.", snapshots_.read());
    constexpr std::string_view kLogins[] = {"outcome=\"right\"", "outcome=\"wrong\"",
                                            "outcome=\"throttled\""};
    text.family(Kind::Counter, "tenantry_logins_total",
                "Passwords entered; a throttled one was not looked at.");
    for (std::size_t i = 0; i < logins_.size(); ++i) {
        text.sample(read(logins_[i]), kLogins[i]);
    }
    text.one(Kind::Counter, "tenantry_rate_limited_total",
             "Requests refused because their address or account made too many in a minute.",
             read(rate_limited_));
    write_audit_heads(text);
    for (const auto& source : sources_) {
        source(text);
    }
}

void Metrics::write_audit_heads(MetricsText& text) const {
    text.one(Kind::Counter, "tenantry_audit_heads_total", "Signed heads of the journal that were handed out.",
             read(heads_));
    text.one(Kind::Counter, "tenantry_audit_heads_failed_total", "Attempts to hand one out that failed.",
             read(heads_failed_));
    text.one(Kind::Gauge, "tenantry_audit_head_age_seconds",
             "Time since a signed head was handed out to the place that waits longest; since the start where "
             "none was.",
             seconds_of(std::chrono::steady_clock::now() - heads_since_.load(std::memory_order_relaxed)));
}

}  // namespace tenantry::api
