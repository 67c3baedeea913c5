// The pages' route table: the only place where a path is registered.
#pragma once

#include "api/service.hpp"

namespace tenantry::web {

[[nodiscard]] api::Api pages();

}  // namespace tenantry::web
