// What tenants of the demo landlord agreed to and declined, and the documents that they did so about. Made
// through the register's own rules at the time that each happened, since no import file holds consents.
#pragma once

#include <functional>

#include "app/demo/demo_landlord.hpp"
#include "audit/work.hpp"

namespace tenantry::app {

[[nodiscard]] std::size_t count_consents(const DemoOptions& options);

/// Needs the landlord's people in the register. Calls made() after each.
[[nodiscard]] Result<void> make_consents(const DemoOptions& options, audit::Work& work,
                                         const std::function<void()>& made);

}  // namespace tenantry::app
