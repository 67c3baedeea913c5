// The officer before the screen.
#pragma once

#include <optional>

#include "register/enquiry.hpp"
#include "web/page.hpp"

namespace tenantry::web {

/// What the visitor answers for; nothing for an account that is no officer's who works here.
[[nodiscard]] Result<std::optional<housing::Posting>> posting_of(Call& call);
/// Who acts, where the visitor is an officer who works here; nothing for everybody else.
[[nodiscard]] Result<std::optional<housing::ActingOfficer>> officer_of(Call& call, const Visitor& visitor);

/// Says that only officers do this: a log-in that is no officer's has no name in the register to stand under
/// notes.
[[nodiscard]] http::Response refuse_who_is_no_officer(Call& call, const Visitor& visitor);

}  // namespace tenantry::web
