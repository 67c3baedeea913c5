#include "api/swagger.hpp"

#include "api/embedded_files.hpp"
#include "api/propops/reply.hpp"

namespace tenantry::api {

namespace {

/// Everything from here; Swagger UI draws its icons from data: URLs and sets styles on elements.
constexpr std::string_view kPolicy =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n";

http::Response file_response(std::string_view media_type, std::string_view content) {
    http::Response response;
    response.headers = kPolicy;
    response.headers += "Cache-Control: no-cache\r\n";
    response.add_header("Content-Type", media_type);
    response.body = content;
    return response;
}

template <std::string_view (*File)()>
Result<http::Response> page(Call& /*call*/) {
    return file_response("text/html; charset=utf-8", File());
}
template <std::string_view (*File)()>
Result<http::Response> script(Call& /*call*/) {
    return file_response("text/javascript; charset=utf-8", File());
}
template <std::string_view (*File)()>
Result<http::Response> style(Call& /*call*/) {
    return file_response("text/css; charset=utf-8", File());
}
template <std::string_view (*File)()>
Result<http::Response> image(Call& /*call*/) {
    return file_response("image/png", File());
}
template <std::string_view (*File)()>
Result<http::Response> description(Call& /*call*/) {
    return file_response("application/yaml; charset=utf-8", File());
}

constexpr Guard kPublic = Guard::open("the description of the API holds no data");
constexpr Csrf kNoCsrf = Csrf::NotNeeded;

constexpr Route kRoutes[] = {
    {"GET", "/swagger", kPublic, kNoCsrf, Run::Read, page<embedded::swagger_page>},
    {"GET", "/swagger/start.js", kPublic, kNoCsrf, Run::Read, script<embedded::swagger_start>},
    {"GET", "/swagger/swagger-ui-bundle.js", kPublic, kNoCsrf, Run::Read, script<embedded::swagger_bundle>},
    {"GET", "/swagger/swagger-ui.css", kPublic, kNoCsrf, Run::Read, style<embedded::swagger_style>},
    {"GET", "/swagger/page.css", kPublic, kNoCsrf, Run::Read, style<embedded::swagger_page_style>},
    {"GET", "/swagger/favicon.png", kPublic, kNoCsrf, Run::Read, image<embedded::swagger_icon>},
    {"GET", "/openapi/propops.yaml", kPublic, kNoCsrf, Run::Read, description<embedded::propops_description>},
    {"GET", "/openapi/hackney.yaml", kPublic, kNoCsrf, Run::Read, description<embedded::hackney_description>},
};

}  // namespace

Api swagger() {
    return {kRoutes, propops::refuse, propops::refuse_status};
}

}  // namespace tenantry::api
