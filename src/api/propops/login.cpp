#include "api/cookies.hpp"
#include "api/log_in.hpp"
#include "api/propops/handlers.hpp"
#include "api/propops/reply.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kLoginCharacters = 254;
constexpr Error kWrong{Code::Unauthenticated, "Invalid email or password"};

struct Wanted {
    Credentials credentials;
    std::optional<bool> remember_me;  ///< given: a browser session is wanted as well
};

struct Opened {
    access::NewSession token;
    std::optional<access::NewSession> browser;
    std::optional<access::NewSession> remember;
};

Result<Wanted> read_wanted(const Params& params) {
    Wanted wanted;
    wanted.credentials.login = TRY(params.required_text("email", kLoginCharacters));
    auto password = TRY(params.secret("password"));
    if (!password) {
        return Error{Code::Invalid, "", "password"};
    }
    wanted.credentials.password = std::move(*password);
    wanted.remember_me = TRY(params.boolean("remember_me"));
    return wanted;
}

/// Opens what the credentials, now proved, ask for. Runs on the writer.
Result<Opened> open_sessions(audit::Work& work, Call& call, const LoginAttempt& attempt,
                             const Wanted& wanted) {
    const auto account = TRY(complete_login(work, call, wanted.credentials, attempt));
    const auto& settings = call.services.settings;
    const auto client = client_of(call.request);
    const auto open = [&](access::SessionKind kind) {
        return access::create_session(work, account.id, kind, client, settings.session_times, work.now());
    };
    Opened opened{TRY(open(access::SessionKind::Api)), std::nullopt, std::nullopt};
    if (wanted.remember_me) {
        opened.browser = TRY(open(access::SessionKind::Browser));
    }
    if (wanted.remember_me == true) {
        opened.remember = TRY(open(access::SessionKind::Remember));
    }
    return opened;
}

http::Response reply(const access::Account& account, const Opened& opened) {
    Envelope envelope;
    auto& w = envelope.writer();
    w.key("token").text(opened.token.token);
    w.key("token_type").text("Bearer");
    write_instant(w.key("expires_at"), opened.token.expires_at);
    w.key("user").begin_object();
    w.key("name").text(account.full_name());
    w.key("email").text(account.email);
    w.key("account_type").text(access::name_of(account.type));
    w.end_object();
    w.key("usage").text("Authorization: Bearer <token>");
    return std::move(envelope).finish_bare();
}

}  // namespace

Result<http::Response> log_in(Call& call) {
    const Wanted wanted = TRY(read_wanted(call.params));
    Services& services = call.services;
    const auto attempt = TRY(attempt_login(
        call, wanted.credentials, [](const access::Account& /*any*/) { return Result<bool>{true}; }));
    if (attempt.retry_after.count() > 0) {
        return too_many_attempts(attempt.retry_after);
    }
    if (!attempt.account) {
        return kWrong;
    }
    const auto opened = services.database.write_and_wait([&](db::Transaction& tx) {
        audit::Work work{
            tx, services.keys, {attempt.account->id, call.request.client_address}, call.work.now(), nullptr};
        return open_sessions(work, call, attempt, wanted);
    });
    if (!opened.ok()) {
        return opened.error().code == Code::Unauthenticated ? kWrong : opened.error();
    }
    if (opened->browser) {
        set_session_cookies(call, *opened->browser, opened->remember ? &*opened->remember : nullptr);
    }
    return reply(*attempt.account, *opened);
}

}  // namespace tenantry::api::propops
