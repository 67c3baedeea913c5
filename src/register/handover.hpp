// Giving a patch or a manager's area to somebody else, as a person decides it who has seen what moves.
#pragma once

#include <optional>

#include "register/manager_area.hpp"
#include "register/patch.hpp"

namespace tenantry::housing {

struct Handover {
    Uuid of;
    std::int64_t version = 0;  ///< as it was seen
    std::optional<Uuid> to;    ///< the officer; absent: nobody
    std::optional<Uuid> by;    ///< the officer who decides, where it is one
};

/// NotFound: no such patch or officer. Conflict: it was changed meanwhile, or the officer works here no more.
[[nodiscard]] Result<Patch> hand_over_patch(audit::Work& work, const Handover& handover);
/// The same of a manager's area. The officer's role stays what it is.
[[nodiscard]] Result<ManagerArea> hand_over_manager_area(audit::Work& work, const Handover& handover);

}  // namespace tenantry::housing
