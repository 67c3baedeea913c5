// Changing a person's details. A form carries what each field was when it was opened: what somebody else
// changed meanwhile is kept, and where both changed the same, both versions are shown and the officer
// chooses.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET and POST /people/{person}/edit
[[nodiscard]] Result<http::Response> read_person_edit(Call& call);
[[nodiscard]] Result<http::Response> post_person_edit(Call& call);
}  // namespace tenantry::web
