#include "api/cookies.hpp"
#include "api/propops/handlers.hpp"
#include "api/propops/reply.hpp"
#include "api/propops/user_record.hpp"
#include "api/service.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::size_t kTokenCharacters = 128;
constexpr std::size_t kShortText = 64;
constexpr std::size_t kReasonCharacters = 500;

/// Ends the session of a token, if it has one.
Result<void> end_if_any(Call& call, std::string_view token) {
    if (token.empty()) {
        return {};
    }
    const auto ended = access::end_session_of_token(call.work, token);
    if (!ended.ok() && ended.error().code != Code::NotFound) {
        return ended.error();
    }
    return {};
}

Result<http::Response> open_mobile_session(Call& call) {
    const auto token = TRY(call.params.required_text("token", kTokenCharacters));
    const auto platform = TRY(call.params.text("platform", kShortText));
    if (platform && *platform != "ios" && *platform != "android") {
        return Error{Code::Invalid, "", "platform"};
    }
    TRY(call.params.text("device_type", kShortText));
    TRY(call.params.text("app_version", kShortText));
    auto& tx = call.work.tx();
    const auto& keys = call.services.keys;
    const auto& times = call.services.settings.session_times;
    const auto holder = TRY(access::authenticate(tx, keys, token, {}, call.work.now(), times));
    if (holder.account != call.who().account) {
        return access::kNotSignedIn;
    }
    const auto client = client_of(call.request);
    const auto session =
        TRY(access::create_session(call.work, holder.account, access::SessionKind::Mobile, client, times));
    const auto opened = TRY(access::authenticate(tx, keys, session.token, {}, call.work.now(), times));
    const auto account = TRY(access::find_account(tx, keys, holder.account));
    Envelope envelope;
    auto& w = envelope.writer();
    w.key("session_token").text(session.token);
    w.key("csrf_token").text(access::issue_csrf_token(keys, opened, call.work.now()));
    write_user(w.key("user"), account);
    return std::move(envelope).finish();
}

}  // namespace

Result<http::Response> mobile_auth(Call& call) {
    if (TRY(read_action(call.params, {"validate_token", "logout"})) == 0) {
        call.repeat_key.reset();  // of a session's token only a hash is kept
        return open_mobile_session(call);
    }
    TRY(end_if_any(call, token_of(call.request, call.services.settings)));
    return done();
}

Result<http::Response> csrf_token(Call& call) {
    Envelope envelope;
    auto& w = envelope.writer();
    w.key("data").begin_object();
    w.key("token").text(access::issue_csrf_token(call.services.keys, call.who(), call.work.now()));
    w.end_object();
    return std::move(envelope).finish("CSRF token issued");
}

Result<http::Response> log_out(Call& call) {
    TRY(end_if_any(call, token_of(call.request, call.services.settings)));
    TRY(end_if_any(call, call.request.cookie(kRememberCookie).value_or("")));
    clear_session_cookies(call);
    return done("Logged out");
}

Result<http::Response> read_sessions(Call& call) {
    TRY(read_action(call.params, {"list"}));
    const auto paging = TRY(read_paging(call.params, kUserLimit));
    const auto page = TRY(access::list_sessions(call.work, std::nullopt, paging.limit, paging.offset));
    return list_reply(page.sessions, page.total, true,
                      [&call](json::Writer& w, const access::SessionEntry& session) {
                          write_session(w, session, call.who());
                      });
}

Result<http::Response> post_sessions(Call& call) {
    const auto action = TRY(read_action(call.params, {"terminate", "blacklist_add", "blacklist_remove"}));
    TRY(call.params.text("reason", kReasonCharacters));
    if (action == 0) {
        const auto session = TRY(call.params.required_uuid("session_id"));
        TRY(access::terminate_session(call.work, call.who(), session));
        return done();
    }
    const auto identity = TRY(read_identity(call.params, {"user_uuid"}, {"user_id"}));
    auto account = TRY(find_manageable_user(call, identity, "user_id"));
    if (action == 1) {
        TRY(access::set_account_status(call.work, call.who(), std::move(account),
                                       access::AccountStatus::Blacklisted, "user.blacklisted"));
    } else {
        TRY(access::take_off_blacklist(call.work, call.who(), std::move(account)));
    }
    return done();
}

Result<http::Response> log_out_user(Call& call) {
    const auto identity = TRY(read_identity(call.params, {"uuid", "user_uuid"}, {"user_id"}));
    const auto account = TRY(find_manageable_user(call, identity, "uuid"));
    if (account.id == call.who().account) {
        return Error{Code::Invalid, "Your own session is ended with /logout"};
    }
    TRY(access::end_sessions_of(call.work, account.id));
    return done();
}

}  // namespace tenantry::api::propops
