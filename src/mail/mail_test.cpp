#include <gtest/gtest.h>

#include <sys/stat.h>

#include <fstream>

#include "base/bytes.hpp"
#include "mail/post.hpp"
#include "tests/support/temporary_folder.hpp"

namespace tenantry::mail {
namespace {

Letter letter() {
    return {Uuid::parse("6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d1c01").value(),
            "tenantry@landlord.example",
            "tra@mail.test",
            "March meeting",
            "Hello\nyou\n",
            parse_instant("2026-11-05T08:07:09Z").value()};
}

std::string body_of(const std::string& message) {
    std::string digits = message.substr(message.find("\r\n\r\n") + 4);
    std::erase(digits, '\r');
    std::erase(digits, '\n');
    return std::string{text_of(base64_decode(digits).value())};
}

std::string header_of(const std::string& message, const std::string& name) {
    const auto at = message.find("\r\n" + name + ": ") + name.size() + 4;
    auto end = message.find("\r\n", at);
    while (message[end + 2] == ' ') {
        end = message.find("\r\n", end + 2);
    }
    return message.substr(at, end - at);
}

TEST(Letter, is_a_message_of_rfc_5322) {
    EXPECT_EQ(compose(letter()).value(),
              "Date: Thu, 5 Nov 2026 08:07:09 +0000\r\n"
              "From: <tenantry@landlord.example>\r\n"
              "To: <tra@mail.test>\r\n"
              "Subject: March meeting\r\n"
              "Message-ID: <6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d1c01@landlord.example>\r\n"
              "Auto-Submitted: auto-generated\r\n"
              "MIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=utf-8\r\n"
              "Content-Transfer-Encoding: base64\r\n"
              "\r\n"
              "SGVsbG8NCnlvdQ0K\r\n");
}

TEST(Letter, no_line_is_longer_than_a_message_may_have) {
    Letter one = letter();
    for (const std::string text : {"Zoë", "x", "家", "😀"}) {
        one.subject.clear();
        one.body.clear();
        for (int n = 0; n < 200; ++n) {
            one.subject += text;
            one.body += text + (n % 7 == 0 ? "\r\n" : "");
        }
        const std::string message = compose(one).value();
        std::size_t at = 0;
        for (auto end = message.find("\r\n"); end != std::string::npos; end = message.find("\r\n", at)) {
            EXPECT_LE(end - at, 78U) << text;
            at = end + 2;
        }
        EXPECT_EQ(at, message.size());
        EXPECT_EQ(body_of(message), one.body);
    }
}

TEST(Letter, the_subjects_words_cut_no_character_in_two) {
    Letter one = letter();
    one.subject = std::string(44, 'x') + "é and 家" + std::string(50, 'y');
    std::string decoded;
    std::string encoded = header_of(compose(one).value(), "Subject");
    while (!encoded.empty()) {
        ASSERT_TRUE(encoded.starts_with("=?utf-8?B?"));
        const auto end = encoded.find("?=");
        const Bytes part = base64_decode(encoded.substr(10, end - 10)).value();
        EXPECT_NE(part[0] & 0xc0U, 0x80U);
        decoded += text_of(part);
        encoded.erase(0, end + 2);
        encoded.erase(0, encoded.starts_with("\r\n ") ? 3 : 0);
    }
    EXPECT_EQ(decoded, one.subject);
}

TEST(Letter, no_header_comes_in_through_a_value) {
    Letter one = letter();
    one.subject = "Hello\r\nBcc: x@mail.test";
    EXPECT_EQ(header_of(compose(one).value(), "Subject"), "Hello  Bcc: x@mail.test");
    one.subject = "=?utf-8?B?QmNj?=";
    EXPECT_EQ(header_of(compose(one).value(), "Subject"),
              "=?utf-8?B?" + base64_encode(bytes_of(one.subject)) + "?=");
    for (const std::string address : {"", "tra", "a b@mail.test", "a@b@c", "a@mail.test\r\nBcc: x@mail.test",
                                      "<a@mail.test>", "a@mail.test,b@mail.test", "\"a\"@mail.test",
                                      "zoë@mail.test", "a@[127.0.0.1]", "@mail.test", "a@"}) {
        Letter bad = letter();
        bad.to = address;
        EXPECT_EQ(compose(bad).error().code, Code::Invalid) << address;
        bad = letter();
        bad.from = address;
        EXPECT_EQ(compose(bad).error().code, Code::Invalid) << address;
    }
}

TEST(Outbox, a_letter_is_a_file_that_only_its_owner_can_read) {
    const test::TemporaryFolder folder;
    const auto outbox = folder.path() / "outbox";
    const auto post = into_folder(outbox);
    const std::atomic<bool> stopping{false};
    for (int time = 0; time < 2; ++time) {
        ASSERT_TRUE(post->send(letter(), stopping).ok());
    }
    const auto file = outbox / "6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d1c01.eml";
    std::ifstream in{file, std::ios::binary};
    EXPECT_EQ((std::string{std::istreambuf_iterator<char>{in}, {}}), compose(letter()).value());
    struct stat facts {};
    ASSERT_EQ(::stat(file.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U);
    ASSERT_EQ(::stat(outbox.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0700U);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator{outbox}, {}), 1);
}

TEST(Outbox, what_cannot_be_written_is_tried_again) {
    const test::TemporaryFolder folder;
    const std::atomic<bool> stopping{false};
    EXPECT_EQ(into_folder(folder.path() / "none" / "outbox")->send(letter(), stopping).error().code,
              Code::Unavailable);
    std::filesystem::create_directories(folder.path() / "6f1f4a3e-8f0e-4b56-9a51-3f0b7f5d1c01.eml" / "x");
    EXPECT_EQ(into_folder(folder.path())->send(letter(), stopping).error().code, Code::Unavailable);
    Letter bad = letter();
    bad.to = "nobody";
    EXPECT_EQ(into_folder(folder.path())->send(bad, stopping).error().code, Code::Invalid);
}

TEST(Smtp, a_server_is_named_by_a_url_without_credentials) {
    for (const auto* url :
         {"smtp://mail.example", "smtps://mail.example:465", "smtp://127.0.0.1:2525", "smtp://[::1]:25/"}) {
        EXPECT_TRUE(by_smtp({url, "", ""}).ok()) << url;
    }
    for (const auto* url : {"", "mail.example", "http://mail.example", "smtp://", "smtp://user@mail.example",
                            "smtp://user:word@mail.example", "smtp://mail.example/path",
                            "smtp://mail.example?x", "smtp://mail.example#x", "smtp://mail example"}) {
        EXPECT_EQ(by_smtp({url, "", ""}).error().code, Code::Invalid) << url;
    }
}

TEST(Smtp, a_server_that_is_not_there_is_unavailable) {
    const std::atomic<bool> stopping{false};
    const auto post = by_smtp({"smtp://127.0.0.1:1", "", ""}).value();
    EXPECT_EQ(post->send(letter(), stopping).error().code, Code::Unavailable);
}

}  // namespace
}  // namespace tenantry::mail
