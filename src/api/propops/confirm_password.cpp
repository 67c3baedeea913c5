#include "access/session.hpp"
#include "api/log_in.hpp"
#include "api/propops/handlers.hpp"
#include "api/propops/reply.hpp"

namespace tenantry::api::propops {

/// The caller enters their password once more, for what asks that it was entered lately. Attempts are counted
/// as log-ins are: a borrowed session is no way to guess.
Result<http::Response> confirm_password(Call& call) {
    auto password = TRY(call.params.secret("password"));
    if (!password) {
        return Error{Code::Invalid, "", "password"};
    }
    Services& services = call.services;
    const access::Caller& caller = call.who();
    const auto account = TRY(access::find_account(call.work.tx(), services.keys, caller.account));
    const Credentials credentials{account.email, std::move(*password)};
    const auto attempt = TRY(attempt_login(call, credentials, [&](const access::Account& found) {
        return Result<bool>{found.id == caller.account};
    }));
    if (attempt.retry_after.count() > 0) {
        return too_many_attempts(attempt.retry_after);
    }
    if (!attempt.account) {
        return Error{Code::Invalid, "That is not your password"};
    }
    TRY(services.database.write_and_wait([&](db::Transaction& tx) -> Result<void> {
        audit::Work work{tx, services.keys, call.work.actor(), call.work.now(), nullptr};
        TRY(complete_login(work, call, credentials, attempt));
        return access::confirm_password(work, caller.session);
    }));
    return done();
}

}  // namespace tenantry::api::propops
