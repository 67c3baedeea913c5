#include "api/route.hpp"

#include <gtest/gtest.h>

#include <set>

#include "api/hackney/routes.hpp"
#include "api/operations.hpp"
#include "api/propops/routes.hpp"
#include "api/swagger.hpp"

namespace tenantry::api {
namespace {

template <class... Parts>
concept MakesRoute = requires(Parts... parts) {
    Route{parts...};
};

// A route that does not say who may call it does not compile: Guard has no default, and stands before the
// rest.
static_assert(!std::is_default_constructible_v<Guard>);
static_assert(MakesRoute<std::string_view, std::string_view, Guard, Csrf, Run, Handler>);
static_assert(!MakesRoute<std::string_view, std::string_view>);
static_assert(!MakesRoute<std::string_view, std::string_view, Csrf, Run, Handler>);

TEST(Routes, every_verb_and_path_stands_once) {
    std::set<std::pair<std::string_view, std::string_view>> seen;
    for (const auto& api : {propops::api(), hackney::api(), operations(), swagger()}) {
        for (const auto& route : api.routes) {
            EXPECT_TRUE(seen.emplace(route.method, route.path).second) << route.method << ' ' << route.path;
        }
    }
    EXPECT_GT(seen.size(), 30U);
}

TEST(Routes, every_write_of_a_signed_in_caller_spends_a_csrf_token) {
    for (const auto& route : propops::routes()) {
        const bool writes = route.method != "GET";
        // Its bearer token is proof enough: no browser sends one unasked (contract section 2.4). And so is a
        // password.
        const bool exempt = route.guard.is_open() || route.path == "/api/security/mobile-auth" ||
                            route.path == "/api/security/confirm-password";
        EXPECT_EQ(route.csrf == Csrf::Spent, writes && !exempt) << route.method << ' ' << route.path;
    }
}

TEST(Routes, what_spends_a_csrf_token_runs_as_a_write) {
    for (const auto& route : propops::routes()) {
        if (route.csrf == Csrf::Spent) {
            EXPECT_EQ(route.run, Run::Write) << route.method << ' ' << route.path;
        }
    }
}

}  // namespace
}  // namespace tenantry::api
