#include <gtest/gtest.h>

#include "crypto/random.hpp"
#include "crypto/sodium.hpp"

namespace tenantry::crypto {
namespace {

// The example of NaCl's documentation, which libsodium's secretbox, secretbox2 and secretbox_easy tests use.
constexpr std::string_view kKey = "1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389";
constexpr std::string_view kNonce = "69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37";
constexpr std::string_view kMessage =
    "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffce5ecbaaf33bd751a1ac728d45e6c6129"
    "6cdc3c01233561f41db66cce314adb310e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde"
    "048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f937763848645e0705";
constexpr std::string_view kBox =
    "f3ffc7703f9400e52a7dfb4b3d3305d98e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186a"
    "c0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738b48eeee314a7cc8ab932164548e526ae"
    "90224368517acfeabd6bb3732bc0e9da99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74"
    "e355a5";

TEST(Secretbox, gives_the_published_answer) {
    start_sodium();
    const Bytes key = hex_decode(kKey).value();
    const Bytes nonce = hex_decode(kNonce).value();
    const Bytes message = hex_decode(kMessage).value();
    Bytes box(message.size() + crypto_secretbox_MACBYTES);
    crypto_secretbox_detached(box.data() + crypto_secretbox_MACBYTES, box.data(), message.data(),
                              message.size(), nonce.data(), key.data());
    EXPECT_EQ(hex_encode(box), kBox);
}

TEST(Secretbox, opens_the_published_answer) {
    start_sodium();
    const Bytes key = hex_decode(kKey).value();
    const Bytes nonce = hex_decode(kNonce).value();
    const Bytes box = hex_decode(kBox).value();
    Bytes message(box.size() - crypto_secretbox_MACBYTES);
    ASSERT_EQ(crypto_secretbox_open_detached(message.data(), box.data() + crypto_secretbox_MACBYTES,
                                             box.data(), message.size(), nonce.data(), key.data()),
              0);
    EXPECT_EQ(hex_encode(message), kMessage);
}

// As libsodium's secretbox7 and secretbox8: every length, sealed in place as sealed fields are, and one byte
// damaged.
TEST(Secretbox, every_length_comes_back_and_no_forgery_opens) {
    start_sodium();
    const Hash key = random_hash();
    for (std::size_t length = 1; length < 1000; ++length) {
        Bytes message(length);
        std::array<unsigned char, crypto_secretbox_NONCEBYTES> nonce;
        std::array<unsigned char, crypto_secretbox_MACBYTES> tag;
        fill_random(message);
        fill_random(nonce);
        Bytes box = message;
        crypto_secretbox_detached(box.data(), tag.data(), box.data(), length, nonce.data(), key.data());
        Bytes opened(length);
        ASSERT_EQ(crypto_secretbox_open_detached(opened.data(), box.data(), tag.data(), length, nonce.data(),
                                                 key.data()),
                  0);
        ASSERT_EQ(opened, message);
        auto& damaged = box[randombytes_uniform(static_cast<std::uint32_t>(length))];
        damaged = static_cast<unsigned char>(damaged + 1 + randombytes_uniform(255));
        ASSERT_NE(crypto_secretbox_open_detached(opened.data(), box.data(), tag.data(), length, nonce.data(),
                                                 key.data()),
                  0);
    }
}

}  // namespace
}  // namespace tenantry::crypto
