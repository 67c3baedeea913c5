#include "api/log_in.hpp"

#include "access/session.hpp"
#include "access/throttle.hpp"

namespace tenantry::api {

namespace {

bool is_let_in_at_all(const access::Account& account, const Settings& settings) {
    return account.status == access::AccountStatus::Active &&
           (account.type != access::AccountType::Tenant || settings.tenants_may_log_in);
}

}  // namespace

Result<LoginAttempt> attempt_login(Call& call, const Credentials& credentials, const LetsIn& lets_in) {
    Services& services = call.services;
    const auto counted = TRY(services.database.write_and_wait([&](db::Transaction& tx) {
        return access::begin_attempt(tx, services.keys, credentials.login, call.request.client_address,
                                     call.work.now());
    }));
    LoginAttempt attempt;
    if (!counted.allowed) {
        attempt.retry_after = counted.retry_after;
        services.metrics.count_login(LoginOutcome::Throttled);
        return attempt;
    }
    auto account = access::find_account_by_login(call.work.tx(), services.keys, credentials.login);
    if (!account.ok() && account.error().code != Code::NotFound) {
        return account.error();
    }
    // A password is checked whether or not there is one, so that both take the same time.
    const bool has_password = account.ok() && !account->password.empty();
    const std::string& encoded = has_password ? account->password : services.unknown_password;
    const bool right = crypto::verify_password(encoded, credentials.password) && has_password;
    const bool let_in =
        account.ok() && is_let_in_at_all(*account, services.settings) && TRY(lets_in(*account));
    services.metrics.count_login(right && let_in ? LoginOutcome::Right : LoginOutcome::Wrong);
    if (!right || !let_in) {
        TRY(call.work.read({.action = "login.failed",
                            .resource = account.ok() ? std::optional{account->id} : std::nullopt,
                            .outcome = audit::Outcome::Denied}));
        return attempt;
    }
    const auto cost = services.settings.password_cost;
    if (crypto::needs_rehash(encoded, cost)) {
        attempt.rehashed = TRY(crypto::hash_password(credentials.password, cost));
    }
    attempt.account = std::move(account).value();
    return attempt;
}

Result<access::Account> complete_login(audit::Work& work, const Call& call, const Credentials& credentials,
                                       const LoginAttempt& attempt) {
    auto account = TRY(access::find_account(work.tx(), work.keys(), attempt.account->id));
    if (account.version != attempt.account->version) {
        return Error{Code::Unauthenticated, "The account was changed meanwhile"};
    }
    TRY(access::attempt_succeeded(work.tx(), work.keys(), credentials.login, call.request.client_address,
                                  work.now()));
    if (attempt.rehashed.empty()) {
        return account;
    }
    account.password = attempt.rehashed;
    return access::update_account(work, std::move(account), "user.password_rehashed");
}

Result<LoginAttempt> confirm_password(Call& call, std::string password) {
    Services& services = call.services;
    const access::Caller& caller = call.who();
    const auto account = TRY(access::find_account(call.work.tx(), services.keys, caller.account));
    const Credentials credentials{account.email, std::move(password)};
    auto attempt = TRY(attempt_login(call, credentials, [&](const access::Account& found) {
        return Result<bool>{found.id == caller.account};
    }));
    if (!attempt.account) {
        return attempt;
    }
    TRY(services.database.write_and_wait([&](db::Transaction& tx) -> Result<void> {
        audit::Work work{tx, services.keys, call.work.actor(), call.work.now(), nullptr};
        TRY(complete_login(work, call, credentials, attempt));
        return access::confirm_password(work, caller.session);
    }));
    return attempt;
}

void check_nothing(const Services& services, const Credentials& credentials) {
    [[maybe_unused]] const bool nobody =
        crypto::verify_password(services.unknown_password, credentials.password);
}

}  // namespace tenantry::api
