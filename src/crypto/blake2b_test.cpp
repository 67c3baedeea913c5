#include <gtest/gtest.h>

#include <numeric>

#include "crypto/keyed_hash.hpp"

namespace tenantry::crypto {
namespace {

template <std::size_t Size>
std::array<unsigned char, Size> counting() {
    std::array<unsigned char, Size> bytes;
    std::iota(bytes.begin(), bytes.end(), static_cast<unsigned char>(0));
    return bytes;
}

TEST(Blake2b, gives_the_answer_of_rfc_7693) {
    start_sodium();
    EXPECT_EQ(hex_encode(KeyedHash({}, 64).fixed(bytes_of("abc")).finish<64>()),
              "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
              "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
}

TEST(Blake2b, gives_the_published_keyed_answers) {
    start_sodium();
    struct Known {
        std::size_t length;
        std::string_view hash;
    };
    constexpr std::array kKnown{
        Known{0,
              "10ebb67700b1868efb4417987acf4690ae9d972fb7a590c2f02871799aaa4786"
              "b5e996e8f0f4eb981fc214b005f42d2ff4233499391653df7aefcbc13fc51568"},
        Known{1,
              "961f6dd1e4dd30f63901690c512e78e4b45e4742ed197c3c5e45c549fd25f2e4"
              "187b0bc9fe30492b16b0d0bc4ef9b0f34c7003fac09a5ef1532e69430234cebd"},
        Known{2,
              "da2cfbe2d8409a0f38026113884f84b50156371ae304c4430173d08a99d9fb1b"
              "983164a3770706d537f49e0c916d9f32b95cc37a95b99d857436f0232c88a965"},
        Known{128,
              "72065ee4dd91c2d8509fa1fc28a37c7fc9fa7d5b3f8ad3d0d7a25626b57b1b44"
              "788d4caf806290425f9890a3a2a35a905ab4b37acfd0da6e4517b2525c9651e4"},
        Known{255,
              "142709d62e28fcccd0af97fad0f8465b971e82201dc51070faa0372aa43e9248"
              "4be1c1e73ba10906d5d1853db6a4106e0a7bf9800d373d6dee2d46d62ef2a461"},
    };
    const auto input = counting<255>();
    for (const auto& [length, hash] : kKnown) {
        EXPECT_EQ(hex_encode(KeyedHash(counting<64>(), 64).fixed(ByteView(input).first(length)).finish<64>()),
                  hash)
            << length;
    }
}

TEST(Blake2b, goes_on_from_a_keyed_state_without_changing_it) {
    start_sodium();
    const auto key = counting<32>();
    const auto keyed = KeyedHash(key, 32).fixed(bytes_of("first")).state();
    const auto once = KeyedHash(keyed).fixed(bytes_of("second")).finish<32>();
    EXPECT_EQ(once, KeyedHash(keyed).fixed(bytes_of("second")).finish<32>());
    EXPECT_EQ(once, KeyedHash(key, 32).fixed(bytes_of("firstsecond")).finish<32>());
}

TEST(Blake2b, parts_are_hashed_after_their_length) {
    start_sodium();
    const auto key = counting<32>();
    EXPECT_EQ(KeyedHash(key, 32).part(bytes_of("ab")).finish<32>(),
              KeyedHash(key, 32).fixed(bytes_of({"\2\0\0\0\0\0\0\0ab", 10})).finish<32>());
}

TEST(LittleEndian, writes_the_least_byte_first) {
    EXPECT_EQ(little_endian(std::uint32_t{0x04030201}), (std::array<unsigned char, 4>{1, 2, 3, 4}));
    EXPECT_EQ(little_endian(std::int64_t{-2}),
              (std::array<unsigned char, 8>{0xfe, 255, 255, 255, 255, 255, 255, 255}));
}

}  // namespace
}  // namespace tenantry::crypto
