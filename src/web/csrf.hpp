// The CSRF token of a form whose handler runs on the password pool and queues its own write.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// Whether the form's token is good, before a password is looked at. Forbidden: it is not.
[[nodiscard]] Result<void> check_csrf(Call& call);
/// Spends it, in the write.
[[nodiscard]] Result<void> spend_csrf(Call& call, db::Transaction& tx);

}  // namespace tenantry::web
