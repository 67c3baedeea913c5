// The PropOps Tenants API: its table of contents (docs/openapi/propops.yaml describes every line).
#pragma once

#include <span>

#include "api/service.hpp"

namespace tenantry::api::propops {

[[nodiscard]] std::span<const Route> routes();
[[nodiscard]] Api api();

}  // namespace tenantry::api::propops
