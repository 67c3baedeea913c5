// A person's interactions as their pages list them.
#pragma once

#include "register/interaction_list.hpp"
#include "web/template.hpp"

namespace tenantry::web {

/// Sets "work", the newest first, and "work_caption" for {{>person_work}}.
void show_work_in(View& view, const housing::InteractionList& list, const std::string& caption);

}  // namespace tenantry::web
