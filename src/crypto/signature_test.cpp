#include "crypto/signature.hpp"

#include <gtest/gtest.h>

#include "tests/support/test_keys.hpp"

namespace tenantry::crypto {
namespace {

template <std::size_t N>
std::array<unsigned char, N> bytes(std::string_view hex) {
    const Bytes decoded = hex_decode(hex).value();
    std::array<unsigned char, N> array{};
    std::copy_n(decoded.begin(), N, array.begin());
    return array;
}

// RFC 8032, section 7.1, test 3.
TEST(Signatures, are_those_of_the_standard) {
    const auto key = bytes<32>("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025");
    const auto signature = bytes<64>(
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
    EXPECT_TRUE(is_signed(key, "\xaf\x82", signature));
    EXPECT_FALSE(is_signed(key, "\xaf\x83", signature));
}

TEST(Signatures, hold_for_their_text_and_key_and_every_bit_counts) {
    const test::TestKeys keys;
    const Signer signer{keys.ring, KeyPurpose::Audit, "test"};
    const Signature signature = signer.sign("a text");
    EXPECT_TRUE(is_signed(signer.public_key(), "a text", signature));
    EXPECT_FALSE(is_signed(signer.public_key(), "a tex", signature));
    EXPECT_FALSE(is_signed(signer.public_key(), "", signature));
    for (std::size_t bit = 0; bit < signature.size() * 8; ++bit) {
        Signature flipped = signature;
        flipped[bit / 8] ^= static_cast<unsigned char>(1U << (bit % 8));
        EXPECT_FALSE(is_signed(signer.public_key(), "a text", flipped)) << bit;
    }
    const test::TestKeys others;
    EXPECT_FALSE(is_signed(Signer(others.ring, KeyPurpose::Audit, "test").public_key(), "a text", signature));
    EXPECT_TRUE(is_signed(signer.public_key(), "", signer.sign("")));
}

}  // namespace
}  // namespace tenantry::crypto
