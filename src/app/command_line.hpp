// The command line of tenantry (design: "Commands"): options, their environment variables, and which command
// they mean.
#pragma once

namespace tenantry::app {

/// Runs the command that the arguments name. Returns the exit code: 0 done, 1 failed, 2 wrong usage.
[[nodiscard]] int run(int argc, char** argv);

}  // namespace tenantry::app
