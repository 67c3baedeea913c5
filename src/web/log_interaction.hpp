// Logging what somebody rang, wrote or came about.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET and POST /people/{person}/log
[[nodiscard]] Result<http::Response> read_log(Call& call);
[[nodiscard]] Result<http::Response> post_log(Call& call);

}  // namespace tenantry::web
