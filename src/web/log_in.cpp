#include "web/log_in.hpp"

#include "api/cookies.hpp"
#include "api/log_in.hpp"
#include "api/service.hpp"

namespace tenantry::web {

namespace {

constexpr std::string_view kKeptPrefix = "kept.";
constexpr std::size_t kLoginCharacters = 254;

struct Entered {
    std::optional<std::string> login;
    std::optional<std::string> password;
    bool remember = false;
};

Entered add_fields(Form& form) {
    Entered entered;
    entered.login = form.text({.name = "login",
                               .label = "E-mail address or username",
                               .characters_max = kLoginCharacters,
                               .missing = "Enter your e-mail address or username",
                               .autocomplete = "username"});
    entered.password = form.password({.name = "password",
                                      .label = "Password",
                                      .missing = "Enter your password",
                                      .autocomplete = "current-password"});
    entered.remember = !form.checkboxes({.name = "remember",
                                         .label = "This computer",
                                         .options = {{"me", "Keep me logged in on it for 30 days"}},
                                         .hint = "Not on a computer that others use."})
                            .empty();
    return entered;
}

http::Response page_of(const Interrupted& interrupted, const Form& form, int status) {
    Page page{"Log in", "log_in", {}};
    page.form = &form;
    page.status = status;
    page.content["session_ended"] = flag(interrupted.session_ended);
    page.content["then"] = View{interrupted.path};
    std::vector<View> kept;
    kept.reserve(interrupted.kept.size());
    for (const auto& [name, value] : interrupted.kept) {
        kept.push_back(view_of({{"name", View{name}}, {"value", View{value}}}));
    }
    set_list(page.content, "kept", std::move(kept));
    return show_to_anybody(std::move(page));
}

Interrupted interrupted_of(const Call& call) {
    const std::string* then = call.params.given_text("then");
    return {safe_path(then != nullptr ? *then : ""), kept_fields(call, kKeptPrefix), false};
}

struct Opened {
    access::NewSession browser;
    access::Caller caller;  ///< of the browser's session
    std::optional<access::NewSession> remember;
};

Result<Opened> open_sessions(Call& call, const api::Credentials& credentials,
                             const api::LoginAttempt& attempt, bool remember) {
    return call.services.database.write_and_wait([&](db::Transaction& tx) -> Result<Opened> {
        audit::Work work{tx,
                         call.services.keys,
                         {attempt.account->id, call.request.client_address},
                         call.work.now(),
                         nullptr};
        const auto account = TRY(api::complete_login(work, call, credentials, attempt));
        const auto client = api::client_of(call.request);
        const auto& times = call.services.settings.session_times;
        auto browser = TRY(access::create_session(work, account.id, access::SessionKind::Browser, client,
                                                  times, work.now()));
        // Here, for the snapshot that the handler reads is older than the session.
        auto caller = TRY(access::authenticate(tx, work.keys(), browser.token, {}, work.now(), times));
        Opened opened{std::move(browser), caller, std::nullopt};
        if (remember) {
            opened.remember = TRY(access::create_session(work, account.id, access::SessionKind::Remember,
                                                         client, times, work.now()));
        }
        return opened;
    });
}

/// On to where the person was going: with what they had written, if they had.
Result<http::Response> go_on(Call& call, const Interrupted& interrupted, const access::Caller& caller) {
    if (interrupted.kept.empty()) {
        return go_to(interrupted.path);
    }
    call.caller = caller;
    const auto visitor = TRY(visitor_of(call));
    return show(
        call, visitor,
        page_to_send_again("Send what you wrote",
                           "You are logged in again. What you wrote is not saved yet: send it to save it.",
                           interrupted.path, interrupted.kept));
}

}  // namespace

http::Response show_log_in(const Interrupted& interrupted) {
    Form form;
    add_fields(form);
    return page_of(interrupted, form, interrupted.session_ended ? 401 : 200);
}

Result<http::Response> read_log_in(Call& call) {
    return show_log_in(interrupted_of(call));
}

Result<http::Response> post_log_in(Call& call) {
    if (api::is_foreign(call.request)) {
        return Error{Code::Invalid, "Another site sent this"};
    }
    const Interrupted interrupted = interrupted_of(call);
    Form form{call.params};
    const Entered entered = add_fields(form);
    if (!form.is_sound()) {
        return page_of(interrupted, form, 400);
    }
    const api::Credentials credentials{*entered.login, *entered.password};
    // These pages are for the landlord's people: nobody else has a place in them.
    const auto attempt = TRY(api::attempt_login(call, credentials, [](const access::Account& account) {
        return Result<bool>{account.type == access::AccountType::Staff};
    }));
    if (attempt.retry_after.count() > 0) {
        const auto minutes = (attempt.retry_after.count() + 59) / 60;
        form.refuse("", "There were too many attempts. Try again in " + std::to_string(minutes) +
                            (minutes == 1 ? " minute" : " minutes"));
        return page_of(interrupted, form, 429);
    }
    if (!attempt.account) {
        form.refuse("login", "The e-mail address, username or password is wrong");
        return page_of(interrupted, form, 401);
    }
    auto opened = TRY(open_sessions(call, credentials, attempt, entered.remember));
    api::set_session_cookies(call, opened.browser, opened.remember ? &*opened.remember : nullptr);
    return go_on(call, interrupted, opened.caller);
}

Result<http::Response> post_log_out(Call& call) {
    if (api::is_foreign(call.request)) {
        return Error{Code::Invalid, "Another site sent this"};
    }
    for (const auto token : {api::token_of(call.request, call.services.settings),
                             call.request.cookie(api::kRememberCookie).value_or("")}) {
        const auto ended = token.empty() ? Result<void>{} : access::end_session_of_token(call.work, token);
        if (!ended.ok() && ended.error().code != Code::NotFound) {
            return ended.error();
        }
    }
    api::clear_session_cookies(call);
    return go_to("/log-in");
}

}  // namespace tenantry::web
