#include "access/session.hpp"

#include <set>

#include "access/csrf.hpp"
#include "tests/support/access_register.hpp"

namespace tenantry::access {
namespace {

using namespace std::chrono_literals;

constexpr std::array kKinds{SessionKind::Api, SessionKind::Browser, SessionKind::Mobile,
                            SessionKind::Remember};

class SessionTest : public test::AccessTest {
  protected:
    [[nodiscard]] bool refused(std::string_view token) {
        const auto caller = authenticate(token);
        return !caller.ok() && caller.error().code == Code::Unauthenticated;
    }
    [[nodiscard]] Result<std::int64_t> spend_remember(std::string_view token) {
        auto work = register_.work();
        return spend_remember_token(work, token);
    }
    [[nodiscard]] SessionPage list(std::optional<std::int64_t> account = std::nullopt,
                                   std::int64_t limit = 50, std::int64_t offset = 0) {
        auto work = register_.work();
        return list_sessions(work, account, limit, offset).value();
    }

    Account account_ = add("ama@landlord.test");
};

TEST_F(SessionTest, a_token_says_who_calls) {
    const auto session = open_session(account_.id, SessionKind::Api);
    EXPECT_EQ(last_action(), "session.opened_api");
    const Caller caller = authenticate(session.token).value();
    EXPECT_EQ(caller.account, account_.id);
    EXPECT_EQ(caller.account_uuid, account_.uuid);
    EXPECT_EQ(caller.session_uuid, session.uuid);
    EXPECT_EQ(caller.kind, SessionKind::Api);
    EXPECT_EQ(caller.type, AccountType::Staff);
    EXPECT_EQ(caller.role, account_.role.id);
    EXPECT_EQ(caller.level, account_.role.level);
    EXPECT_EQ(caller.expires_at, now() + times_.api);
    EXPECT_EQ(caller.expires_at, session.expires_at);
    EXPECT_EQ(caller.token_hash, token_hash(keys(), session.token));
    EXPECT_FALSE(caller.touch_due);
    EXPECT_TRUE(caller.permitted);
}

TEST_F(SessionTest, a_token_is_256_random_bits_and_kept_as_a_hash_only) {
    std::set<std::string> tokens;
    for (int i = 0; i < 100; ++i) {
        const auto session = open_session(account_.id, SessionKind::Mobile);
        EXPECT_EQ(session.token.size(), 64U);
        ASSERT_TRUE(hex_decode(session.token));
        tokens.insert(session.token);
    }
    EXPECT_EQ(tokens.size(), 100U);
    static constexpr db::Sql kStored{
        "test/stored", "SELECT count(*) FROM session WHERE token_hash = $1 OR token_hash = $2 OR client = $2",
        ""};
    for (const auto& token : tokens) {
        EXPECT_EQ(register_.ask<int>(kStored, *hex_decode(token), bytes_of(token)), 0);
    }
}

TEST_F(SessionTest, any_other_token_is_refused) {
    const auto session = open_session(account_.id, SessionKind::Browser);
    EXPECT_TRUE(lives(session));
    std::string upper = session.token;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    for (const std::string& token :
         {std::string{}, session.token.substr(1), session.token + "0", session.token + " ", upper,
          std::string(64, '0'), std::string(129, 'a'), hex_encode(token_hash(keys(), session.token))}) {
        EXPECT_TRUE(refused(token)) << token;
    }
    const test::TestKeys strangers;
    EXPECT_FALSE(access::authenticate(tx(), strangers.ring, session.token, {}, now(), times_).ok());
}

TEST_F(SessionTest, each_kind_lasts_as_long_as_documented) {
    const std::array<std::pair<SessionKind, std::chrono::milliseconds>, 3> lifetimes{
        {{SessionKind::Api, 90 * 24h}, {SessionKind::Browser, 120min}, {SessionKind::Mobile, 365 * 24h}}};
    for (const auto& [kind, lifetime] : lifetimes) {
        const auto session = open_session(account_.id, kind);
        const auto id = authenticate(session.token)->session;
        EXPECT_EQ(session.expires_at - now(), lifetime);
        register_.clock.advance(lifetime - 1ms);
        ASSERT_TRUE(touch_session(tx(), id, now()).ok());
        EXPECT_TRUE(lives(session)) << name_of(kind);
        register_.clock.advance(1ms);
        EXPECT_TRUE(refused(session.token)) << name_of(kind);
    }
}

TEST_F(SessionTest, a_browsers_ends_when_idle_and_no_other_does) {
    const auto browser = open_session(account_.id, SessionKind::Browser);
    const auto mobile = open_session(account_.id, SessionKind::Mobile);
    const auto api = open_session(account_.id, SessionKind::Api);
    register_.clock.advance(30min);
    EXPECT_TRUE(lives(browser));
    register_.clock.advance(1ms);
    EXPECT_TRUE(refused(browser.token));
    EXPECT_TRUE(lives(mobile));
    EXPECT_TRUE(lives(api));
}

TEST_F(SessionTest, activity_keeps_a_browsers_session_and_is_noted_once_a_minute) {
    const auto session = open_session(account_.id, SessionKind::Browser);
    for (int i = 0; i < 4; ++i) {
        register_.clock.advance(60s);
        EXPECT_FALSE(authenticate(session.token)->touch_due);
        register_.clock.advance(1ms);
        const auto caller = authenticate(session.token).value();
        EXPECT_TRUE(caller.touch_due);
        register_.clock.advance(25min);
        ASSERT_TRUE(touch_session(tx(), caller.session, now()).ok());
        EXPECT_FALSE(authenticate(session.token)->touch_due);
    }
    ASSERT_TRUE(touch_session(tx(), authenticate(session.token)->session, now() - 29min).ok());
    EXPECT_FALSE(authenticate(session.token)->touch_due);  // time never goes back
}

TEST_F(SessionTest, only_an_active_account_calls) {
    const auto session = open_session(account_.id, SessionKind::Browser);
    static constexpr db::Sql kStatus{"test/status", "UPDATE account SET status = $1", ""};
    for (const auto status : {AccountStatus::Disabled, AccountStatus::Blacklisted}) {
        register_.run(kStatus, static_cast<int>(status));
        EXPECT_TRUE(refused(session.token));
    }
    register_.run(kStatus, static_cast<int>(AccountStatus::Active));
    EXPECT_TRUE(lives(session));
}

TEST_F(SessionTest, a_new_api_log_in_ends_the_earlier_one_of_that_account_and_kind) {
    const auto other = add("efua@landlord.test");
    const auto first = open_session(account_.id, SessionKind::Api);
    const auto others = open_session(other.id, SessionKind::Api);
    const auto browser = open_session(account_.id, SessionKind::Browser);
    const auto second = open_session(account_.id, SessionKind::Api);
    EXPECT_TRUE(refused(first.token));
    EXPECT_TRUE(lives(second));
    EXPECT_TRUE(lives(others));
    EXPECT_TRUE(lives(browser));
    const auto another_browser = open_session(account_.id, SessionKind::Browser);
    EXPECT_TRUE(lives(browser));
    EXPECT_TRUE(lives(another_browser));
}

TEST_F(SessionTest, says_whether_one_of_the_needed_permissions_is_held) {
    const auto session = open_session(account_.id, SessionKind::Browser);
    const auto permitted = [&](Needs needs) { return authenticate(session.token, needs)->permitted; };
    EXPECT_TRUE(permitted({}));
    EXPECT_TRUE(permitted({Permission::TenantsView}));
    EXPECT_FALSE(permitted({Permission::UsersManage}));
    EXPECT_TRUE(permitted({Permission::UsersManage, Permission::TenantsView}));
    EXPECT_TRUE(permitted({Permission::TenantsView, Permission::UsersManage}));
    EXPECT_FALSE(permitted({Permission::UsersManage, Permission::MetricsView}));
}

TEST_F(SessionTest, a_remember_token_is_no_credential_and_is_spent_once) {
    const auto remember = open_session(account_.id, SessionKind::Remember);
    EXPECT_EQ(last_action(), "session.remembered");
    EXPECT_TRUE(refused(remember.token));
    EXPECT_EQ(spend_remember(remember.token).value(), account_.id);
    EXPECT_EQ(spend_remember(remember.token).error().code, Code::Unauthenticated);
}

TEST_F(SessionTest, a_remember_token_is_refused_when_expired_or_of_another_kind_or_account_state) {
    EXPECT_EQ(spend_remember("").error().code, Code::Unauthenticated);
    for (const auto kind : {SessionKind::Api, SessionKind::Browser, SessionKind::Mobile}) {
        const auto session = open_session(account_.id, kind);
        EXPECT_EQ(spend_remember(session.token).error().code, Code::Unauthenticated);
        EXPECT_TRUE(lives(session));
    }
    const auto remember = open_session(account_.id, SessionKind::Remember);
    static constexpr db::Sql kStatus{"test/status", "UPDATE account SET status = $1", ""};
    register_.run(kStatus, 2);
    EXPECT_EQ(spend_remember(remember.token).error().code, Code::Unauthenticated);
    register_.run(kStatus, 1);
    register_.clock.advance(30 * 24h);
    EXPECT_EQ(spend_remember(remember.token).error().code, Code::Unauthenticated);
    register_.clock.advance(-1ms);
    EXPECT_TRUE(spend_remember(remember.token).ok());
}

TEST_F(SessionTest, ends_by_its_uuid) {
    const auto session = open_session(account_.id, SessionKind::Mobile);
    const auto remember = open_session(account_.id, SessionKind::Remember);
    EXPECT_EQ(account_of_session(tx(), session.uuid).value(), account_.id);
    auto work = register_.work();
    ASSERT_TRUE(end_session(work, session.uuid).ok());
    EXPECT_EQ(last_action(), "session.terminated");
    EXPECT_TRUE(refused(session.token));
    EXPECT_EQ(end_session(work, session.uuid).error().code, Code::NotFound);
    EXPECT_EQ(account_of_session(tx(), session.uuid).error().code, Code::NotFound);
    EXPECT_TRUE(spend_remember(remember.token).ok());
}

TEST_F(SessionTest, ends_by_its_token_and_the_journal_names_its_account) {
    const auto session = open_session(account_.id, SessionKind::Api);
    auto work = register_.work({std::nullopt, "192.0.2.7"});
    ASSERT_TRUE(end_session_of_token(work, session.token).ok());
    EXPECT_EQ(last_action(), "session.logged_out");
    EXPECT_EQ(work.actor().account, account_.id);
    static constexpr db::Sql kWho{"test/who", "SELECT account_id FROM audit_event ORDER BY id DESC LIMIT 1",
                                  ""};
    EXPECT_EQ(register_.ask<std::int64_t>(kWho), account_.id);
    EXPECT_TRUE(refused(session.token));
    EXPECT_EQ(end_session_of_token(work, session.token).error().code, Code::NotFound);
}

TEST_F(SessionTest, with_a_browsers_end_nothing_can_open_it_again) {
    const auto others = open_session(add("efua@landlord.test").id, SessionKind::Remember);
    auto work = register_.work();
    const auto ended = open_session(account_.id, SessionKind::Browser);
    const auto remember = open_session(account_.id, SessionKind::Remember);
    ASSERT_TRUE(end_session(work, ended.uuid).ok());
    EXPECT_FALSE(spend_remember(remember.token).ok());
    const auto logged_out = open_session(account_.id, SessionKind::Browser);
    const auto remembered = open_session(account_.id, SessionKind::Remember);
    ASSERT_TRUE(end_session_of_token(work, logged_out.token).ok());
    EXPECT_FALSE(spend_remember(remembered.token).ok());
    EXPECT_TRUE(spend_remember(others.token).ok());
}

TEST_F(SessionTest, all_of_an_account_end_at_once) {
    const auto others = open_session(add("efua@landlord.test").id, SessionKind::Browser);
    std::vector<NewSession> sessions;
    sessions.reserve(kKinds.size());
    for (const auto kind : kKinds) {
        sessions.push_back(open_session(account_.id, kind));
    }
    auto work = register_.work();
    ASSERT_TRUE(end_sessions_of(work, account_.id).ok());
    EXPECT_EQ(last_action(), "user.logged_out");
    for (const auto& session : sessions) {
        EXPECT_TRUE(refused(session.token));
    }
    EXPECT_FALSE(spend_remember(sessions.back().token).ok());
    EXPECT_TRUE(lives(others));
}

TEST_F(SessionTest, lists_live_sessions_the_most_recently_active_first) {
    const auto efua = add("efua@landlord.test");
    const auto first = open_session(account_.id, SessionKind::Browser);
    register_.clock.advance(1s);
    const auto second = open_session(efua.id, SessionKind::Mobile);
    register_.clock.advance(1s);
    const auto third = open_session(account_.id, SessionKind::Remember);
    register_.clock.advance(5min);
    ASSERT_TRUE(touch_session(tx(), authenticate(first.token)->session, now()).ok());
    const auto page = list();
    EXPECT_EQ(page.total, 3);
    ASSERT_EQ(page.sessions.size(), 3U);
    EXPECT_EQ(page.sessions[0].uuid, first.uuid);
    EXPECT_EQ(page.sessions[0].account, account_.id);
    EXPECT_EQ(page.sessions[0].account_name, "Ama Mensah");
    EXPECT_EQ(page.sessions[0].client->address, "192.0.2.7");
    EXPECT_EQ(page.sessions[0].client->user_agent, "Firefox");
    EXPECT_EQ(page.sessions[0].last_active_at, now());
    EXPECT_EQ(page.sessions[0].expires_at, first.expires_at);
    EXPECT_EQ(page.sessions[1].uuid, third.uuid);
    EXPECT_EQ(page.sessions[2].uuid, second.uuid);
    EXPECT_EQ(page.sessions[2].kind, SessionKind::Mobile);
    EXPECT_EQ(list(efua.id).total, 1);
    EXPECT_EQ(list(std::nullopt, 1, 1).sessions.at(0).uuid, third.uuid);
    register_.clock.advance(115min);
    EXPECT_EQ(list().total, 2);
    EXPECT_EQ(list(account_.id).sessions.at(0).uuid, third.uuid);
}

TEST_F(SessionTest, a_user_agent_is_kept_short_and_cannot_pass_for_another_address) {
    auto work = register_.work();
    const std::string agent =
        "Fire\x1f"
        "fox\r\n" +
        std::string(1'000, 'x');
    ASSERT_TRUE(create_session(work, account_.id, SessionKind::Mobile, {"2001:db8::7", agent}, times_).ok());
    const auto client = list().sessions.at(0).client;
    EXPECT_EQ(client->address, "2001:db8::7");
    EXPECT_EQ(client->user_agent, "Fire fox  " + std::string(290, 'x'));
}

TEST_F(SessionTest, the_list_survives_what_does_not_open) {
    open_session(account_.id, SessionKind::Mobile);
    static constexpr db::Sql kClient{"test/client", "UPDATE session SET client = x'00'", ""};
    static constexpr db::Sql kName{"test/name", "UPDATE account SET last_name = first_name", ""};
    register_.run(kClient);
    register_.run(kName);
    const auto page = list();
    ASSERT_EQ(page.sessions.size(), 1U);
    EXPECT_FALSE(page.sessions[0].client);
    EXPECT_EQ(page.sessions[0].account_name, std::nullopt) << "half a name would be another one";
    static constexpr db::Sql kReports{
        "test/reports", "SELECT count(*) FROM audit_event WHERE action = 'session.damaged' AND outcome = 2",
        ""};
    EXPECT_EQ(register_.ask<int>(kReports), 1);
}

TEST_F(SessionTest, what_expired_is_removed_and_nothing_else) {
    const auto browser = open_session(account_.id, SessionKind::Browser);
    const auto api = open_session(account_.id, SessionKind::Api);
    const auto caller = authenticate(browser.token).value();
    const auto token = issue_csrf_token(keys(), caller, now());
    ASSERT_TRUE(spend_csrf_token(tx(), keys(), caller, token, CsrfMode::SingleUse, now()).ok());
    static constexpr db::Sql kRows{
        "test/rows", "SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM csrf_spent)", ""};
    ASSERT_TRUE(remove_expired(tx(), now() + 120min).ok());
    EXPECT_EQ(register_.ask<int>(kRows), 3);
    register_.clock.advance(120min + 1ms);
    ASSERT_TRUE(remove_expired(tx(), now()).ok());
    EXPECT_EQ(register_.ask<int>(kRows), 1);
    EXPECT_TRUE(lives(api));
}

TEST(SessionKinds, have_names) {
    std::set<std::string_view> names;
    for (const auto kind : kKinds) {
        names.insert(name_of(kind));
    }
    EXPECT_EQ(names, (std::set<std::string_view>{"api", "browser", "mobile", "remember"}));
}

}  // namespace
}  // namespace tenantry::access
