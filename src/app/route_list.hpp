// tenantry routes: the route table for people and tests to read.
#pragma once

#include <vector>

#include "api/service.hpp"
#include "app/command.hpp"

namespace tenantry::app {

/// One JSON object a line: method, path, open, permissions (any of which lets a caller in), staff_only, csrf.
int print_routes(const std::vector<api::Api>& apis, Output& output);

}  // namespace tenantry::app
