// What officers of the demo landlord did in the last half year: calls, visits, processes, and what came of
// them. Made through the register's own rules at the time that each happened, since no import file holds
// interactions.
#pragma once

#include <functional>

#include "app/demo/demo_landlord.hpp"
#include "audit/work.hpp"

namespace tenantry::app {

[[nodiscard]] std::size_t count_interactions(const DemoOptions& options);

/// Needs the landlord's people, patches and officers in the register. Calls made() after each.
[[nodiscard]] Result<void> make_interactions(const DemoOptions& options, audit::Work& work,
                                             const std::function<void()>& made);

}  // namespace tenantry::app
