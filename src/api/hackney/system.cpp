// Probes and what is left of the original's administration (contract 4.13).
#include "api/hackney/reply.hpp"
#include "api/hackney/routes.hpp"

namespace tenantry::api::hackney {

namespace {

Result<http::Response> ping(Call& /*call*/) {
    return json_reply(200, R"({"success":true})");
}

/// mat-service-api takes this answer as the sign of life.
Result<http::Response> values(Call& /*call*/) {
    return utf8_reply(200, R"(["value1","value2"])");
}

/// The original shows its settings and secrets here, if it is told to. Ours never does.
Result<http::Response> configuration(Call& /*call*/) {
    return utf8_reply(401, R"({"code":401,"message":"This is method is disabled"})");
}

constexpr Guard kDisabled = Guard::open("it shows nothing to anybody");
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr Route kRoutes[] = {
    {"GET", "/api/v1/healthcheck/ping", Guard::open("a probe has no account"), kNoCsrf, Run::Read, ping},
    {"GET", "/Values", Guard::signed_in(), kNoCsrf, Run::Read, values},
    {"GET", "/api/config/environment-variables", kDisabled, kNoCsrf, Run::Read, configuration},
    {"GET", "/api/config/api-configuration", kDisabled, kNoCsrf, Run::Read, configuration},
};

}  // namespace

std::span<const Route> system_routes() {
    return kRoutes;
}

}  // namespace tenantry::api::hackney
