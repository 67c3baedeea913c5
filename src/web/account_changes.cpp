#include "access/management.hpp"
#include "api/services.hpp"
#include "web/accounts.hpp"
#include "web/administration.hpp"
#include "web/csrf.hpp"
#include "web/new_password.hpp"

namespace tenantry::web {

namespace {

constexpr std::size_t kNameCharacters = 100;
constexpr std::size_t kEmailCharacters = 254;
constexpr std::size_t kTelephoneCharacters = 40;

struct Entered {
    access::Account account;
    std::optional<std::string> password;
};

std::string path_of(const access::Account& account) {
    return "/administration/accounts/" + account.uuid.text();
}

/// Roles that the caller may give. None is the first: a role is given on purpose.
Result<std::vector<Option>> role_options(Call& call) {
    std::vector<Option> options{{"", "Choose a role"}};
    for (const auto& role : TRY(access::list_roles(call.work.tx()))) {
        if (role.level <= call.who().level) {
            options.push_back({std::to_string(role.id), role.name});
        }
    }
    return options;
}

constexpr access::AccountType kTypes[] = {access::AccountType::Staff, access::AccountType::Agent,
                                          access::AccountType::Landlord, access::AccountType::Tenant,
                                          access::AccountType::Contractor};

std::vector<Option> type_options() {
    std::vector<Option> options;
    for (const auto type : kTypes) {
        options.push_back({std::to_string(static_cast<int>(type)), std::string{access::name_of(type)}});
    }
    return options;
}

/// Adds the form's fields and takes what they say over the account as it is.
Result<Entered> add_fields(Call& call, Form& form, access::Account account) {
    form.with("first_name", account.first_name)
        .with("last_name", account.last_name)
        .with("email", account.email);
    form.with("username", account.username.value_or("")).with("phone", account.phone.value_or(""));
    form.with("type", std::to_string(static_cast<int>(account.type)))
        .with("role", std::to_string(account.role.id));
    const bool is_new = account.id == 0;
    Entered entered{std::move(account), std::nullopt};
    auto& changed = entered.account;
    changed.first_name = form.text({.name = "first_name",
                                    .label = "First name",
                                    .characters_max = kNameCharacters,
                                    .missing = "Enter a first name"})
                             .value_or("");
    changed.last_name = form.text({.name = "last_name",
                                   .label = "Last name",
                                   .characters_max = kNameCharacters,
                                   .missing = "Enter a last name"})
                            .value_or("");
    changed.email = form.text({.name = "email",
                               .label = "E-mail address",
                               .characters_max = kEmailCharacters,
                               .missing = "Enter an e-mail address",
                               .type = "email"})
                        .value_or("");
    changed.username =
        form.text({.name = "username",
                   .label = "Username",
                   .hint = "For logging in with instead of the e-mail address. May be left empty.",
                   .characters_max = kNameCharacters});
    changed.phone = form.text({.name = "phone",
                               .label = "Telephone number",
                               .hint = "May be left empty.",
                               .characters_max = kTelephoneCharacters,
                               .width = 20,
                               .type = "tel"});
    const auto type = form.select({.name = "type",
                                   .label = "Kind of account",
                                   .options = type_options(),
                                   .missing = "Choose a kind of account"});
    const auto role = form.select({.name = "role",
                                   .label = "Role",
                                   .options = TRY(role_options(call)),
                                   .hint = "What the account may do. Roles above your own cannot be given.",
                                   .missing = "Choose a role"});
    entered.password =
        form.password({.name = "password",
                       .label = is_new ? "Password" : "New password",
                       .hint = is_new ? "At least 15 characters."
                                      : "At least 15 characters. Leave it empty to keep the one there is.",
                       .missing = is_new ? "Enter a password" : "",
                       .autocomplete = "new-password"});
    check_new_password(form, "password", entered.password);
    if (type && role && form.is_sound()) {
        changed.type = static_cast<access::AccountType>(std::stoi(*type));
        changed.role = TRY(access::find_role_to_give(call.work.tx(), call.who(), std::stoll(*role)));
    }
    return entered;
}

Result<http::Response> show_form(Call& call, const Form& form, const access::Account& account) {
    const auto visitor = TRY(visitor_of(call));
    const bool is_new = account.id == 0;
    View content;
    content["heading"] = View{is_new ? "Create an account" : "Change an account"};
    content["action"] =
        View{is_new ? std::string{"/administration/accounts/new"} : path_of(account) + "/edit"};
    content["version"] =
        text_or_none(is_new ? std::optional<std::string>{} : std::to_string(account.version));
    content["button"] = View{is_new ? "Create account" : "Save"};
    return show_administration(
        call, visitor, "",
        {.title = is_new ? "Create an account" : "Change an account",
         .template_name = "account_form",
         .content = std::move(content),
         .back = is_new ? Link{"/administration/accounts", "Accounts"} : Link{path_of(account), "Account"},
         .form = &form});
}

Result<access::Account> account_of_path(Call& call) {
    return access::find_manageable_account(call.work, call.who(), TRY(uuid_of(call)));
}

/// Says a conflict at the field that it is about; false for any other error.
bool refuse_in(Form& form, const Error& error) {
    if (error.code != Code::Conflict) {
        return false;
    }
    if (error.text.view() == access::kLoginTaken.text.view()) {
        form.refuse("email", "Another account has this e-mail address, or this username");
    } else {
        form.refuse("",
                    "The account was changed by somebody else meanwhile. What you entered is not saved: go "
                    "back to the account and "
                    "look at it as it is now");
    }
    return true;
}

/// Checks the form, hashes the password off the writer, then stores in one write that spends the token.
template <class Store>
Result<http::Response> post_form(Call& call, access::Account account, Store store, std::string_view done) {
    Form form{call.params};
    auto entered = TRY(add_fields(call, form, std::move(account)));
    if (!form.is_sound()) {
        return show_form(call, form, entered.account);
    }
    if (entered.password) {
        entered.account.password =
            TRY(crypto::hash_password(*entered.password, call.services.settings.password_cost));
    }
    const auto stored = write_once(call, [&](audit::Work& work) { return store(work, entered.account); });
    if (!stored.ok() && refuse_in(form, stored.error())) {
        return show_form(call, form, entered.account);
    }
    if (!stored.ok()) {
        return stored.error();
    }
    return go_to(path_of(*stored), done);
}

}  // namespace

Result<http::Response> read_new_account(Call& call) {
    Form form;
    TRY(add_fields(call, form, {}));
    return show_form(call, form, {});
}

Result<http::Response> post_new_account(Call& call) {
    TRY(check_csrf(call));
    return post_form(
        call, {},
        [](audit::Work& work, const access::Account& wanted) { return access::create_account(work, wanted); },
        "account-created");
}

Result<http::Response> read_account_edit(Call& call) {
    const auto account = TRY(account_of_path(call));
    Form form;
    TRY(add_fields(call, form, account));
    return show_form(call, form, account);
}

Result<http::Response> post_account_edit(Call& call) {
    TRY(check_csrf(call));
    auto account = TRY(account_of_path(call));
    // Over the version that the form was opened with, whatever there is now.
    account.version = TRY(call.params.integer("version", 1, account.version)).value_or(0);
    return post_form(
        call, std::move(account),
        [](audit::Work& work, const access::Account& changed) {
            return access::update_account(work, changed, "user.updated");
        },
        "account-changed");
}

Result<http::Response> read_account_status(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto account = TRY(account_of_path(call));
    const bool active = account.status == access::AccountStatus::Active;
    View content;
    content["name"] = View{account.full_name()};
    content["active"] = flag(active);
    content["action"] = View{path_of(account) + "/status"};
    content["cancel"] = View{path_of(account)};
    return show_administration(call, visitor, "",
                               {.title = active ? "Disable an account" : "Enable an account",
                                .template_name = "account_status",
                                .content = std::move(content),
                                .back = Link{path_of(account), "Account"}});
}

Result<http::Response> post_account_status(Call& call) {
    auto account = TRY(account_of_path(call));
    const auto path = path_of(account);
    if (account.status == access::AccountStatus::Blacklisted) {
        TRY(access::take_off_blacklist(call.work, call.who(), std::move(account)));
    } else {
        TRY(access::toggle_account_status(call.work, call.who(), std::move(account)));
    }
    return go_to(path, "account-changed");
}

Result<http::Response> post_account_log_out(Call& call) {
    const auto account = TRY(account_of_path(call));
    TRY(access::end_sessions_of(call.work, account.id));
    return go_to(path_of(account), "sessions-ended");
}

Result<http::Response> end_account_session(Call& call) {
    TRY(access::terminate_session(call.work, call.who(), TRY(uuid_of(call, 1))));
    return go_to("/administration/accounts/" + call.path_values[0], "session-ended");
}

}  // namespace tenantry::web
