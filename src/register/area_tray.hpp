// What lies on a manager's desk: the interactions of the patches of an area and those that lie with its
// manager, filtered, sorted and paged.
#pragma once

#include <optional>
#include <vector>

#include "base/ids.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct ManagerArea;
struct Patch;

struct AreaTray {
    std::vector<Id<Patch>> patches;                      ///< the order in which by_patch lists them
    std::optional<Id<ManagerArea>> of_manager;           ///< and what lies with the manager of it
    std::optional<Instant> closed_since = std::nullopt;  ///< closed since then; absent: open
    bool only_call_backs = false;
    std::optional<Instant> logged_by = std::nullopt;  ///< and nothing younger
    bool by_patch = false;      ///< the manager's first, then patch by patch; else all by their time
    bool newest_first = false;  ///< by when they were logged or, where they are closed, closed
    Paging paging = {};
};

/// The numbers of one page. One that lies with a patch and with the manager stands with the patch.
[[nodiscard]] Result<PageOfIds> find_in_area_tray(db::Transaction& tx, const AreaTray& tray);

}  // namespace tenantry::housing
