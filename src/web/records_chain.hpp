// Whether the activity log is whole: what is known of it, and a check of its end at the press of a button.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /records/chain
[[nodiscard]] Result<http::Response> read_chain(Call& call);
/// POST /records/chain: verifies the last kVerifiedAtOnce events
[[nodiscard]] Result<http::Response> verify_chain(Call& call);

/// As many as are verified while somebody waits: a third of a second.
inline constexpr std::int64_t kVerifiedAtOnce = 100'000;

}  // namespace tenantry::web
