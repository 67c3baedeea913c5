// The page of a tenancy: its terms and people, its balance with a chart of the last year, its ledger.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /tenancies/{tenancy}. "page" of the query is one of the ledger's.
[[nodiscard]] Result<http::Response> read_tenancy(Call& call);

}  // namespace tenantry::web
