// Empty homes of the demo landlord that have just been let again: what an officer sees as new today.
#pragma once

#include <functional>

#include "app/demo/demo_landlord.hpp"
#include "audit/work.hpp"

namespace tenantry::app {

[[nodiscard]] std::size_t count_new_lets(const DemoOptions& options);

/// Into the register, which has the demo landlord's homes: an introductory tenancy and its tenant for each.
/// They began in the last three weeks.
[[nodiscard]] Result<void> make_new_lets(const DemoOptions& options, audit::Work& work,
                                         const std::function<void()>& made);

}  // namespace tenantry::app
