#include "api/hackney/routes.hpp"

namespace tenantry::api::hackney {

std::span<const Route> contact_routes() {
    return {};
}

}  // namespace tenantry::api::hackney
