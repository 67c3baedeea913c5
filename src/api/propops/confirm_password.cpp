#include "api/log_in.hpp"
#include "api/propops/handlers.hpp"
#include "api/propops/reply.hpp"

namespace tenantry::api::propops {

Result<http::Response> confirm_password(Call& call) {
    auto password = TRY(call.params.secret("password"));
    if (!password) {
        return Error{Code::Invalid, "", "password"};
    }
    const auto attempt = TRY(api::confirm_password(call, *std::move(password)));
    if (attempt.retry_after.count() > 0) {
        return too_many_attempts(attempt.retry_after);
    }
    if (!attempt.account) {
        return Error{Code::Invalid, "That is not your password"};
    }
    return done();
}

}  // namespace tenantry::api::propops
