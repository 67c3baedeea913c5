// tenantry commands: what the command line takes, for machines. The manual page and the shell's completion
// are made of it (script/package), so they say what the program does.
#pragma once

#include "app/command.hpp"

// NOLINTNEXTLINE(readability-identifier-naming): it is the library's
namespace CLI {
class App;
}  // namespace CLI

namespace tenantry::app {

/// Prints each command with its help, options, variables and defaults, one JSON object a line.
void print_commands(const CLI::App& app, Output& output);

}  // namespace tenantry::app
