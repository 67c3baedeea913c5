// tenantry copy.
#pragma once

#include "app/command.hpp"

namespace tenantry::app {

struct CopyWishes {
    Place from{std::filesystem::path{}};
    std::filesystem::path to_data = {};  ///< empty: the folder that it has, with its keys
    std::string to_database = {};        ///< empty: into a file in the folder
};

/// Copies a register into another database, of whichever engine, and checks it there. Nobody writes in it
/// meanwhile. One that was ended is run again, and goes on.
[[nodiscard]] int run_copy(const CopyWishes& wishes, const Clock& clock, Output& output);

}  // namespace tenantry::app
