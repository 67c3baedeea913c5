// tenantry user add | disable | list.
#pragma once

#include "app/command.hpp"

namespace tenantry::app {

[[nodiscard]] int add_user(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int disable_user(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int list_users(Instance& instance, const Command& command, Output& output);

}  // namespace tenantry::app
