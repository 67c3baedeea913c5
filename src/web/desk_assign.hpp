// Giving a patch, or a manager's area, to somebody else: choose the officer, see what moves with it, do it.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET and POST /desk/patches/{patch}/assign; the query's "officer" opens the preview
[[nodiscard]] Result<http::Response> read_assign_patch(Call& call);
[[nodiscard]] Result<http::Response> post_assign_patch(Call& call);
/// GET /desk/patches/{patch}/assigned: what was done, and the way back
[[nodiscard]] Result<http::Response> read_patch_assigned(Call& call);
/// The same of /desk/areas/{area}
[[nodiscard]] Result<http::Response> read_assign_area(Call& call);
[[nodiscard]] Result<http::Response> post_assign_area(Call& call);
[[nodiscard]] Result<http::Response> read_area_assigned(Call& call);

}  // namespace tenantry::web
