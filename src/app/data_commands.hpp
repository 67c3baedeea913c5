// tenantry import, tenantry demo.
#pragma once

#include "app/command.hpp"

namespace tenantry::app {

/// Checks the whole folder, then writes it in one transaction: all or nothing.
[[nodiscard]] int run_import(Instance& instance, const Command& command, Output& output);

/// Writes the synthetic landlord and one account a role, whose log-ins go to DIR/demo-accounts.json (0600).
/// Refuses a register that holds properties already.
[[nodiscard]] int run_demo(Instance& instance, const Command& command, Output& output);

}  // namespace tenantry::app
