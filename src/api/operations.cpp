#include "api/operations.hpp"

#include <fmt/format.h>

#include "api/propops/reply.hpp"

namespace tenantry::api {

namespace {

http::Response text_response(std::string body) {
    http::Response response;
    response.headers = "Content-Type: text/plain; charset=utf-8\r\n";
    response.body = std::move(body);
    return response;
}

Result<http::Response> alive(Call& /*call*/) {
    return text_response("alive\n");
}

/// The snapshot that this handler runs in shows that the database answers; the keys were proved at the start.
Result<http::Response> ready(Call& call) {
    TRY(access::list_roles(call.work.tx()));
    return text_response("ready\n");
}

/// From loopback, or with the permission: a scraper beside the server needs no account.
Result<http::Response> metrics(Call& call) {
    const auto& address = call.request.client_address;
    if (address != "::1" && !address.starts_with("127.")) {
        const auto caller = TRY(access::authenticate(call.work.tx(), call.services.keys,
                                                     token_of(call.request, call.services.settings),
                                                     {access::Permission::MetricsView, std::nullopt},
                                                     call.work.now(), call.services.settings.session_times));
        if (!caller.permitted) {
            return access::kNotPermitted;
        }
    }
    auto response = text_response(
        call.services.metrics.text() +
        fmt::format(
            "# HELP tenantry_bulk_read_alarms_total Accounts that read unusually many records.\n# TYPE "
            "tenantry_bulk_read_alarms_total counter\ntenantry_bulk_read_alarms_total {}\n",
            call.services.reads.bulk_read_alarms()));
    response.headers = "Content-Type: text/plain; version=0.0.4; charset=utf-8\r\n";
    return response;
}

constexpr Route kRoutes[] = {
    {"GET", "/healthz", Guard::open("a probe has no account"), Csrf::NotNeeded, Run::Alone, alive},
    {"GET", "/readyz", Guard::open("a probe has no account"), Csrf::NotNeeded, Run::Read, ready},
    {"GET", "/metrics", Guard::open("checks loopback or the permission itself"), Csrf::NotNeeded, Run::Read,
     metrics},
};

}  // namespace

Api operations() {
    return {kRoutes, propops::refuse, propops::refuse_status};
}

}  // namespace tenantry::api
