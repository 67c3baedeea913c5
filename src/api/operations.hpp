// What an operator's tools ask: is the server alive, is it ready, its metrics; and where a person who opens
// the bare address is sent.
#pragma once

#include "api/service.hpp"

namespace tenantry::api {

[[nodiscard]] Api operations();

}  // namespace tenantry::api
