#include "api/cookies.hpp"
#include "api/propops/handlers.hpp"
#include "api/propops/reply.hpp"

#include "access/account.hpp"
#include "access/throttle.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kLoginCharacters = 254;
constexpr Error kWrong{Code::Unauthenticated, "Invalid email or password"};

struct Credentials {
    std::string login;
    std::string password;
    std::optional<bool> remember_me;  ///< given: a browser session is wanted as well
};

struct Opened {
    access::NewSession token;
    std::optional<access::NewSession> browser;
    std::optional<access::NewSession> remember;
};

Result<Credentials> read_credentials(const Params& params) {
    Credentials credentials;
    credentials.login = TRY(params.required_text("email", kLoginCharacters));
    auto password = TRY(params.secret("password"));
    if (!password) {
        return Error{Code::Invalid, "", "password"};
    }
    credentials.password = std::move(*password);
    credentials.remember_me = TRY(params.boolean("remember_me"));
    return credentials;
}

http::Response too_many(std::chrono::seconds retry_after) {
    http::Response response = refuse_with(429, "Too many log-in attempts; try again later");
    response.add_header("Retry-After", std::to_string(retry_after.count()));
    return response;
}

bool may_log_in(const access::Account& account, const Settings& settings) {
    return account.status == access::AccountStatus::Active &&
           (account.type != access::AccountType::Tenant || settings.tenants_may_log_in);
}

/// Opens what the credentials, now proved, ask for. Runs on the writer.
Result<Opened> open_sessions(audit::Work& work, Call& call, access::Account account,
                             const std::string& rehashed, const Credentials& credentials) {
    const auto& settings = call.services.settings;
    const auto current = TRY(access::find_account(work.tx(), work.keys(), account.id));
    if (current.version != account.version) {
        return kWrong;  // changed while the password was being checked: let the caller try again
    }
    TRY(access::attempt_succeeded(work.tx(), work.keys(), credentials.login, call.request.client_address,
                                  work.now()));
    if (!rehashed.empty()) {
        account.password = rehashed;
        account = TRY(access::update_account(work, std::move(account), "user.password_rehashed"));
    }
    const access::Client client{call.request.client_address,
                                std::string{call.request.header("user-agent").value_or("")}};
    const auto open = [&](access::SessionKind kind) {
        return access::create_session(work, account.id, kind, client, settings.session_times);
    };
    Opened opened{TRY(open(access::SessionKind::Api)), std::nullopt, std::nullopt};
    if (credentials.remember_me) {
        opened.browser = TRY(open(access::SessionKind::Browser));
    }
    if (credentials.remember_me == true) {
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
    const Credentials credentials = TRY(read_credentials(call.params));
    Services& services = call.services;
    const auto attempt = TRY(services.database.write_and_wait([&](db::Transaction& tx) {
        return access::begin_attempt(tx, services.keys, credentials.login, call.request.client_address,
                                     call.work.now());
    }));
    if (!attempt.allowed) {
        return too_many(attempt.retry_after);
    }
    auto account = access::find_account_by_login(call.work.tx(), services.keys, credentials.login);
    if (!account.ok() && account.error().code != Code::NotFound) {
        return account.error();
    }
    // A password is checked whether or not there is an account, so that both take the same time.
    const std::string& encoded = account.ok() ? account->password : services.unknown_password;
    const bool right = crypto::verify_password(encoded, credentials.password);
    if (!right || !account.ok() || !may_log_in(*account, services.settings)) {
        TRY(call.work.read({.action = "login.failed",
                            .resource = account.ok() ? std::optional{account->id} : std::nullopt,
                            .outcome = audit::Outcome::Denied}));
        return kWrong;
    }
    const auto cost = services.settings.password_cost;
    const std::string rehashed = crypto::needs_rehash(encoded, cost)
                                     ? TRY(crypto::hash_password(credentials.password, cost))
                                     : std::string{};
    const auto opened = TRY(services.database.write_and_wait([&](db::Transaction& tx) {
        audit::Work work{
            tx, services.keys, {account->id, call.request.client_address}, call.work.now(), nullptr};
        return open_sessions(work, call, *account, rehashed, credentials);
    }));
    if (opened.browser) {
        set_session_cookies(call, *opened.browser, opened.remember ? &*opened.remember : nullptr);
    }
    return reply(*account, opened);
}

}  // namespace tenantry::api::propops
