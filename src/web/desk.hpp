// The manager's desk: how much work each patch of an area has, and all of it in one tray.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /desk
[[nodiscard]] Result<http::Response> read_desk(Call& call);
/// GET /desk/areas
[[nodiscard]] Result<http::Response> read_desk_areas(Call& call);
/// GET /desk/patches
[[nodiscard]] Result<http::Response> read_desk_patches(Call& call);

}  // namespace tenantry::web
