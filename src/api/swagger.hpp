// Swagger UI at /swagger, and the descriptions that it shows. Its files are part of the program.
#pragma once

#include "api/service.hpp"

namespace tenantry::api {

[[nodiscard]] Api swagger();

}  // namespace tenantry::api
