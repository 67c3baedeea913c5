#include "http/forwarded.hpp"

#include <gtest/gtest.h>

namespace tenantry::http {
namespace {

Request forwarded(std::vector<Header> headers) {
    Request request;
    request.client_address = "10.0.0.1";
    request.headers = std::move(headers);
    believe_proxy(request);
    return request;
}

TEST(Forwarded, addresses_have_one_spelling) {
    EXPECT_EQ(canonical_address("127.0.0.1"), "127.0.0.1");
    EXPECT_EQ(canonical_address("0:0:0:0:0:0:0:1"), "::1");
    EXPECT_EQ(canonical_address("2001:DB8::00A"), "2001:db8::a");
    EXPECT_EQ(canonical_address("::ffff:192.0.2.7"), "192.0.2.7");
    for (const auto* text :
         {"", "localhost", "1.2.3", "1.2.3.4:80", "[::1]", "1.2.3.4 ", "01.2.3.4x", "::g", "unknown"}) {
        EXPECT_EQ(canonical_address(text), std::nullopt) << text;
    }
    EXPECT_EQ(canonical_address(std::string_view("::1\0x", 5)), std::nullopt);
    EXPECT_EQ(canonical_address(std::string_view("1.2.3.4\0x", 9)), std::nullopt);
}

TEST(Forwarded, only_the_last_entry_is_the_proxys_own) {
    EXPECT_EQ(forwarded({{"X-Forwarded-For", "192.0.2.1"}}).client_address, "192.0.2.1");
    EXPECT_EQ(forwarded({{"x-forwarded-for", "6.6.6.6, 7.7.7.7, 192.0.2.2"}}).client_address, "192.0.2.2");
    EXPECT_EQ(forwarded({{"X-Forwarded-For", "6.6.6.6"}, {"X-Forwarded-For", "7.7.7.7,\t192.0.2.3 "}})
                  .client_address,
              "192.0.2.3");
}

TEST(Forwarded, what_makes_no_sense_is_not_believed) {
    EXPECT_EQ(forwarded({}).client_address, "10.0.0.1");
    EXPECT_EQ(forwarded({{"X-Forwarded-For", ""}}).client_address, "10.0.0.1");
    EXPECT_EQ(forwarded({{"X-Forwarded-For", "6.6.6.6, unknown"}}).client_address, "10.0.0.1");
    EXPECT_EQ(forwarded({{"X-Forwarded-For", "6.6.6.6,"}}).client_address, "10.0.0.1");
    EXPECT_EQ(forwarded({{"X_Forwarded_For", "6.6.6.6"}}).client_address, "10.0.0.1");
}

TEST(Forwarded, the_scheme_is_the_last_entry_too) {
    EXPECT_TRUE(forwarded({{"X-Forwarded-Proto", "HTTPS"}}).secure);
    EXPECT_TRUE(forwarded({{"X-Forwarded-Proto", "http, https"}}).secure);
    EXPECT_FALSE(forwarded({{"X-Forwarded-Proto", "https, http"}}).secure);
    EXPECT_FALSE(forwarded({{"X-Forwarded-Proto", "wss"}}).secure);
    EXPECT_FALSE(forwarded({}).secure);
}

}  // namespace
}  // namespace tenantry::http
