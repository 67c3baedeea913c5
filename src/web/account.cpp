#include "web/account.hpp"

#include "access/account.hpp"
#include "api/log_in.hpp"
#include "api/services.hpp"
#include "web/csrf.hpp"
#include "web/new_password.hpp"
#include "web/session_view.hpp"

namespace tenantry::web {

namespace {

constexpr std::int64_t kSessionsMost = 100;

struct Passwords {
    std::optional<std::string> now;
    std::optional<std::string> next;
};

Passwords add_passwords(Form& form) {
    Passwords entered;
    entered.now = form.password({.name = "current_password",
                                 .label = "Current password",
                                 .missing = "Enter your current password",
                                 .autocomplete = "current-password"});
    entered.next =
        form.password({.name = "new_password",
                       .label = "New password",
                       .hint = "At least 15 characters. Three or four words that mean something to nobody "
                               "else are easy to remember.",
                       .missing = "Enter a new password",
                       .autocomplete = "new-password"});
    const auto again = form.password({.name = "new_password_again",
                                      .label = "New password again",
                                      .missing = "Enter the new password again",
                                      .autocomplete = "new-password"});
    check_new_password(form, "new_password", entered.next, "new_password_again", again, "new password");
    return entered;
}

Result<http::Response> show_password(Call& call, const Form& form) {
    const auto visitor = TRY(visitor_of(call));
    return show(call, visitor,
                {.title = "Change your password",
                 .template_name = "password",
                 .content = {},
                 .back = Link{"/account", "Your account"},
                 .form = &form});
}

/// Changes the password, which ends all sessions: it may be changed because somebody knows it.
Result<void> store_password(Call& call, const api::Credentials& credentials, const api::LoginAttempt& attempt,
                            const std::string& hash) {
    return write_once(call, [&](audit::Work& work) -> Result<void> {
        auto account = TRY(api::complete_login(work, call, credentials, attempt));
        account.password = hash;
        TRY(access::update_account(work, std::move(account), "user.password_changed"));
        return {};
    });
}

}  // namespace

Result<http::Response> read_account(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto page = TRY(access::list_sessions(call.work, call.who().account, kSessionsMost, 0));
    View content;
    content["name"] = View{visitor.name};
    show_sessions_in(content, page, call.who(), "/account/sessions", true);
    return show(call, visitor,
                {.title = "Your account", .template_name = "account", .content = std::move(content)});
}

Result<http::Response> end_own_session(Call& call) {
    const auto session = TRY(uuid_of(call));
    if (TRY(access::account_of_session(call.work.tx(), session)) != call.who().account) {
        return Error{Code::NotFound, "No such session"};
    }
    TRY(access::end_session(call.work, session));
    return go_to("/account", "session-ended");
}

Result<http::Response> read_password(Call& call) {
    Form form;
    add_passwords(form);
    return show_password(call, form);
}

Result<http::Response> post_password(Call& call) {
    TRY(check_csrf(call));
    Form form{call.params};
    const auto entered = add_passwords(form);
    if (!form.is_sound()) {
        return show_password(call, form);
    }
    const auto& caller = call.who();
    const auto account = TRY(access::find_account(call.work.tx(), call.services.keys, caller.account));
    const api::Credentials credentials{account.email, *entered.now};
    const auto attempt = TRY(api::attempt_login(call, credentials, [&](const access::Account& found) {
        return Result<bool>{found.id == caller.account};
    }));
    if (attempt.retry_after.count() > 0) {
        form.refuse("", "There were too many attempts. Wait a few minutes, then try again");
        return show_password(call, form);
    }
    if (!attempt.account) {
        form.refuse("current_password", "That is not your current password");
        return show_password(call, form);
    }
    const auto hash = TRY(crypto::hash_password(*entered.next, call.services.settings.password_cost));
    TRY(store_password(call, credentials, attempt, hash));
    return go_to("/log-in");
}

}  // namespace tenantry::web
