#include "access/account.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <array>

#include <tuple>

#include "access/rights_seal.hpp"
#include "access/sql.hpp"
#include "audit/resealing.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "crypto/random.hpp"

namespace tenantry::access {

namespace {

constexpr std::size_t kPasswordCharacters = 15;
constexpr std::size_t kPasswordBytes = 256;

/// What a taken e-mail address or username answers.
Error taken_if_conflict(const Error& error) {
    return error.code == Code::Conflict ? kLoginTaken : error;
}

constexpr std::array<std::string_view, 6> kTypeNames{"",         "Staff",  "Agent",
                                                     "Landlord", "Tenant", "Contractor"};
constexpr std::array<std::string_view, 4> kStatusNames{"", "Active", "Disabled", "Blacklisted"};

/// The sealed columns of one account, ready to store or as read.
struct Sealed {
    Bytes first_name;
    Bytes last_name;
    Bytes email;
    std::optional<Bytes> username;
    std::optional<Bytes> phone;
    Bytes row_seal;
};

crypto::FieldContext context(const Account& account, std::string_view column) {
    return {"account", column, account.uuid, account.version};
}

ByteView tag_of(const std::optional<Bytes>& blob) {
    return blob ? crypto::KeyRing::blob_tag(*blob) : ByteView{};
}

/// What the row seal covers besides the tags: identity, version, status, type, role, branch and the
/// password's hash.
std::string sealed_facts(const Account& account) {
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", account.id, account.uuid.text(), account.version,
                       static_cast<int>(account.type), static_cast<int>(account.status), account.role.id,
                       account.branch ? std::to_string(*account.branch) : "", account.password);
}

Bytes row_seal(const crypto::KeyRing& keys, const Account& account, const Sealed& sealed) {
    const std::string facts = sealed_facts(account);
    return keys.row_seal(
        "account", {bytes_of(facts), crypto::KeyRing::blob_tag(sealed.first_name),
                    crypto::KeyRing::blob_tag(sealed.last_name), crypto::KeyRing::blob_tag(sealed.email),
                    tag_of(sealed.username), tag_of(sealed.phone)});
}

Result<void> check_row_seal(const crypto::KeyRing& keys, const Account& account, const Sealed& sealed) {
    const std::string facts = sealed_facts(account);
    return keys.check_row_seal(
        "account", sealed.row_seal,
        {bytes_of(facts), crypto::KeyRing::blob_tag(sealed.first_name),
         crypto::KeyRing::blob_tag(sealed.last_name), crypto::KeyRing::blob_tag(sealed.email),
         tag_of(sealed.username), tag_of(sealed.phone)});
}

Sealed seal(const crypto::KeyRing& keys, const Account& account) {
    Sealed sealed;
    sealed.first_name = keys.seal(context(account, "first_name"), account.first_name);
    sealed.last_name = keys.seal(context(account, "last_name"), account.last_name);
    sealed.email = keys.seal(context(account, "email"), account.email);
    if (account.username) {
        sealed.username = keys.seal(context(account, "username"), *account.username);
    }
    if (account.phone) {
        sealed.phone = keys.seal(context(account, "phone"), *account.phone);
    }
    sealed.row_seal = row_seal(keys, account, sealed);
    return sealed;
}

using BlindHash = std::array<unsigned char, 16>;

BlindHash email_hash(const crypto::KeyRing& keys, std::string_view email) {
    return keys.blind_index("account.email", fold_email(email));
}

std::optional<BlindHash> username_hash(const crypto::KeyRing& keys,
                                       const std::optional<std::string>& username) {
    return username ? std::optional{keys.blind_index("account.username", fold_email(*username))}
                    : std::nullopt;
}

/// What an account is found by.
struct Lookups {
    BlindHash email{};
    std::optional<BlindHash> username;

    [[nodiscard]] static Lookups of(const crypto::KeyRing& keys, const Account& account) {
        return {email_hash(keys, account.email), username_hash(keys, account.username)};
    }
    bool operator==(const Lookups&) const = default;
};

AccountRow read_row(const db::Rows& rows) {
    AccountRow row;
    std::apply([&rows](auto&... column) { rows.into(column...); }, row.columns());
    return row;
}

/// As a list shows it.
Account open_or_mark(const AccountRow& row, const crypto::KeyRing& keys) {
    auto opened = row.open(keys);
    if (opened.ok()) {
        return std::move(opened).value();
    }
    Account damaged = row.plain();
    damaged.damaged = true;
    return damaged;
}

Result<void> report_damage(audit::Work& work, const std::vector<std::int64_t>& accounts) {
    for (const auto id : accounts) {
        log(LogLevel::Error, "a sealed record did not open", {{"table", Literal{"account"}}, {"id", id}});
        TRY(work.read({.action = "user.damaged", .resource = id, .outcome = audit::Outcome::Failed}));
    }
    return {};
}

template <class Key>
Result<Account> find_one(db::Transaction& tx, const crypto::KeyRing& keys, const db::Sql& sql,
                         const Key& key) {
    db::Rows rows = TRY(tx.query(sql, key));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such user"};
    }
    return read_row(rows).open(keys);
}

Result<std::vector<Permission>> read_permissions(db::Rows rows) {
    std::vector<Permission> held;
    while (TRY(rows.next())) {
        std::string_view key;
        rows.into(key);
        if (const auto permission = parse_permission(key)) {
            held.push_back(*permission);
        }
    }
    return held;
}

}  // namespace

std::string_view name_of(AccountType type) {
    return kTypeNames[static_cast<std::size_t>(type)];
}
std::string_view name_of(AccountStatus status) {
    return kStatusNames[static_cast<std::size_t>(status)];
}

std::optional<AccountType> parse_account_type(std::string_view name) {
    const auto folded = fold(name);
    for (std::size_t i = 1; i < kTypeNames.size(); ++i) {
        if (folded == fold(kTypeNames[i])) {
            return static_cast<AccountType>(i);
        }
    }
    return std::nullopt;
}

std::string Account::full_name() const {
    return last_name.empty() ? first_name : first_name.empty() ? last_name : first_name + ' ' + last_name;
}

Account AccountRow::plain() const {
    Account account = plain_;
    account.type = static_cast<AccountType>(type_);
    account.status = static_cast<AccountStatus>(status_);
    return account;
}

Result<Account> AccountRow::open(const crypto::KeyRing& keys) const {
    Account account = plain();
    TRY(check_row_seal(keys, account, {first_name_, last_name_, email_, username_, phone_, row_seal_}));
    account.first_name = TRY(keys.open(context(account, "first_name"), first_name_));
    account.last_name = TRY(keys.open(context(account, "last_name"), last_name_));
    account.email = TRY(keys.open(context(account, "email"), email_));
    if (username_) {
        account.username = TRY(keys.open(context(account, "username"), *username_));
    }
    if (phone_) {
        account.phone = TRY(keys.open(context(account, "phone"), *phone_));
    }
    return account;
}

void AccountRow::reseal(audit::Resealing& some) const {
    struct Renewed {
        std::array<std::optional<Bytes>, 5> blobs;
        Bytes row_seal;
    };
    const auto view = [](const std::optional<Bytes>& blob) {
        return blob ? std::optional{ByteView{*blob}} : std::nullopt;
    };
    const std::array blobs{view(first_name_), view(last_name_), view(email_), view(username_), view(phone_)};
    some.row({plain_.id, plain_.version}, blobs, row_seal_, [&]() -> Result<Renewed> {
        Sealed sealed = seal(some.keys(), TRY(open(some.keys())));
        return Renewed{{std::move(sealed.first_name), std::move(sealed.last_name), std::move(sealed.email),
                        std::move(sealed.username), std::move(sealed.phone)},
                       std::move(sealed.row_seal)};
    });
}

Result<void> check_new_password(std::string_view password) {
    if (code_point_count(password) < kPasswordCharacters) {
        return Error{Code::Invalid, "The password must have at least 15 characters", "password"};
    }
    if (password.size() > kPasswordBytes) {
        return Error{Code::Invalid, "The password must have at most 256 bytes", "password"};
    }
    return {};
}

Result<Account> create_account(audit::Work& work, Account wanted) {
    wanted.role = TRY(find_role(work.tx(), wanted.role.id));
    TRY(work.tx().find(sql::account::next_id, std::tie(wanted.id)));
    wanted.uuid = crypto::new_uuid();
    wanted.version = 1;
    wanted.status = AccountStatus::Active;
    wanted.created_at = wanted.updated_at = work.now();
    const auto& keys = work.keys();
    const Sealed sealed = seal(keys, wanted);
    const auto stored = work.tx().execute(
        sql::account::insert, wanted.id, wanted.uuid, wanted.version, static_cast<int>(wanted.type),
        static_cast<int>(wanted.status), wanted.role.id, wanted.branch, email_hash(keys, wanted.email),
        username_hash(keys, wanted.username), sealed.first_name, sealed.last_name, sealed.email,
        sealed.username, sealed.phone, wanted.password, sealed.row_seal, wanted.created_at);
    if (!stored.ok()) {
        return taken_if_conflict(stored.error());
    }
    TRY(work.changed({.action = "user.created", .resource = wanted.id, .version = wanted.version}));
    return wanted;
}

Result<Account> update_account(audit::Work& work, Account changed, Literal action) {
    const auto& keys = work.keys();
    const Account before = TRY(find_account(work.tx(), keys, changed.id));
    changed.role = TRY(find_role(work.tx(), changed.role.id));
    ++changed.version;
    changed.updated_at = work.now();
    const Sealed sealed = seal(keys, changed);
    const auto rows = work.tx().execute(
        sql::account::update, changed.id, changed.version, static_cast<int>(changed.type),
        static_cast<int>(changed.status), changed.role.id, changed.branch, email_hash(keys, changed.email),
        username_hash(keys, changed.username), sealed.first_name, sealed.last_name, sealed.email,
        sealed.username, sealed.phone, changed.password, sealed.row_seal, changed.updated_at);
    if (!rows.ok()) {
        return taken_if_conflict(rows.error());
    }
    if (*rows != 1) {
        return Error{Code::Conflict, "The record was changed by someone else; reload and try again"};
    }
    if (before.status != changed.status || before.role.id != changed.role.id || before.type != changed.type ||
        before.password != changed.password) {
        TRY(work.tx().execute(sql::session::remove_of_account, changed.id));
    }
    TRY(work.changed({.action = action, .resource = changed.id, .version = changed.version}));
    return changed;
}

Result<void> remove_account(audit::Work& work, const Account& account) {
    TRY(work.tx().execute(sql::session::remove_of_account, account.id));
    const auto change = TRY(RightsChange::begin(work));
    if (TRY(work.tx().execute(sql::permission::remove_all, account.id)) > 0) {
        TRY(work.changed(
            {.action = "permission.cleared", .resource = account.id, .version = TRY(change.finish(work))}));
    }
    TRY(work.tx().execute(sql::account::remove, account.id));
    return work.changed({.action = "user.deleted", .resource = account.id, .version = account.version});
}

Result<Account> find_account(db::Transaction& tx, const crypto::KeyRing& keys, std::int64_t id) {
    return find_one(tx, keys, sql::account::find_by_id, id);
}

Result<Account> find_account(db::Transaction& tx, const crypto::KeyRing& keys, const Uuid& uuid) {
    return find_one(tx, keys, sql::account::find_by_uuid, uuid);
}

Result<Account> find_account_by_login(db::Transaction& tx, const crypto::KeyRing& keys,
                                      std::string_view login) {
    auto account = find_one(tx, keys, sql::account::find_by_email, email_hash(keys, login));
    if (account.ok() || account.error().code != Code::NotFound) {
        return account;
    }
    return find_one(tx, keys, sql::account::find_by_username, *username_hash(keys, std::string{login}));
}

Result<std::vector<CheckedAccount>> check_accounts(db::Transaction& tx, const crypto::KeyRing& keys) {
    std::vector<CheckedAccount> all;
    std::vector<Lookups> wanted;
    {
        db::Rows rows = TRY(tx.query(sql::account::list, std::optional<int>{}));
        while (TRY(rows.next())) {
            const AccountRow row = read_row(rows);
            const auto opened = row.open(keys);
            all.push_back({row.plain().id, opened.ok()});
            wanted.push_back(opened.ok() ? Lookups::of(keys, *opened) : Lookups{});
        }
    }
    db::Rows rows = TRY(tx.query(sql::account::list_lookups));
    for (std::size_t i = 0; i < all.size() && TRY(rows.next()); ++i) {
        Lookups stored;
        std::int64_t id = 0;
        rows.into(id, stored.email, stored.username);
        all[i].sound = all[i].sound && id == all[i].id && stored == wanted[i];
    }
    return all;
}

Result<AccountPage> list_accounts(audit::Work& work, std::optional<AccountType> type, std::string_view search,
                                  std::int64_t limit, std::int64_t offset) {
    const auto wanted = type ? std::optional{static_cast<int>(*type)} : std::nullopt;
    const std::string folded = fold(search);
    const std::string email = fold_email(search);
    AccountPage page;
    std::vector<std::int64_t> damaged;
    {
        db::Rows rows = TRY(work.tx().query(sql::account::list, wanted));
        while (TRY(rows.next())) {
            const bool is_shown =
                page.total >= offset && static_cast<std::int64_t>(page.accounts.size()) < limit;
            if (search.empty() && !is_shown) {
                ++page.total;
                continue;
            }
            Account account = open_or_mark(read_row(rows), work.keys());
            if (account.damaged) {
                damaged.push_back(account.id);
            }
            const bool matches =
                search.empty() ||
                (!folded.empty() && fold(account.full_name()).find(folded) != std::string::npos) ||
                (!email.empty() && fold_email(account.email).find(email) != std::string::npos);
            if (!matches) {
                continue;
            }
            if (is_shown) {
                page.accounts.push_back(std::move(account));
            }
            ++page.total;
        }
    }
    TRY(report_damage(work, damaged));
    return page;
}

Result<std::vector<Role>> list_roles(db::Transaction& tx) {
    std::vector<Role> roles;
    db::Rows rows = TRY(tx.query(sql::role::list));
    while (TRY(rows.next())) {
        Role& role = roles.emplace_back();
        rows.into(role.id, role.name, role.level);
    }
    return roles;
}

Result<Role> find_role(db::Transaction& tx, std::string_view name) {
    for (auto& role : TRY(list_roles(tx))) {
        if (role.name == name) {
            return std::move(role);
        }
    }
    return Error{Code::Invalid, "No such role", "role"};
}

Result<Role> find_role(db::Transaction& tx, std::int64_t id) {
    for (auto& role : TRY(list_roles(tx))) {
        if (role.id == id) {
            return std::move(role);
        }
    }
    return Error{Code::Invalid, "", "role_id"};
}

Result<std::vector<Permission>> permissions_of(db::Transaction& tx, std::int64_t account, std::int64_t role) {
    return read_permissions(TRY(tx.query(sql::permission::list, account, role)));
}

Result<std::vector<Permission>> permissions_of_role(db::Transaction& tx, std::int64_t role) {
    return read_permissions(TRY(tx.query(sql::role::list_permissions, role)));
}

Result<void> set_account_permission(audit::Work& work, std::int64_t account, Permission permission,
                                    bool granted) {
    const auto change = TRY(RightsChange::begin(work));
    TRY(work.tx().execute(sql::permission::put, account, key_of(permission), granted));
    return work.changed({.action = granted ? Literal{"permission.granted"} : Literal{"permission.revoked"},
                         .resource = account,
                         .version = TRY(change.finish(work))});
}

Result<void> sync_account_permissions(audit::Work& work, const Account& account,
                                      const std::vector<Permission>& wanted) {
    const auto of_role = TRY(permissions_of_role(work.tx(), account.role.id));
    const auto change = TRY(RightsChange::begin(work));
    TRY(work.tx().execute(sql::permission::remove_all, account.id));
    for (const auto permission : all_permissions()) {
        const bool has = std::find(of_role.begin(), of_role.end(), permission) != of_role.end();
        const bool wants = std::find(wanted.begin(), wanted.end(), permission) != wanted.end();
        if (has != wants) {
            TRY(work.tx().execute(sql::permission::put, account.id, key_of(permission), wants));
        }
    }
    return work.changed(
        {.action = "permission.synced", .resource = account.id, .version = TRY(change.finish(work))});
}

Result<void> set_role_permission(audit::Work& work, std::int64_t role, Permission permission, bool granted) {
    const auto change = TRY(RightsChange::begin(work));
    TRY(work.tx().execute(granted ? sql::role::grant : sql::role::revoke, role, key_of(permission)));
    return work.changed({.action = granted ? Literal{"role.granted"} : Literal{"role.revoked"},
                         .resource = role,
                         .version = TRY(change.finish(work))});
}

Result<void> reseal_accounts(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::account::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        read_row(rows).reseal(some);
    }
    return {};
}

}  // namespace tenantry::access
