// Handlers that log an interaction, follow it up or close it, and hand it over (contract 4.7, I3 to I5).
#pragma once

#include "api/route.hpp"

namespace tenantry::api::hackney {

[[nodiscard]] Result<http::Response> create_interaction(Call& call);
[[nodiscard]] Result<http::Response> update_interaction(Call& call);
[[nodiscard]] Result<http::Response> transfer_interaction(Call& call);

}  // namespace tenantry::api::hackney
