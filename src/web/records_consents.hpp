// What a person, or whoever has an e-mail address, agreed to or declined.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /records/consents: of a person
[[nodiscard]] Result<http::Response> read_consents(Call& call);
/// POST /records/consents: of an e-mail address, which stands in no address of a page
[[nodiscard]] Result<http::Response> find_consents(Call& call);

}  // namespace tenantry::web
