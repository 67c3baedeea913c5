#include "api/hackney/routes.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "api/hackney/reply.hpp"
#include "base/ascii.hpp"

namespace tenantry::api::hackney {

namespace {

constexpr std::array<std::string_view, 4> kOwn{"/v1", "/v2", "/api/v1/", "/api/config/"};

/// A page of any other site may ask, but only with a token of its own: no cookie counts here.
constexpr std::string_view kCrossOrigin = "Access-Control-Allow-Origin: *\r\n";

http::Response preflight() {
    http::Response response = empty_reply(204);
    response.add_header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
    response.add_header("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key");
    response.add_header("Access-Control-Max-Age", "86400");
    return response;
}

/// Whether officers log in at this path, in whatever case it is written.
bool is_login(std::string_view path) {
    return lower_case(path).find("/v1/login/") != std::string::npos;
}

/// JSON; where an officer logs in, a form as well.
bool supports_body(const http::Request& request) {
    if (!Params::is_supported_body(request)) {
        return false;
    }
    const auto type = request.header("content-type").value_or("");
    return request.body.empty() || type.find("json") != std::string_view::npos || is_login(request.path);
}

const std::vector<Route>& all_routes() {
    static const std::vector<Route> kAll = [] {
        std::vector<Route> all;
        for (const auto group : {account_routes(), patch_routes(), contact_routes(), interaction_routes(),
                                 association_routes(), estate_routes(), meeting_routes(), issue_routes(),
                                 issue_list_routes(), v2_meeting_routes(), system_routes()}) {
            all.insert(all.end(), group.begin(), group.end());
        }
        return all;
    }();
    return kAll;
}

}  // namespace

Api api() {
    return {.routes = all_routes(),
            .refuse = fail_in_array,
            .refuse_status = refuse_status,
            .paths = Paths::AnyCase,
            .other_prefix = "/manageatenancy",
            .own_prefixes = kOwn,
            .credentials = CredentialKind::Token,
            .reads_params = false,
            .supports_body = supports_body,
            .headers = kCrossOrigin,
            .takes_repeat_keys = true,
            .preflight = preflight};
}

}  // namespace tenantry::api::hackney
