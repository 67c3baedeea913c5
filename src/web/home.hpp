// The page of a home: who must be thought of before a visit, who lives there now and on any day, what it is
// let under, what is open there and what has happened.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /homes/{property}. "on.day", "on.month" and "on.year" of the query are a day to be looked back to,
/// "page" is one of the timeline's.
[[nodiscard]] Result<http::Response> read_home(Call& call);

}  // namespace tenantry::web
