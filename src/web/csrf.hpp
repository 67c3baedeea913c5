// The CSRF token of a form whose handler runs on the password pool and queues its own write.
#pragma once

#include "api/services.hpp"
#include "web/page.hpp"

namespace tenantry::web {

/// Whether the form's token is good, before a password is looked at. Forbidden: it is not.
[[nodiscard]] Result<void> check_csrf(Call& call);
/// Spends it, in the write. For write_once().
[[nodiscard]] Result<void> spend_csrf(Call& call, db::Transaction& tx);

/// Runs work(audit::Work&) -> Result<T> in one write that spends the token, and waits for its commit.
template <class Do>
[[nodiscard]] auto write_once(Call& call, Do work) {
    return call.services.database.write_and_wait(
        [&](db::Transaction& tx) -> std::invoke_result_t<Do&, audit::Work&> {
            audit::Work writing{tx, call.services.keys, call.work.actor(), call.work.now(), nullptr};
            TRY(spend_csrf(call, tx));
            return work(writing);
        });
}

}  // namespace tenantry::web
