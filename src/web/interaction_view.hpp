// What the pages of an interaction show of it.
#pragma once

#include "register/enquiry.hpp"
#include "web/template.hpp"

namespace tenantry::web {

/// The head that all of them share: ticket number, state, whom it is about, and where what is done is sent.
[[nodiscard]] View view_of_interaction(const housing::OpenedInteraction& opened);
/// Adds the rest, for the page of the interaction itself: what it is about, who has it, the notes.
void add_details(View& content, const housing::OpenedInteraction& opened, Instant now);

}  // namespace tenantry::web
