#include "web/csrf.hpp"

#include "access/csrf.hpp"
#include "api/service.hpp"

namespace tenantry::web {

namespace {

Result<void> spend(Call& call, db::Transaction& tx, access::CsrfMode mode) {
    const std::string* token = call.params.given_text("csrf_token");
    if (api::is_foreign(call.request) || token == nullptr) {
        return access::kCsrfRefused;
    }
    return access::spend_csrf_token(tx, call.services.keys, call.who(), *token, mode, call.work.now());
}

}  // namespace

Result<void> check_csrf(Call& call) {
    return spend(call, call.work.tx(), access::CsrfMode::Session);
}

Result<void> spend_csrf(Call& call, db::Transaction& tx) {
    return spend(call, tx, call.services.settings.csrf_mode);
}

}  // namespace tenantry::web
