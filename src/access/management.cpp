#include "access/management.hpp"

#include <algorithm>

namespace tenantry::access {

Result<void> check_manageable(const Caller& caller, const Account& account) {
    return account.role.level > caller.level ? Result<void>{kNotPermitted} : Result<void>{};
}

Result<Account> find_manageable_account(audit::Work& work, const Caller& caller, const Uuid& account) {
    auto found = TRY(find_account(work.tx(), work.keys(), account));
    TRY(check_manageable(caller, found));
    return found;
}

Result<Role> find_role_to_give(db::Transaction& tx, const Caller& caller, std::int64_t role) {
    auto found = TRY(find_role(tx, role));
    if (found.level > caller.level) {
        return kNotPermitted;
    }
    return found;
}

Result<void> set_account_status(audit::Work& work, const Caller& caller, Account account,
                                AccountStatus status, Literal action) {
    if (account.id == caller.account) {
        return Error{Code::Invalid, "You cannot do this to your own account"};
    }
    account.status = status;
    TRY(update_account(work, std::move(account), action));
    return {};
}

Result<void> toggle_account_status(audit::Work& work, const Caller& caller, Account account) {
    if (account.status == AccountStatus::Blacklisted) {
        return Error{Code::Invalid, "This user is blacklisted"};
    }
    const bool active = account.status == AccountStatus::Active;
    return set_account_status(work, caller, std::move(account),
                              active ? AccountStatus::Disabled : AccountStatus::Active,
                              active ? Literal{"user.disabled"} : Literal{"user.enabled"});
}

Result<void> take_off_blacklist(audit::Work& work, const Caller& caller, Account account) {
    if (account.status != AccountStatus::Blacklisted) {
        return Error{Code::Invalid, "This user is not blacklisted"};
    }
    return set_account_status(work, caller, std::move(account), AccountStatus::Active, "user.unblacklisted");
}

Result<void> terminate_session(audit::Work& work, const Caller& caller, const Uuid& session) {
    if (session == caller.session_uuid) {
        return Error{Code::Invalid, "Your own current session is ended with /logout"};
    }
    const auto account = TRY(account_of_session(work.tx(), session));
    TRY(check_manageable(caller, TRY(find_account(work.tx(), work.keys(), account))));
    return end_session(work, session);
}

bool holds(const std::vector<Permission>& held, Permission permission) {
    return std::find(held.begin(), held.end(), permission) != held.end();
}

Result<void> change_role_permission(audit::Work& work, const Caller& caller,
                                    const std::vector<Permission>& held, const Role& role,
                                    Permission permission, bool granted) {
    if (role.level > caller.level || (granted && !holds(held, permission))) {
        return kNotPermitted;
    }
    if (!granted && role.id == caller.role && permission == Permission::StaffPermissionsManage) {
        return Error{Code::Invalid, "Your own role cannot give up the right to change permissions"};
    }
    return set_role_permission(work, role.id, permission, granted);
}

}  // namespace tenantry::access
