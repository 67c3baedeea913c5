// The tray of a manager's area: its filters as the page offers them, and what they let through.
#pragma once

#include "web/desk_view.hpp"

namespace tenantry::web {

/// A desk that is looked at.
struct Desk {
    housing::ManagedArea area;
    std::vector<housing::PatchEntry> patches;  ///< all of the area
    OfficersByNumber officers;                 ///< who hold them, and the area
};

/// Adds the filters to the form, and the interactions that pass them to the view: "interactions" and
/// "pagination" for their templates, "found", how many they are, and "is_filtered".
[[nodiscard]] Result<void> show_tray_in(View& view, Form& form, Call& call, const Desk& desk);

}  // namespace tenantry::web
