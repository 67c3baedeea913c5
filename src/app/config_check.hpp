// tenantry config check: would a server start with these settings?
#pragma once

#include <string>
#include <vector>

#include "app/serve.hpp"

namespace tenantry::app {

/// Says on the error output what would keep the server from starting or from doing what it is set to do, one
/// line each. Opens no register, so it may be asked while a server runs. Returns the exit code.
[[nodiscard]] int check_settings(const ServeOptions& options, Output& output);

}  // namespace tenantry::app
