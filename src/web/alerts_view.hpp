// The check before a visit: what officers are warned of at a home, before anything else on a page.
#pragma once

#include <optional>

#include "register/alert.hpp"
#include "web/template.hpp"

namespace tenantry::web {

/// Sets "alert_banner", for {{>alert_banner}}: the alerts of a home and of everybody assigned there, and
/// those of the person, where there is one. Journals whom it names.
[[nodiscard]] Result<void> add_alert_banner(View& content, audit::Work& work,
                                            std::optional<Id<housing::Property>> home,
                                            std::optional<Id<housing::Person>> person = std::nullopt);

}  // namespace tenantry::web
