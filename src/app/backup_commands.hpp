// tenantry backup, tenantry restore.
#pragma once

#include "app/command.hpp"

namespace tenantry::app {

/// Writes the register as it is now into the file, checks it there, and only then gives it its name; the
/// manifest beside it. The server goes on meanwhile.
[[nodiscard]] int run_backup(Instance& instance, const Command& command, Output& output);

struct RestoreWishes {
    Place place{std::filesystem::path{}};  ///< where no register is
    std::filesystem::path file = {};       ///< a backup; or the folder of a second copy
    std::filesystem::path keys = {};       ///< folder; empty: they are in the data folder already
};

/// Makes an instance of it, and checks it. Where that fails before the register is in its place,
/// nothing was changed.
[[nodiscard]] int run_restore(const RestoreWishes& wishes, const Clock& clock, Output& output);

}  // namespace tenantry::app
