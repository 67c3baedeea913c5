#include "api/metrics.hpp"

#include <gtest/gtest.h>

#include "api/service.hpp"

namespace tenantry::api {
namespace {

using namespace std::chrono_literals;

Result<http::Response> nothing(Call& /*call*/) {
    return http::Response{};
}

bool has_line(const std::string& text, std::string_view line) {
    return ("\n" + text).find("\n" + std::string{line} + "\n") != std::string::npos;
}

TEST(MetricsText, a_family_is_told_of_once_and_its_samples_follow) {
    MetricsText text;
    text.family(MetricsText::Kind::Gauge, "waiting", "How many wait.");
    text.sample(std::uint64_t{3}, "pool=\"slow\"");
    text.sample(0.25, "pool=\"password\"");
    text.one(MetricsText::Kind::Counter, "done_total", "How many are done.",
             std::uint64_t{1'234'567'890'123});
    EXPECT_EQ(text.take(),
              "# HELP waiting How many wait.\n# TYPE waiting gauge\nwaiting{pool=\"slow\"} 3\n"
              "waiting{pool=\"password\"} 0.25\n# HELP done_total How many are done.\n"
              "# TYPE done_total counter\ndone_total 1234567890123\n");
}

TEST(MetricsText, steps_of_a_histogram_hold_those_below_them) {
    Histogram histogram;
    histogram.count(400us);
    histogram.count(4ms);
    histogram.count(20s);
    MetricsText text;
    text.family(MetricsText::Kind::Histogram, "took_seconds", "How long it took.");
    text.sample(histogram.read(), "run=\"read\"");
    const auto all = text.take();
    EXPECT_TRUE(has_line(all, "took_seconds_bucket{run=\"read\",le=\"0.0005\"} 1"));
    EXPECT_TRUE(has_line(all, "took_seconds_bucket{run=\"read\",le=\"0.0025\"} 1"));
    EXPECT_TRUE(has_line(all, "took_seconds_bucket{run=\"read\",le=\"0.005\"} 2"));
    EXPECT_TRUE(has_line(all, "took_seconds_bucket{run=\"read\",le=\"10\"} 2"));
    EXPECT_TRUE(has_line(all, "took_seconds_bucket{run=\"read\",le=\"+Inf\"} 3"));
    EXPECT_TRUE(has_line(all, "took_seconds_sum{run=\"read\"} 20.0044"));
    EXPECT_TRUE(has_line(all, "took_seconds_count{run=\"read\"} 3"));
    text.sample(histogram.read());
    EXPECT_TRUE(has_line(text.take(), "took_seconds_bucket{le=\"0.0005\"} 1"));
}

TEST(Metrics, each_kind_of_run_has_its_own_times) {
    Metrics metrics;
    metrics.count_run(Run::Read, 1us, 1s);
    metrics.count_run(Run::Password, 1us, 500ms);
    metrics.count_run(Run::HashedWrite, 1us, 0s);
    metrics.count_login(LoginOutcome::Wrong);
    metrics.count_login(LoginOutcome::Throttled);
    metrics.count_login(LoginOutcome::Throttled);
    MetricsText text;
    metrics.write(text);
    const auto all = text.take();
    EXPECT_TRUE(has_line(all, "tenantry_request_seconds_count{run=\"read\"} 1"));
    EXPECT_TRUE(has_line(all, "tenantry_request_seconds_count{run=\"write\"} 0"));
    EXPECT_TRUE(has_line(all, "tenantry_request_seconds_count{run=\"password\"} 2"));
    EXPECT_TRUE(has_line(all, "tenantry_database_seconds_total 1.5"));
    EXPECT_TRUE(has_line(all, "tenantry_logins_total{outcome=\"right\"} 0"));
    EXPECT_TRUE(has_line(all, "tenantry_logins_total{outcome=\"wrong\"} 1"));
    EXPECT_TRUE(has_line(all, "tenantry_logins_total{outcome=\"throttled\"} 2"));
}

TEST(RouteCounts, a_request_counts_for_its_line_of_the_table_and_no_client_makes_a_new_one) {
    static const Route kFirst[] = {
        {"GET", "/a/{id}", Guard::signed_in(), Csrf::NotNeeded, Run::Read, nothing},
        {"POST", "/a/{id}", Guard::signed_in(), Csrf::NotNeeded, Run::Write, nothing},
    };
    static const Route kSecond[] = {
        {"GET", "/b", Guard::signed_in(), Csrf::NotNeeded, Run::Read, nothing},
        {"GET", "/c", Guard::signed_in(), Csrf::NotNeeded, Run::Read, nothing},
    };
    const std::vector<Api> apis{{kFirst, nullptr, nullptr}, {kSecond, nullptr, nullptr}};
    RouteCounts counts{apis};
    counts.count(apis[0], &kFirst[1], 200);
    counts.count(apis[0], &kFirst[1], 503);
    counts.count(apis[1], &kSecond[1], 404);
    counts.count(apis[1], nullptr, 405);
    counts.count_unknown(400);
    MetricsText text;
    counts.write(text);
    const auto all = text.take();
    EXPECT_TRUE(has_line(all, R"(tenantry_requests_total{method="POST",route="/a/{id}",status="2xx"} 1)"));
    EXPECT_TRUE(has_line(all, R"(tenantry_requests_total{method="POST",route="/a/{id}",status="4xx"} 0)"));
    EXPECT_TRUE(has_line(all, R"(tenantry_requests_total{method="POST",route="/a/{id}",status="5xx"} 1)"));
    EXPECT_TRUE(has_line(all, R"(tenantry_requests_total{method="GET",route="/c",status="4xx"} 1)"));
    EXPECT_TRUE(has_line(all, R"(tenantry_requests_total{method="-",route="unknown",status="4xx"} 2)"));
    EXPECT_EQ(all.find("route=\"/b\""), std::string::npos) << "nobody asked for it";
    EXPECT_EQ(all.find(R"(method="GET",route="/a/{id}")"), std::string::npos);
}

}  // namespace
}  // namespace tenantry::api
