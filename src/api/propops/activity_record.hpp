// The activity log as PropOps shows it (contract section 7.2).
#pragma once

#include <optional>

#include "api/route.hpp"

namespace tenantry::api::propops {

/// The journal's events that the request's filters name (date_from, date_to, limit, offset, and what was done
/// under the name given here), newest first; of one account where it is named.
[[nodiscard]] Result<http::Response> list_activity(Call& call, Literal action_name,
                                                   std::optional<std::int64_t> account);

}  // namespace tenantry::api::propops
