// Retention: how long what is kept, which records have been kept for long enough, and the decision about
// them.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /records/retention: proposals in a state, or those that wait
[[nodiscard]] Result<http::Response> read_retention(Call& call);
/// POST /records/retention/propose and /records/retention/run
[[nodiscard]] Result<http::Response> propose_retention(Call& call);
[[nodiscard]] Result<http::Response> run_retention(Call& call);
/// POST /records/retention/decide: asks once more, then approves or keeps what was chosen
[[nodiscard]] Result<http::Response> decide_retention(Call& call);
/// GET and POST /records/retention/all: approves all that wait
[[nodiscard]] Result<http::Response> read_approve_all(Call& call);
[[nodiscard]] Result<http::Response> approve_all_retention(Call& call);

/// GET /records/retention/rules, GET and POST /records/retention/rules/{what}
[[nodiscard]] Result<http::Response> read_retention_rules(Call& call);
[[nodiscard]] Result<http::Response> read_retention_rule(Call& call);
[[nodiscard]] Result<http::Response> change_retention_rule(Call& call);

}  // namespace tenantry::web
