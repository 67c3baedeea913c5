#include "api/router.hpp"

#include <gtest/gtest.h>

#include <array>

#include "api/service.hpp"

namespace tenantry::api {
namespace {

Result<http::Response> nothing(Call& /*call*/) {
    return http::Response{};
}

constexpr Guard kOpen = Guard::open("a test");
constexpr Route kExact[] = {
    {"GET", "/api/things", kOpen, Csrf::NotNeeded, Run::Read, nothing},
    {"POST", "/api/things", kOpen, Csrf::NotNeeded, Run::Write, nothing},
    {"GET", "/Things/{thing}/parts/{part}", kOpen, Csrf::NotNeeded, Run::Read, nothing},
    {"POST", "/Things/{thing}/parts/{part}", kOpen, Csrf::NotNeeded, Run::Write, nothing},
};
constexpr Route kAnyCase[] = {
    {"GET", "/v1/Accounts/ByTag", kOpen, Csrf::NotNeeded, Run::Read, nothing},
    {"GET", "/v1/TRA/GetAll", kOpen, Csrf::NotNeeded, Run::Read, nothing},
    {"PATCH", "/v1/TRA/{traId}", kOpen, Csrf::NotNeeded, Run::Write, nothing},
    {"POST", "/v1/TRA/{traId}/representative/{personName}/{role}", kOpen, Csrf::NotNeeded, Run::Write,
     nothing},
    {"DELETE", "/v1/TRA/{traId}/representative/{personName}", kOpen, Csrf::NotNeeded, Run::Write, nothing},
};
constexpr std::array<std::string_view, 1> kOwn{"/v1"};

class Routing : public testing::Test {
  protected:
    /// The path of the route that answers; empty where none does.
    std::string_view route_of(std::string_view method, std::string_view path) {
        match_ = router_.find(method, path);
        return match_.route != nullptr ? match_.route->path : std::string_view{};
    }

    std::array<Api, 2> apis_{Api{.routes = kExact, .refuse = nullptr, .refuse_status = nullptr},
                             Api{.routes = kAnyCase,
                                 .refuse = nullptr,
                                 .refuse_status = nullptr,
                                 .paths = Paths::AnyCase,
                                 .other_prefix = "/gateway",
                                 .own_prefixes = kOwn}};
    Router router_{apis_};
    Match match_;
};

TEST_F(Routing, exact_paths_are_exact) {
    EXPECT_EQ(route_of("GET", "/api/things"), "/api/things");
    EXPECT_EQ(route_of("HEAD", "/api/things"), "/api/things");
    for (const auto* path : {"/api/Things", "/api/things/", "/api", "/", ""}) {
        EXPECT_EQ(route_of("GET", path), "") << path;
        EXPECT_EQ(match_.api, &apis_[0]) << path;
        EXPECT_EQ(match_.allowed, "") << path;
    }
}

TEST_F(Routing, exact_paths_may_hold_values) {
    EXPECT_EQ(route_of("GET", "/Things/a%20b/parts/7"), "/Things/{thing}/parts/{part}");
    EXPECT_EQ(match_.values, (std::vector<std::string>{"a b", "7"}));
    EXPECT_EQ(match_.api, &apis_[0]);
    for (const auto* path : {"/things/a/parts/7", "/Things/a/parts/7/", "/Things//parts/7",
                             "/Things/a/Parts/7", "/gateway/Things/a/parts/7", "/Things/%zz/parts/7"}) {
        EXPECT_EQ(route_of("GET", path), "") << path;
    }
    EXPECT_EQ(route_of("PUT", "/Things/a/parts/7"), "");
    EXPECT_EQ(match_.allowed, "GET, HEAD, POST");
}

TEST_F(Routing, a_known_path_tells_its_methods) {
    EXPECT_EQ(route_of("DELETE", "/api/things"), "");
    EXPECT_EQ(match_.allowed, "GET, HEAD, POST");
    EXPECT_EQ(route_of("GET", "/v1/tra/3"), "");
    EXPECT_EQ(match_.allowed, "PATCH");
    EXPECT_EQ(match_.api, &apis_[1]);
}

TEST_F(Routing, other_paths_are_read_in_any_case_under_either_prefix_and_with_a_slash) {
    for (const auto* path : {"/v1/Accounts/ByTag", "/V1/ACCOUNTS/BYTAG", "/v1/accounts/bytag/",
                             "/gateway/v1/Accounts/ByTag", "/Gateway/V1/accounts/ByTag/"}) {
        EXPECT_EQ(route_of("GET", path), "/v1/Accounts/ByTag") << path;
    }
    for (const auto* path :
         {"/v1/Accounts/ByTag//", "/gatewayv1/Accounts/ByTag", "/gateway/gateway/v1/Accounts/ByTag",
          "/v1/Accounts", "/v1/Accounts/ByTag/x", "/gateway", "/gateway/", "//v1/Accounts/ByTag"}) {
        EXPECT_EQ(route_of("GET", path), "") << path;
    }
}

TEST_F(Routing, unknown_paths_are_refused_by_whom_they_belong_to) {
    for (const auto* path : {"/v1/x", "/V1/x", "/v1", "/gateway/x", "/gateway/v1/x"}) {
        EXPECT_EQ(route_of("GET", path), "");
        EXPECT_EQ(match_.api, &apis_[1]) << path;
    }
    EXPECT_EQ(route_of("GET", "/elsewhere"), "");
    EXPECT_EQ(match_.api, &apis_[0]);
}

TEST_F(Routing, places_take_any_segment_as_it_was_sent_and_decoded) {
    EXPECT_EQ(route_of("PATCH", "/v1/tra/3"), "/v1/TRA/{traId}");
    EXPECT_EQ(match_.values, std::vector<std::string>{"3"});
    EXPECT_EQ(route_of("POST", "/gateway/v1/TRA/3/REPRESENTATIVE/Cy%20O%27Chair%2FJr/Chair/"),
              "/v1/TRA/{traId}/representative/{personName}/{role}");
    EXPECT_EQ(match_.values, (std::vector<std::string>{"3", "Cy O'Chair/Jr", "Chair"}));
    EXPECT_EQ(route_of("DELETE", "/v1/TRA/3/representative/Cy+C"),
              "/v1/TRA/{traId}/representative/{personName}");
    EXPECT_EQ(match_.values, (std::vector<std::string>{"3", "Cy+C"}));
    for (const auto* path : {"/v1/tra/", "/v1/tra//", "/v1/tra/%zz", "/v1/tra/3/representative"}) {
        EXPECT_EQ(route_of("PATCH", path), "") << path;
    }
}

TEST_F(Routing, a_written_path_goes_before_one_with_places) {
    EXPECT_EQ(route_of("GET", "/v1/tra/getall"), "/v1/TRA/GetAll");
}

}  // namespace
}  // namespace tenantry::api
