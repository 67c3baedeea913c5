#include "access/token.hpp"

#include <gtest/gtest.h>

#include "crypto/hmac.hpp"
#include "tests/support/access_register.hpp"

namespace tenantry::access {
namespace {

constexpr std::string_view kSecret = "a secret that is shared";
const Instant kNow = from_millis(1'790'000'000'000);
constexpr std::int64_t kNowSeconds = 1'790'000'000;

std::string claims_until(std::int64_t seconds, const std::string& more = "") {
    return "{\"exp\":" + std::to_string(seconds) + more + "}";
}
bool holds(std::string_view token) {
    return verify_token(kSecret, token, kNow).ok();
}
/// Header and claims as they are given, rightly signed.
std::string sign_parts(const std::string& header, const std::string& claims) {
    const std::string text = base64url_encode(bytes_of(header)) + '.' + base64url_encode(bytes_of(claims));
    return text + '.' + base64url_encode(crypto::hmac_sha256(kSecret, text));
}

TEST(Token, the_example_of_rfc_7515_holds) {
    const auto key = base64url_decode(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
    const std::string_view token =
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
        "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    EXPECT_TRUE(verify_token(text_of(*key), token, from_millis(1'300'819'000'000)).ok());
}

TEST(Token, holds_until_it_expires_and_the_skew_is_over) {
    EXPECT_TRUE(holds(sign_token(kSecret, claims_until(kNowSeconds + 1))));
    EXPECT_TRUE(holds(sign_token(kSecret, claims_until(kNowSeconds - 299))));
    EXPECT_FALSE(holds(sign_token(kSecret, claims_until(kNowSeconds - 300))));
    EXPECT_TRUE(holds(sign_token(kSecret, claims_until(kNowSeconds + 9, ",\"nbf\":1790000300"))));
    EXPECT_FALSE(holds(sign_token(kSecret, claims_until(kNowSeconds + 999, ",\"nbf\":1790000301"))));
    EXPECT_TRUE(holds(sign_token(kSecret, "{\"exp\":1790000000.5}")));
}

TEST(Token, without_an_expiry_that_is_a_time_it_is_refused) {
    for (const auto* claims : {"{}", R"({"exp":"1890000000"})", R"({"exp":null})", R"({"exp":-1})",
                               R"({"exp":1e300})", R"({"exp":[1890000000]})", "[]", "1", "null", ""}) {
        EXPECT_FALSE(holds(sign_token(kSecret, claims))) << claims;
    }
}

TEST(Token, another_secret_header_or_signature_is_refused) {
    const std::string claims = claims_until(kNowSeconds + 60);
    const std::string token = sign_token(kSecret, claims);
    EXPECT_FALSE(verify_token("another secret", token, kNow).ok());
    EXPECT_FALSE(verify_token("", sign_token("", claims), kNow).ok()) << "no secret, no token";
    EXPECT_TRUE(holds(sign_parts(R"({"alg":"HS256"})", claims)));
    for (const auto* header : {R"({"alg":"none"})", R"({"alg":"hs256"})", R"({"alg":"HS512"})",
                               R"({"typ":"JWT"})", R"({"alg":"HS256","crit":["exp"]})", "[]", ""}) {
        EXPECT_FALSE(holds(sign_parts(header, claims))) << header;
    }
    for (std::size_t i = 0; i < token.size(); ++i) {
        std::string changed = token;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(holds(changed)) << i;
    }
    EXPECT_FALSE(holds(token.substr(0, token.rfind('.') + 1)));
    EXPECT_FALSE(holds(token + "."));
    EXPECT_FALSE(holds(token + "A"));
    EXPECT_FALSE(holds(".."));
    EXPECT_FALSE(holds(
        sign_token(kSecret, claims_until(kNowSeconds + 60, ",\"x\":\"" + std::string(9000, 'x') + "\""))));
}

class TokenHolders : public test::AccessTest {
  protected:
    Result<TokenHolder> authenticate(const std::string& more) {
        return authenticate_token(tx(), keys(), kSecret,
                                  sign_token(kSecret, claims_until(kNowSeconds + 60, more)), kNow);
    }
    static bool may(const TokenHolder& holder, Permission permission) {
        return holder.caller_for({permission}).permitted;
    }
};

TEST_F(TokenHolders, without_a_role_it_acts_as_service) {
    const auto holder = authenticate("").value();
    EXPECT_TRUE(may(holder, Permission::PatchesManage));
    EXPECT_FALSE(may(holder, Permission::UsersManage));
    EXPECT_EQ(holder.caller.account_if_any(), std::nullopt);
}

TEST_F(TokenHolders, a_role_that_is_named_counts) {
    const auto officer = authenticate(R"(,"role":"officer")").value();
    EXPECT_TRUE(may(officer, Permission::InteractionsManage));
    EXPECT_FALSE(may(officer, Permission::PatchesManage));
    EXPECT_TRUE(may(authenticate(R"(,"role":"manager")").value(), Permission::PatchesManage));
    EXPECT_TRUE(officer.caller_for({}).permitted);
}

TEST_F(TokenHolders, a_subject_that_is_a_username_names_the_account_while_it_is_active) {
    auto wanted_account = wanted("olu@example.org");
    wanted_account.username = "oofficer";
    auto account = create(wanted_account).value();
    EXPECT_EQ(authenticate(R"(,"sub":"oofficer")")->caller.account_if_any(), account.id);
    EXPECT_EQ(authenticate(R"(,"sub":"somebody else")")->caller.account_if_any(), std::nullopt);
    account.status = AccountStatus::Disabled;
    ASSERT_TRUE(update(account).ok());
    EXPECT_EQ(authenticate(R"(,"sub":"oofficer")").error().code, Code::Unauthenticated);
}

TEST_F(TokenHolders, a_meetings_token_may_do_nothing_whatever_else_it_claims) {
    const auto meeting = Uuid::parse("6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d1c01");
    create(wanted("olu@example.org")).value();
    for (const auto* claim :
         {R"(,"meetingId":"6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d1c01","role":"admin")",
          R"(,"role":"service","MEETINGID":"6F1F4A3E-8F0E-4B56-9A51-3F0B7F5D1C01")",
          R"(,"sub":"olu@example.org","meetingid":"6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d1c01")"}) {
        const auto holder = authenticate(claim).value();
        EXPECT_EQ(holder.caller.meeting, meeting) << claim;
        EXPECT_EQ(holder.caller.account_if_any(), std::nullopt) << claim;
        EXPECT_FALSE(holder.caller_for({}).permitted) << claim;
        for (const auto permission : all_permissions()) {
            EXPECT_FALSE(may(holder, permission)) << claim;
        }
    }
    for (const auto* claim : {R"(,"meetingId":"x")", R"(,"meetingId":1)", R"(,"meetingId":null)"}) {
        const auto holder = authenticate(claim).value();
        EXPECT_EQ(holder.caller.meeting, Uuid{}) << claim;
        EXPECT_FALSE(holder.caller_for({}).permitted) << claim;
    }
    EXPECT_EQ(authenticate("")->caller.meeting, std::nullopt);
}

TEST_F(TokenHolders, a_role_that_does_not_exist_may_do_nothing) {
    const auto holder = authenticate(R"(,"role":"emperor")").value();
    for (const auto permission : all_permissions()) {
        EXPECT_FALSE(may(holder, permission));
    }
}

}  // namespace
}  // namespace tenantry::access
