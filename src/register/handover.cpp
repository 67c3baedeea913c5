#include "register/handover.hpp"

#include "register/officer.hpp"

namespace tenantry::housing {

namespace {

/// Whether what was seen still holds.
Result<void> check(audit::Work& work, const Handover& handover, std::int64_t version) {
    if (version != handover.version) {
        return kStaleEdit;
    }
    if (handover.to && !TRY(find_officer(work.tx(), work.keys(), *handover.to)).active) {
        return Error{Code::Conflict, "The officer does not work here any more"};
    }
    return {};
}

}  // namespace

Result<Patch> hand_over_patch(audit::Work& work, const Handover& handover) {
    const auto patch = TRY(find_patch(work.tx(), work.keys(), handover.of));
    TRY(check(work, handover, patch.version));
    return handover.to ? assign_patch(work, patch.uuid, *handover.to, handover.by)
                       : vacate_patch(work, patch.uuid);
}

Result<ManagerArea> hand_over_manager_area(audit::Work& work, const Handover& handover) {
    const auto area = TRY(find_manager_area(work.tx(), work.keys(), handover.of));
    TRY(check(work, handover, area.version));
    return handover.to ? assign_manager_area(work, area.uuid, *handover.to, handover.by)
                       : vacate_manager_area(work, area.uuid);
}

}  // namespace tenantry::housing
