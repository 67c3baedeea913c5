// Accounts of the people and systems that use the register. Names, e-mail, username and telephone are sealed;
// the e-mail and the username are found by keyed hash. Passwords are Argon2id hashes (crypto/password.hpp),
// made by the caller.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "access/permission.hpp"
#include "audit/work.hpp"
#include "base/ids.hpp"

namespace tenantry::access {

enum class AccountType : std::uint8_t { Staff = 1, Agent = 2, Landlord = 3, Tenant = 4, Contractor = 5 };
enum class AccountStatus : std::uint8_t { Active = 1, Disabled = 2, Blacklisted = 3 };

[[nodiscard]] std::string_view name_of(AccountType type);
[[nodiscard]] std::string_view name_of(AccountStatus status);
[[nodiscard]] std::optional<AccountType> parse_account_type(std::string_view name);

struct Role {
    std::int64_t id = 0;
    std::string name;
    std::int64_t level = 0;  ///< nobody creates, edits or assigns above their own
};

struct Account {
    std::int64_t id = 0;
    Uuid uuid;
    std::int64_t version = 0;
    AccountType type = AccountType::Staff;
    AccountStatus status = AccountStatus::Active;
    Role role;
    std::optional<std::int64_t> branch;
    std::string first_name;
    std::string last_name;
    std::string email;
    std::optional<std::string> username;
    std::optional<std::string> phone;
    std::string password;  ///< encoded hash; empty: nobody logs in with this account
    Instant created_at;
    Instant updated_at;
    bool damaged = false;  ///< only in a list: the row does not hold, and what is sealed is left out

    [[nodiscard]] std::string full_name() const;
};

/// An account as a statement answers it, still sealed. A statement of another room that joins accounts
/// selects the columns of access/sql/account/find_by_id.sql, in that order, and reads them into columns().
class AccountRow {
  public:
    [[nodiscard]] auto columns() {
        return std::tie(plain_.id, plain_.uuid, plain_.version, type_, status_, plain_.role.id,
                        plain_.role.name, plain_.role.level, plain_.branch, first_name_, last_name_, email_,
                        username_, phone_, plain_.password, row_seal_, plain_.created_at, plain_.updated_at);
    }
    [[nodiscard]] std::int64_t id() const { return plain_.id; }
    /// What is not sealed, unproven.
    [[nodiscard]] Account plain() const;
    /// Corrupt where a field or the row's seal does not hold.
    [[nodiscard]] Result<Account> open(const crypto::KeyRing& keys) const;
    /// Gives the row to a resealing.
    void reseal(audit::Resealing& some) const;

  private:
    Account plain_;
    int type_ = 0;
    int status_ = 0;
    Bytes first_name_;
    Bytes last_name_;
    Bytes email_;
    std::optional<Bytes> username_;
    std::optional<Bytes> phone_;
    Bytes row_seal_;
};

/// Invalid, naming the password: shorter than 15 characters (there is no second factor, OWASP ASVS 6.2.1 and
/// NIST 800-63B-4) or longer than 256 bytes. Nothing else is asked of it.
[[nodiscard]] Result<void> check_new_password(std::string_view password);

/// Creates an active account from the fields that a caller may choose. Conflict: the e-mail or username is
/// taken. Invalid: no such role.
[[nodiscard]] Result<Account> create_account(audit::Work& work, Account wanted);
/// Stores the account as it is now, one version on. Conflict: taken e-mail or username, or changed meanwhile.
/// Sessions are ended where the status, role, type or password changed.
[[nodiscard]] Result<Account> update_account(audit::Work& work, Account changed, Literal action);
/// Removes the account, its grants and sessions. Its journal stays.
[[nodiscard]] Result<void> remove_account(audit::Work& work, const Account& account);

/// NotFound where there is none; Corrupt where a field or the row's seal does not hold.
[[nodiscard]] Result<Account> find_account(db::Transaction& tx, const crypto::KeyRing& keys, std::int64_t id);
[[nodiscard]] Result<Account> find_account(db::Transaction& tx, const crypto::KeyRing& keys,
                                           const Uuid& uuid);
/// By e-mail or, failing that, by username; in any case and spacing.
[[nodiscard]] Result<Account> find_account_by_login(db::Transaction& tx, const crypto::KeyRing& keys,
                                                    std::string_view login);

/// Whether an account opens: its fields and its row.
struct CheckedAccount {
    std::int64_t id = 0;
    bool sound = false;
};
/// All accounts, for a check of the register.
[[nodiscard]] Result<std::vector<CheckedAccount>> check_accounts(db::Transaction& tx,
                                                                 const crypto::KeyRing& keys);

struct AccountPage {
    std::vector<Account> accounts;
    std::int64_t total = 0;
};
/// In order of number. The search matches folded names and e-mails as they are unsealed: accounts are few
/// (hundreds). What is damaged is reported; a search cannot find it.
[[nodiscard]] Result<AccountPage> list_accounts(audit::Work& work, std::optional<AccountType> type,
                                                std::string_view search, std::int64_t limit,
                                                std::int64_t offset);

[[nodiscard]] Result<std::vector<Role>> list_roles(db::Transaction& tx);
[[nodiscard]] Result<Role> find_role(db::Transaction& tx, std::string_view name);
[[nodiscard]] Result<Role> find_role(db::Transaction& tx, std::int64_t id);

/// Keys that the account holds: its role's, plus what it was granted, less what was revoked.
[[nodiscard]] Result<std::vector<Permission>> permissions_of(db::Transaction& tx, std::int64_t account,
                                                             std::int64_t role);
[[nodiscard]] Result<std::vector<Permission>> permissions_of_role(db::Transaction& tx, std::int64_t role);
[[nodiscard]] Result<void> set_account_permission(audit::Work& work, std::int64_t account,
                                                  Permission permission, bool granted);
/// Makes exactly these the account's permissions, whatever its role has.
[[nodiscard]] Result<void> sync_account_permissions(audit::Work& work, const Account& account,
                                                    const std::vector<Permission>& wanted);
[[nodiscard]] Result<void> set_role_permission(audit::Work& work, std::int64_t role, Permission permission,
                                               bool granted);

/// Gives accounts to a resealing.
[[nodiscard]] Result<void> reseal_accounts(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::access
