#include "register/area_tray.hpp"

#include <limits>

#include "register/sql.hpp"

namespace tenantry::housing {

Result<PageOfIds> find_in_area_tray(db::Transaction& tx, const AreaTray& tray) {
    PageOfIds patches;
    for (const auto patch : tray.patches) {
        patches.ids.push_back(patch.value);
    }
    const std::string list = patches.json();
    const auto manager = number_of(tray.of_manager);
    const std::int64_t by_patch = tray.by_patch ? 1 : 0;
    const std::int64_t direction = tray.newest_first ? -1 : 1;
    const std::int64_t logged_by =
        tray.logged_by ? to_millis(*tray.logged_by) : std::numeric_limits<std::int64_t>::max();
    const auto rows = rows_to_count(tray.paging);
    return read_page(
        TRY(tray.closed_since ? tx.query(sql::area_tray::list_closed, list, manager, tray.only_call_backs,
                                         logged_by, by_patch, direction, rows, *tray.closed_since)
                              : tx.query(sql::area_tray::list_open, list, manager, tray.only_call_backs,
                                         logged_by, by_patch, direction, rows)),
        tray.paging);
}

}  // namespace tenantry::housing
