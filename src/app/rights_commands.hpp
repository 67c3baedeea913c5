// tenantry erase preview | run, tenantry retention rules | propose | list | approve | refuse | run.
#pragma once

#include "app/command.hpp"

namespace tenantry::app {

[[nodiscard]] int preview_erasure(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int run_erasure(Instance& instance, const Command& command, Output& output);

[[nodiscard]] int show_retention_rules(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int propose_retention(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int list_retention(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int approve_retention(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int refuse_retention(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int run_retention(Instance& instance, const Command& command, Output& output);

}  // namespace tenantry::app
