#include "web/assets.hpp"

#include <algorithm>
#include <iterator>

#include "crypto/sha256.hpp"
#include "web/embedded_files.hpp"

namespace tenantry::web {

namespace {

struct Asset {
    std::string_view name;
    std::string_view media_type;
    std::string_view (*content)();
    std::string_view (*compressed)();
};

constexpr Asset kAssets[] = {
    {"app.css", "text/css; charset=utf-8", embedded::asset_app_css, embedded::asset_app_css_gz},
    {"app.js", "text/javascript; charset=utf-8", embedded::asset_app_js, embedded::asset_app_js_gz},
    {"draft.js", "text/javascript; charset=utf-8", embedded::asset_draft_js, embedded::asset_draft_js_gz},
    {"govuk-frontend.js", "text/javascript; charset=utf-8", embedded::asset_govuk_frontend_js,
     embedded::asset_govuk_frontend_js_gz},
    {"search.js", "text/javascript; charset=utf-8", embedded::asset_search_js, embedded::asset_search_js_gz},
    {"icon.svg", "image/svg+xml; charset=utf-8", embedded::asset_icon_svg, embedded::asset_icon_svg_gz},
};

/// One sum for all: a script imports another by its name beside it.
const std::string& version() {
    static const std::string kVersion = [] {
        constexpr std::size_t kDigits = 16;
        std::string all;
        for (const auto& asset : kAssets) {
            all += asset.content();
        }
        return hex_encode(crypto::sha256(bytes_of(all))).substr(0, kDigits);
    }();
    return kVersion;
}

bool takes_gzip(const http::Request& request) {
    return request.header("accept-encoding").value_or("").find("gzip") != std::string_view::npos;
}

}  // namespace

std::string asset_path(std::string_view name) {
    return "/assets/" + version() + "/" + std::string{name};
}

Result<http::Response> read_asset(api::Call& call) {
    const auto asset = std::find_if(std::begin(kAssets), std::end(kAssets),
                                    [&](const Asset& known) { return known.name == call.path_values[1]; });
    if (asset == std::end(kAssets)) {
        return Error{Code::NotFound, "There is no such file"};
    }
    http::Response response;
    response.add_header("Content-Security-Policy",
                        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'");
    response.add_header("Content-Type", asset->media_type);
    response.add_header("Vary", "Accept-Encoding");
    // A page of an earlier version may still ask for its own: it gets what there is now, for once.
    response.add_header("Cache-Control", call.path_values[0] == version()
                                             ? "public, max-age=31536000, immutable"
                                             : "no-cache");
    if (takes_gzip(call.request)) {
        response.add_header("Content-Encoding", "gzip");
        response.body = asset->compressed();
    } else {
        response.body = asset->content();
    }
    return response;
}

}  // namespace tenantry::web
