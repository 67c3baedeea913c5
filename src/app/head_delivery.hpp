// How a line leaves this machine's database for a place that its writers cannot reach: a file, or a program.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace tenantry::app {

/// Appends a line, which ends with a newline, and waits until it is on the disk. The file is made where there
/// is none (0640). The rest of a line that a crash cut short is taken away first. Internal: it cannot be
/// written, and is as it was before.
[[nodiscard]] Result<void> append_to_file(const std::string& path, std::string_view line);

/// Runs the program with the line as its whole standard input: no shell, no arguments, no environment but
/// PATH, no open file of this process. Its standard output goes nowhere, its standard error to ours.
/// Internal: it cannot be run, does not end with 0, or not in time, when it is killed with all that it
/// started. Once `is_hurried` says so, a second more is all that it is given.
[[nodiscard]] Result<void> hand_to_program(
    const std::string& path, std::string_view line, std::chrono::milliseconds limit,
    const std::function<bool()>& is_hurried = [] { return false; });

}  // namespace tenantry::app
