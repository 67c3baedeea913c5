// keys list, keys rotate and keys retire.
#pragma once

#include "app/command.hpp"

namespace tenantry::app {

[[nodiscard]] int show_keys(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int rotate_keys(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int retire_field_key(Instance& instance, const Command& command, Output& output);

}  // namespace tenantry::app
