// A log-in by name and password, whatever is given for it in the end: the attempt is counted before the
// password is looked at, a refusal takes the same time whether or not there is such an account, and both
// outcomes are journaled. For handlers on the password pool.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "access/account.hpp"
#include "api/route.hpp"
#include "api/services.hpp"

namespace tenantry::api {

struct Credentials {
    std::string login;  ///< e-mail or username
    std::string password;
};

/// What became of an attempt to log in.
struct LoginAttempt {
    std::chrono::seconds retry_after{0};     ///< not 0: too many attempts, and nothing was looked at
    std::optional<access::Account> account;  ///< whose password it is; none: refused
    std::string rehashed;  ///< the password's hash, where the stored one cost something else
};

/// Whether an account whose password may be right is let in; asked in either case.
using LetsIn = std::function<Result<bool>(const access::Account& account)>;

/// Counts the attempt, then checks it. Accounts that are not active let nobody in, and tenants' only where
/// the settings say so.
[[nodiscard]] Result<LoginAttempt> attempt_login(Call& call, const Credentials& credentials,
                                                 const LetsIn& lets_in);

/// In the write that gives what was logged in for: forgets the failures and keeps the new hash. Returns the
/// account as it is now. Unauthenticated: it was changed while its password was being checked.
[[nodiscard]] Result<access::Account> complete_login(audit::Work& work, const Call& call,
                                                     const Credentials& credentials,
                                                     const LoginAttempt& attempt);

/// The caller enters their password once more, for what asks that it was entered lately. Attempts are counted
/// as log-ins are: a borrowed session is no way to guess. The session remembers when it was right.
[[nodiscard]] Result<LoginAttempt> confirm_password(Call& call, std::string password);

/// Takes the time of a check that was not made.
void check_nothing(const Services& services, const Credentials& credentials);

}  // namespace tenantry::api
