// tenantry documents publish | list.
#pragma once

#include "app/command.hpp"

namespace tenantry::app {

[[nodiscard]] int publish_document(Instance& instance, const Command& command, Output& output);
[[nodiscard]] int list_documents(Instance& instance, const Command& command, Output& output);

}  // namespace tenantry::app
