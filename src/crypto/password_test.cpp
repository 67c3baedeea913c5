#include "crypto/password.hpp"

#include <gtest/gtest.h>

namespace tenantry::crypto {
namespace {

constexpr PasswordCost kCheap{8192, 1};

TEST(Argon2id, knows_the_password_of_published_hashes) {
    // The reference implementation's test, then those of libsodium.
    EXPECT_TRUE(verify_password(
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        "password"));
    EXPECT_TRUE(verify_password(
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password"));
    EXPECT_TRUE(
        verify_password("$argon2id$v=19$m=4882,t=2,p=1$bA81arsiXysd3WbTRzmEOw$"
                        "Nm8QBM+7RH1DXo9rvp5cwKEOOOfD2g6JuxlXihoNcpE",
                        ""));
    EXPECT_TRUE(
        verify_password("$argon2id$v=19$m=4096,t=19,p=1$PkEgMTYtYnl0ZXMgc2FsdA$"
                        "ltB/ue1kPtBMBGfsysMpPigE6hiNEKZ9vs8vLNVDQGA",
                        "^T5H$JYt39n%K*j:W]!1s?vg!:jGi]Ax?..l7[p0v:1jHTpla9;]bUN;?bWyCbtqg "));
    EXPECT_TRUE(
        verify_password("$argon2id$v=19$m=4096,t=1,p=3$PkEgcHJldHR5IGxvbmcgc2FsdA$"
                        "HUqx5Z1b/ZypnUrvvJ5UC2Q+T6Q1WwASK/Kr9dRbGA0",
                        "K3S=KyH#)36_?]LxeR8QNKw6X=gFbxai$C%29V*"));
}

TEST(Argon2id, refuses_what_differs_from_a_published_hash) {
    EXPECT_FALSE(verify_password(
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "passwore"));
    EXPECT_FALSE(verify_password(
        "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/8", "password"));
    EXPECT_FALSE(verify_password(
        "$argon2id$v=19$m=256,t=3,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password"));
}

TEST(Password, is_known_again_and_no_other_is) {
    const std::string encoded = hash_password("correct horse \xF0\x9F\x90\x8E staple", kCheap).value();
    EXPECT_TRUE(encoded.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    EXPECT_TRUE(verify_password(encoded, "correct horse \xF0\x9F\x90\x8E staple"));
    EXPECT_FALSE(verify_password(encoded, "Correct horse \xF0\x9F\x90\x8E staple"));
    EXPECT_FALSE(verify_password(encoded, ""));
}

TEST(Password, counts_every_byte_zeros_and_the_257th_too) {
    const std::string text = std::string(300, 'a') + std::string(1, '\0') + "z";
    const std::string encoded = hash_password(text, kCheap).value();
    EXPECT_TRUE(verify_password(encoded, text));
    EXPECT_FALSE(verify_password(encoded, text.substr(0, 300)));
    EXPECT_FALSE(verify_password(encoded, text.substr(0, 301) + "y"));
}

TEST(Password, two_hashes_of_one_password_differ) {
    EXPECT_NE(hash_password("same", kCheap).value(), hash_password("same", kCheap).value());
}

TEST(Password, malformed_hashes_know_no_password) {
    const std::string encoded = hash_password("", kCheap).value();
    EXPECT_TRUE(verify_password(encoded, ""));
    EXPECT_TRUE(verify_password(encoded, std::string_view{}));
    EXPECT_TRUE(verify_password(hash_password(std::string_view{}, kCheap).value(), ""));
    for (const std::string& malformed :
         {std::string{}, std::string{"$"}, std::string{"$argon2id$"}, encoded.substr(0, encoded.size() - 1),
          encoded + "A", encoded + std::string(1, '\0') + "A", std::string(127, '$'), std::string(128, 'A'),
          encoded + std::string(500, 'A'),
          std::string{"$argon2i$v=19$m=4096,t=3,p=1$MzE4ODFiZWFlMjAzOWUAAA$"
                      "FWUV6tsyJ32qThiLi1cCsLIbf3dIOG/RwXcTzt536KY"}}) {
        EXPECT_FALSE(verify_password(malformed, "")) << malformed;
    }
}

TEST(Password, is_rehashed_where_the_cost_or_the_form_differs) {
    const std::string encoded = hash_password("x", kCheap).value();
    EXPECT_FALSE(needs_rehash(encoded, kCheap));
    EXPECT_TRUE(needs_rehash(encoded, {8192, 2}));
    EXPECT_TRUE(needs_rehash(encoded, {16384, 1}));
    EXPECT_TRUE(needs_rehash("", kCheap));
    EXPECT_TRUE(needs_rehash("plain text", kCheap));
}

TEST(Password, a_cost_that_cannot_be_met_is_an_error) {
    EXPECT_EQ(hash_password("x", {8192, 0}).error().code, Code::Internal);
    EXPECT_EQ(hash_password("x", {1ULL << 60, 1}).error().code, Code::Internal);
}

TEST(EqualConstantTime, compares_length_and_every_byte) {
    EXPECT_TRUE(equal_constant_time("", ""));
    EXPECT_TRUE(equal_constant_time("token", "token"));
    EXPECT_FALSE(equal_constant_time("token", "tokem"));
    EXPECT_FALSE(equal_constant_time("uoken", "token"));
    EXPECT_FALSE(equal_constant_time("token", "toke"));
    EXPECT_FALSE(equal_constant_time("", "t"));
}

}  // namespace
}  // namespace tenantry::crypto
