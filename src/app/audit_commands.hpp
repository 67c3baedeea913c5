// tenantry audit verify, tenantry audit public-key.
#pragma once

#include "app/command.hpp"

namespace tenantry::app {

/// Reads the whole journal; on request holds it to signed heads, and the register to it. Done where all of
/// that holds.
[[nodiscard]] int verify_audit(Instance& instance, const Command& command, Output& output);

/// Prints the key that signed heads are checked with.
[[nodiscard]] int print_audit_key(Instance& instance, const Command& command, Output& output);

}  // namespace tenantry::app
