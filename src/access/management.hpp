// Who may manage whom: nobody an account, or a role, above their own level; nobody takes their own access
// away. One place for these rules, whichever way they are asked for.
#pragma once

#include <vector>

#include "access/account.hpp"
#include "access/session.hpp"

namespace tenantry::access {

/// Forbidden: the account's role is above the caller's own level.
[[nodiscard]] Result<void> check_manageable(const Caller& caller, const Account& account);
/// The account, for a change; errors of find_account() and check_manageable().
[[nodiscard]] Result<Account> find_manageable_account(audit::Work& work, const Caller& caller,
                                                      const Uuid& account);

/// The role, to be given to somebody. NotFound: there is none. Forbidden: above the caller's own level.
[[nodiscard]] Result<Role> find_role_to_give(db::Transaction& tx, const Caller& caller, std::int64_t role);

/// Disables, enables, blacklists. Invalid: the caller's own account.
[[nodiscard]] Result<void> set_account_status(audit::Work& work, const Caller& caller, Account account,
                                              AccountStatus status, Literal action);
/// Disables who is active, makes active who is disabled. Invalid: the caller's own account, or one that is
/// blacklisted.
[[nodiscard]] Result<void> toggle_account_status(audit::Work& work, const Caller& caller, Account account);
/// Makes a blacklisted account active again. Invalid: is not blacklisted; a disabled one stays disabled.
[[nodiscard]] Result<void> take_off_blacklist(audit::Work& work, const Caller& caller, Account account);

/// Ends somebody's session. Invalid: the one that the caller is using; Forbidden: of an account above the
/// caller's level.
[[nodiscard]] Result<void> terminate_session(audit::Work& work, const Caller& caller, const Uuid& session);

[[nodiscard]] bool holds(const std::vector<Permission>& held, Permission permission);
/// Grants a permission to a role or takes it away; `held` are the caller's own. Forbidden: the role is above
/// the caller's level, or the caller does not hold what is to be granted. Invalid: the caller's own role
/// would give up the right to change permissions.
[[nodiscard]] Result<void> change_role_permission(audit::Work& work, const Caller& caller,
                                                  const std::vector<Permission>& held, const Role& role,
                                                  Permission permission, bool granted);

}  // namespace tenantry::access
