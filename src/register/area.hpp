// An area of the landlord's: the office that patches belong to. Its number is the landlord's own.
#pragma once

#include <string>

#include "base/ids.hpp"
#include "register/record.hpp"
#include "register/row_seals.hpp"

namespace tenantry::housing {

struct Area {
    Id<Area> id;
    std::string name;
};

/// How its rows are sealed.
extern const SealedTable kAreaRows;

/// NotFound where there is none.
[[nodiscard]] Result<Area> find_area(db::Transaction& tx, Id<Area> id);
/// Stores the area, over one of the same number.
[[nodiscard]] Result<void> put_area(audit::Work& work, const Area& area);

}  // namespace tenantry::housing
