#include "api/hackney/routes.hpp"

namespace tenantry::api::hackney {

std::span<const Route> account_routes() {
    return {};
}

}  // namespace tenantry::api::hackney
