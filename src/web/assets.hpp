// Styles, scripts and the icon: part of the program, compressed at build time. Their addresses carry a sum of
// their content, so a browser keeps them until a new version has new addresses.
#pragma once

#include <string>
#include <string_view>

#include "api/route.hpp"

namespace tenantry::web {

/// The address of an asset: "/assets/<sum>/<name>".
[[nodiscard]] std::string asset_path(std::string_view name);

/// GET /assets/{version}/{name}
[[nodiscard]] Result<http::Response> read_asset(api::Call& call);

}  // namespace tenantry::web
