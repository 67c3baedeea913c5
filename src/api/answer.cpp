// The service's checks, in their one order, and the handler behind them.
#include "access/csrf.hpp"
#include "api/cookies.hpp"
#include "api/pending.hpp"
#include "api/repeat.hpp"
#include "base/ascii.hpp"
#include "base/log.hpp"
#include "base/text.hpp"

namespace tenantry::api {

namespace {

/// The token of an Authorization: Bearer header; empty for another scheme.
std::string_view bearer_of(std::string_view header) {
    constexpr std::string_view kScheme = "bearer ";
    return same_text(header.substr(0, kScheme.size()), kScheme) ? trim(header.substr(kScheme.size()))
                                                                : std::string_view{};
}

bool may_call(const Guard& guard, const access::Caller& caller) {
    const bool holds = caller.permitted || (guard.admits_meeting_token() && caller.meeting.has_value());
    return holds && (!guard.is_staff_only() || caller.type == access::AccountType::Staff);
}

/// Whose requests are counted together: an account's, or those of a signed token that names none.
std::string limit_key(const access::Caller& caller) {
    return caller.account != 0 ? std::to_string(caller.account)
                               : std::string{caller.token_hash.begin(), caller.token_hash.end()};
}

/// As the header and the parameters have it, which must not differ; empty where neither has.
Result<std::string> csrf_token_of(const http::Request& request, const Params& params) {
    const auto in_header = request.header("x-csrf-token");
    auto in_params = TRY(params.text("csrf_token", 256));
    if (in_header && in_params && *in_header != *in_params) {
        return Error{Code::Invalid, "", "csrf_token"};
    }
    return in_header ? std::string{*in_header} : std::move(in_params).value_or("");
}

}  // namespace

bool is_foreign(const http::Request& request) {
    const auto site = request.header("sec-fetch-site");
    return site && *site != "same-origin" && *site != "none";
}

std::string_view token_of(const http::Request& request, const Settings& settings) {
    if (const auto header = request.header("authorization")) {
        return bearer_of(*header);
    }
    return request.cookie(settings.session_cookie).value_or("");
}

Result<void> Service::look_ahead(const Pending& pending, db::Transaction& tx) const {
    const auto look = pending.route->look_ahead;
    return look != nullptr && pending.params.ok() ? look(*pending.params, tx) : Result<void>{};
}

Result<void> Service::look_ahead_of_write(const Pending& pending, db::Transaction& tx) const {
    const http::Request& request = pending.exchange.request();
    const auto session = token_of(request, services_.settings);
    if (!pending.route->guard.is_open()) {
        TRY(access::expect_session(tx, services_.keys, session, pending.route->guard.needs()));
    }
    TRY(audit::expect_append(tx, services_.keys, request.client_address));
    if (takes_repeat_key(*pending.api, *pending.route) && has_repeat_key(request)) {
        return {};  // what was answered already is not done again, and must change nothing
    }
    if (pending.route->csrf == Csrf::Spent && pending.params.ok() &&
        services_.settings.csrf_mode == access::CsrfMode::SingleUse) {
        if (const auto token = csrf_token_of(request, *pending.params); token.ok()) {
            const auto holder = access::token_hash(services_.keys, session);
            TRY(access::expect_csrf_token(tx, services_.keys, holder, *token));
        }
    }
    return look_ahead(pending, tx);
}

bool Service::only_adds(const Pending& pending) const {
    const auto adds = pending.route->only_adds;
    if (adds == nullptr || !pending.params.ok() || !adds(*pending.params)) {
        return false;
    }
    // What was answered already would have to be looked for among the rows of its neighbours.
    return !takes_repeat_key(*pending.api, *pending.route) || !has_repeat_key(pending.exchange.request());
}

std::optional<http::Response> Service::answer(Pending& pending, db::Transaction& tx, audit::ReadLog* reads) {
    static const Params kNone;
    const http::Request& request = pending.exchange.request();
    audit::Work work{tx, services_.keys, {std::nullopt, request.client_address}, pending.now, reads};
    Call call{request, pending.params.ok() ? *pending.params : kNone, services_, work, std::nullopt};
    call.password_hash = std::move(pending.password_hash);
    call.path_values = pending.path_values;
    bool run_as_write = false;
    auto answered = checked_answer(pending, call, run_as_write);
    if (run_as_write) {
        return std::nullopt;
    }
    pending.headers = std::move(call.headers);
    if (!answered.ok()) {
        if (!pending.route->refused_as.empty()) {
            journal_failure(pending, call, pending.route->refused_as, audit::Outcome::Denied);
        } else if (answered.error().code == Code::Forbidden) {
            journal_failure(pending, call, "access.denied", audit::Outcome::Denied);
        } else if (answered.error().code == Code::Corrupt && (work.writes() || !work.has_reported_damage())) {
            // What the write itself journaled is rolled back with it; not every reading has a report.
            journal_failure(pending, call, "record.damaged", audit::Outcome::Failed);
        }
        return pending.refuse(answered.error(), &call);
    }
    return std::move(answered).value();
}

Result<http::Response> Service::checked_answer(Pending& pending, Call& call, bool& run_as_write) {
    const Guard& guard = pending.route->guard;
    const auto asks = pending.route->asks_credentials;
    const bool open_but_asks = asks != nullptr && pending.params.ok() && asks(*pending.params);
    if (!guard.is_open() || open_but_asks) {
        call.caller = TRY(identify(pending, call, run_as_write));
        if (run_as_write) {
            return kBusy;
        }
        call.work.set_actor({call.caller->account_if_any(), call.request.client_address});
        if (!pending.account) {
            pending.account = call.caller->account;
            pending.allowance = rate_limit_.count(limit_key(*call.caller), pending.now);
        }
        if (pending.allowance.exceeded) {
            services_.metrics.count_rate_limited();
            return Error{Code::Throttled, "Too many requests; try again shortly"};
        }
    }
    if (!pending.params.ok()) {
        return pending.params.error();
    }
    if (takes_repeat_key(*pending.api, *pending.route)) {
        call.repeat_key = repeat_key_of(call, pending.route->path);
    }
    const auto earlier = TRY(find_answer(call, call.work, pending.api->refuse_status));
    if (pending.route->csrf == Csrf::Spent || open_but_asks) {
        // A call that is only repeated spends nothing: its token may be the one that the first call spent.
        // Nor does one whose password is hashed first; the write that follows spends it.
        const bool spends = !earlier && !pending.hash_first;
        TRY(spend_csrf(pending, call, spends ? services_.settings.csrf_mode : access::CsrfMode::Session));
    }
    if (call.caller && !may_call(guard, *call.caller)) {
        return access::kNotPermitted;
    }
    if (earlier) {
        return *earlier;
    }
    if (pending.hash_first) {
        pending.hash_first = false;
        if (const auto password = TRY(call.params.secret("password"))) {
            TRY(access::check_new_password(*password));
            pending.password_hash = TRY(crypto::hash_password(*password, services_.settings.password_cost));
        }
        run_as_write = true;
        return kBusy;
    }
    auto response = TRY(pending.route->handler(call));
    return keep_answer(call, call.work, std::move(response));
}

Result<access::Caller> Service::holder_of_session(const Pending& pending, Call& call,
                                                  std::string_view token) const {
    const auto needs = pending.route->guard.needs();
    const auto& times = services_.settings.session_times;
    return pending.reading != nullptr
               ? pending.reading->sessions.authenticate(*pending.reading->reader, services_.keys, token,
                                                        needs, pending.now, times)
               : access::authenticate(call.work.tx(), services_.keys, token, needs, pending.now, times);
}

Result<access::Caller> Service::identify(const Pending& pending, Call& call, bool& run_as_write) {
    if (pending.api->credentials == CredentialKind::Token) {
        return identify_by_token(pending, call);
    }
    const auto& settings = services_.settings;
    auto caller = holder_of_session(pending, call, token_of(call.request, settings));
    if (caller.ok() && caller->touch_due) {
        touch(*caller);
    }
    // Neither a bearer client nor a password on its way to be hashed is worth a new session.
    const bool may_reopen = !call.request.header("authorization") && !pending.hash_first;
    const auto remember = may_reopen ? call.request.cookie(kRememberCookie) : std::nullopt;
    if (caller.ok() || caller.error().code != Code::Unauthenticated || !remember) {
        return caller;
    }
    // The session ended, but the browser is remembered: open a new one, which takes a write.
    if (pending.route->run != Run::Write && !call.work.writes()) {
        run_as_write = true;
        return access::Caller{};
    }
    const auto account = TRY(access::spend_remember_token(call.work, *remember));
    call.work.set_actor({account, call.request.client_address});
    const auto client = client_of(call.request);
    const auto session = TRY(access::create_session(call.work, account, access::SessionKind::Browser, client,
                                                    settings.session_times));
    const auto again = TRY(access::create_session(call.work, account, access::SessionKind::Remember, client,
                                                  settings.session_times));
    set_session_cookies(call, session, &again);
    return holder_of_session(pending, call, session.token);
}

Result<access::Caller> Service::identify_by_token(const Pending& pending, Call& call) {
    const auto header = call.request.header("authorization");
    if (!header) {
        return access::kNotSignedIn;
    }
    const auto token = bearer_of(*header);
    if (access::is_signed_token(token)) {
        auto known =
            pending.reading != nullptr
                ? TRY(pending.reading->tokens.authenticate(*pending.reading->reader, services_.keys,
                                                           services_.token_secret, token, pending.now))
                : TRY(access::authenticate_token(call.work.tx(), services_.keys, services_.token_secret,
                                                 token, pending.now));
        call.claims = std::move(known.claims);
        return known.caller_for(pending.route->guard.needs());
    }
    auto caller = holder_of_session(pending, call, token);
    if (caller.ok() && caller->touch_due) {
        touch(*caller);
    }
    if (!caller.ok() && caller.error().code == Code::Unauthenticated) {
        return access::kTokenRefused;
    }
    return caller;
}

Result<void> Service::spend_csrf(const Pending& pending, Call& call, access::CsrfMode mode) {
    const auto token = TRY(csrf_token_of(call.request, call.params));
    const bool by_cookie = !call.request.header("authorization");
    if (by_cookie && is_foreign(call.request)) {
        return access::kCsrfRefused;
    }
    return access::spend_csrf_token(call.work.tx(), services_.keys, call.who(), token, mode, pending.now);
}

void Service::journal_failure(const Pending& pending, const Call& call, Literal action,
                              audit::Outcome outcome) {
    audit::Event event;
    event.at = pending.now;
    event.action = action;
    event.outcome = outcome;
    event.account = call.caller ? call.caller->account_if_any() : std::nullopt;
    event.address = call.request.client_address;
    const auto recorded = services_.reads.record(std::move(event));
    if (!recorded.ok()) {
        log(LogLevel::Error, "a refusal could not be journaled", {{"request", pending.id}});
    }
}

void Service::touch(const access::Caller& caller) {
    class Touch final : public db::WriteJob {
      public:
        Touch(std::int64_t session, Instant now) : session_(session), now_(now) {}
        Result<void> run(db::Transaction& tx) override { return access::touch_session(tx, session_, now_); }
        void finished(Result<void> /*outcome*/) noexcept override {
            // A missed touch makes an idle session end a minute early, and the next request touches again.
        }
        [[nodiscard]] bool is_brief() const override { return true; }

      private:
        std::int64_t session_;
        Instant now_;
    };
    services_.database.write(std::make_unique<Touch>(caller.session, services_.clock.now()),
                             db::Urgency::MayWait);
}

}  // namespace tenantry::api
