#include "access/csrf.hpp"

#include <set>

#include "tests/support/access_register.hpp"

namespace tenantry::access {
namespace {

using namespace std::chrono_literals;

class Csrf : public test::AccessTest {
  protected:
    [[nodiscard]] std::string issue() const { return issue_csrf_token(keys(), caller_, now()); }
    [[nodiscard]] Result<void> spend(std::string_view token, CsrfMode mode = CsrfMode::SingleUse) {
        return spend_csrf_token(tx(), keys(), caller_, token, mode, now());
    }
    [[nodiscard]] bool refused(std::string_view token) {
        const auto spent = spend(token);
        const auto in_session = spend(token, CsrfMode::Session);
        return !spent.ok() && spent.error().code == Code::Forbidden && !in_session.ok() &&
               in_session.error().code == Code::Forbidden;
    }
    [[nodiscard]] int spent_tokens() {
        static constexpr db::Sql kSpent{"test/spent", "SELECT count(*) FROM csrf_spent", ""};
        return register_.ask<int>(kSpent);
    }
    [[nodiscard]] Caller caller_of(SessionKind kind) {
        return authenticate(open_session(account_, kind).token).value();
    }

    std::int64_t account_ = add("ama@landlord.test").id;
    Caller caller_ = caller_of(SessionKind::Browser);
};

TEST_F(Csrf, a_token_works_exactly_once) {
    const auto token = issue();
    EXPECT_EQ(token.size(), 75U);
    EXPECT_EQ(spent_tokens(), 0);
    EXPECT_TRUE(spend(token).ok());
    EXPECT_EQ(spent_tokens(), 1);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(spend(token).error().code, Code::Forbidden);
    }
    EXPECT_EQ(spent_tokens(), 1);
}

TEST_F(Csrf, a_write_that_is_undone_gives_the_token_back) {
    static constexpr db::Sql kBegin{"test/begin", "SAVEPOINT trial", ""};
    static constexpr db::Sql kUndo{"test/undo", "ROLLBACK TO trial", ""};
    const auto token = issue();
    register_.run(kBegin);
    EXPECT_TRUE(spend(token).ok());
    register_.run(kUndo);
    EXPECT_TRUE(spend(token).ok());
    EXPECT_FALSE(spend(token).ok());
}

TEST_F(Csrf, many_tabs_have_tokens_of_their_own) {
    std::set<std::string> tokens;
    for (int i = 0; i < 1'000; ++i) {
        tokens.insert(issue());
    }
    EXPECT_EQ(tokens.size(), 1'000U);
    for (const auto& token : tokens) {
        ASSERT_TRUE(spend(token).ok());
    }
}

TEST_F(Csrf, in_session_mode_a_token_works_until_it_expires) {
    const auto token = issue();
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(spend(token, CsrfMode::Session).ok());
    }
    EXPECT_EQ(spent_tokens(), 0);
    register_.clock.advance(2h);
    EXPECT_EQ(spend(token, CsrfMode::Session).error().code, Code::Forbidden);
}

TEST_F(Csrf, expires_after_two_hours) {
    caller_ = caller_of(SessionKind::Mobile);
    const auto token = issue();
    const auto other = issue();
    register_.clock.advance(2h - 1ms);
    EXPECT_TRUE(spend(token).ok());
    register_.clock.advance(1ms);
    EXPECT_TRUE(refused(other));
}

TEST_F(Csrf, never_outlives_its_session) {
    register_.clock.advance(90min);
    const auto token = issue();
    register_.clock.advance(30min - 1ms);
    EXPECT_TRUE(spend(token, CsrfMode::Session).ok());
    register_.clock.advance(1ms);
    EXPECT_TRUE(refused(token));
}

TEST_F(Csrf, another_sessions_token_is_refused) {
    const auto token = issue();
    const Caller mine = caller_;
    caller_ = caller_of(SessionKind::Browser);
    EXPECT_TRUE(refused(token));
    caller_ = authenticate(open_session(add("efua@landlord.test").id, SessionKind::Browser).token).value();
    EXPECT_TRUE(refused(token));
    caller_ = mine;
    EXPECT_TRUE(spend(token).ok());
}

TEST_F(Csrf, another_installations_token_is_refused) {
    const test::TestKeys strangers;
    EXPECT_TRUE(refused(issue_csrf_token(strangers.ring, caller_, now())));
}

TEST_F(Csrf, every_bit_counts) {
    const Bytes token = base64url_decode(issue()).value();
    Bytes changed = token;
    for (unsigned char& byte : changed) {
        for (unsigned bit = 0; bit < 8; ++bit) {
            byte = static_cast<unsigned char>(byte ^ 1U << bit);
            EXPECT_TRUE(refused(base64url_encode(changed)));
            byte = static_cast<unsigned char>(byte ^ 1U << bit);
        }
    }
    EXPECT_EQ(spent_tokens(), 0);
    EXPECT_TRUE(spend(base64url_encode(token)).ok());
}

TEST_F(Csrf, garbage_is_refused) {
    const auto token = issue();
    for (const std::string& garbage :
         {std::string{}, std::string{"null"}, token.substr(0, 74), token.substr(1),
          token.substr(0, 32) + "AAAA" + token.substr(32), token + "A", token + "=", " " + token,
          token + token, std::string(75, 'A'), std::string(75, '_'), std::string(75, '\0'),
          std::string(100'000, 'A'), std::string{"\xff\xfe"}}) {
        EXPECT_TRUE(refused(garbage)) << garbage.size();
    }
    EXPECT_TRUE(spend(token).ok());
}

}  // namespace
}  // namespace tenantry::access
