// tenantry search rebuild.
#pragma once

#include "app/command.hpp"

namespace tenantry::app {

/// Changes how people are found by name, or makes the index of that mode anew, in one transaction; then takes
/// what was removed out of the write-ahead log.
[[nodiscard]] int rebuild_search(Instance& instance, const Command& command, Output& output);

/// "plaintext" or "memory".
[[nodiscard]] Result<housing::SearchMode> parse_search_mode(std::string_view text);
[[nodiscard]] std::string_view name_of(housing::SearchMode mode);

/// Reads the changes of names that memory has not seen, where it holds names, so that no request has to.
[[nodiscard]] Result<void> follow_names(Instance& instance);

}  // namespace tenantry::app
