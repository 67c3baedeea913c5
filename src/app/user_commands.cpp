#include "app/user_commands.hpp"

#include <fmt/format.h>

#include "access/account.hpp"
#include "base/text.hpp"
#include "crypto/password.hpp"

namespace tenantry::app {

namespace {

/// The account that the options describe, without its password's hash. Invalid names the option at fault.
Result<access::Account> read_account(db::Transaction& tx, const Command& command) {
    access::Account account;
    account.email = command.option("email");
    if (account.email.find('@') == std::string::npos || !is_clean_utf8(account.email)) {
        return Error{Code::Invalid, "an e-mail address is needed", "--email"};
    }
    const std::string name{trim(command.option("name"))};
    if (name.empty() || !is_clean_utf8(name) || has_control_character(name)) {
        return Error{Code::Invalid, "a first and last name is needed", "--name"};
    }
    const auto space = name.rfind(' ');
    account.first_name = space == std::string::npos ? "" : name.substr(0, space);
    account.last_name = space == std::string::npos ? name : name.substr(space + 1);
    if (const auto username = command.option("username"); !username.empty()) {
        account.username = username;
    }
    const auto type_name = command.option("account-type");
    const auto type = access::parse_account_type(type_name.empty() ? "Staff" : type_name);
    if (!type) {
        return Error{Code::Invalid, "is one of Staff, Agent, Landlord, Tenant, Contractor", "--account-type"};
    }
    account.type = *type;
    account.role = TRY(access::find_role(tx, command.option("role")));
    return account;
}

}  // namespace

int add_user(Instance& instance, const Command& command, Output& output) {
    const auto password = command.option("password");
    const auto acceptable = access::check_new_password(password);
    if (!acceptable.ok()) {
        return fail(output, acceptable.error());
    }
    // Hashed before the write: it takes a tenth of a second, and the writer serves everybody.
    const auto hash = crypto::hash_password(password, {});
    if (!hash.ok()) {
        return fail(output, hash.error());
    }
    const auto account = instance.write([&](audit::Work& work) -> Result<access::Account> {
        auto wanted = TRY(read_account(work.tx(), command));
        wanted.password = *hash;
        return access::create_account(work, std::move(wanted));
    });
    if (!account.ok()) {
        return fail(output, account.error());
    }
    output.line(fmt::format("user {} added: role {}, account type {}", account->id, account->role.name,
                            access::name_of(account->type)));
    return kDone;
}

int disable_user(Instance& instance, const Command& command, Output& output) {
    const auto disabled = instance.write([&](audit::Work& work) -> Result<access::Account> {
        auto account = TRY(access::find_account_by_login(work.tx(), work.keys(), command.option("email")));
        account.status = access::AccountStatus::Disabled;
        return access::update_account(work, std::move(account), "user.disabled");
    });
    if (!disabled.ok()) {
        return fail(output, disabled.error());
    }
    output.line(fmt::format("user {} disabled; all sessions are ended", disabled->id));
    return kDone;
}

int list_users(Instance& instance, const Command& /*command*/, Output& output) {
    const auto page = instance.write(
        [](audit::Work& work) { return access::list_accounts(work, std::nullopt, "", 100'000, 0); });
    if (!page.ok()) {
        return fail(output, page.error());
    }
    output.line(fmt::format("{:>5}  {:<8}  {:<10}  {:<11}  {:<36}  {}", "id", "role", "type", "status",
                            "email", "name"));
    for (const auto& account : page->accounts) {
        output.line(fmt::format("{:>5}  {:<8}  {:<10}  {:<11}  {:<36}  {}", account.id, account.role.name,
                                access::name_of(account.type), access::name_of(account.status),
                                account.damaged ? "does not open" : account.email, account.full_name()));
    }
    return kDone;
}

}  // namespace tenantry::app
