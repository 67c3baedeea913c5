#include "register/area.hpp"

#include <tuple>

#include "register/sql.hpp"

namespace tenantry::housing {

Result<Area> find_area(db::Transaction& tx, Id<Area> id) {
    Area area{id, {}};
    const auto found = tx.find(sql::area::find, std::tie(area.name), id);
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? Error{Code::NotFound, "No such area"} : found.error();
    }
    return area;
}

Result<void> put_area(audit::Work& work, const Area& area) {
    TRY(work.tx().execute(sql::area::put, area.id, area.name));
    return work.changed({.action = "area.put", .resource = area.id.value});
}

}  // namespace tenantry::housing
