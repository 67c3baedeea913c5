#include "http/message.hpp"

#include <gtest/gtest.h>

namespace tenantry::http {
namespace {

TEST(Request, headers_are_found_in_any_case_and_the_first_wins) {
    Request request;
    request.headers = {{"Accept", "a"}, {"X-One", "1"}, {"ACCEPT", "b"}};
    EXPECT_EQ(request.header("accept"), "a");
    EXPECT_EQ(request.header("x-oNE"), "1");
    EXPECT_EQ(request.header("x-on"), std::nullopt);
    EXPECT_EQ(request.header_count("Accept"), 2U);
    EXPECT_EQ(request.header_count("host"), 0U);
}

TEST(Request, a_cookie_is_found_by_its_exact_name) {
    Request request;
    request.headers = {{"cookie", "a=1; __Host-session=x=y ;\tempty=; noequals; b = 2"},
                       {"Cookie", "late=3"}};
    EXPECT_EQ(request.cookie("a"), "1");
    EXPECT_EQ(request.cookie("__Host-session"), "x=y");
    EXPECT_EQ(request.cookie("empty"), "");
    EXPECT_EQ(request.cookie("b"), "2");
    EXPECT_EQ(request.cookie("late"), "3");
    EXPECT_EQ(request.cookie("A"), std::nullopt);
    EXPECT_EQ(request.cookie("noequals"), std::nullopt);
    EXPECT_EQ(request.cookie(""), std::nullopt);
    EXPECT_EQ(Request{}.cookie("a"), std::nullopt);
}

TEST(Request, a_cookie_sent_twice_is_nobodys) {
    Request request;
    request.headers = {{"Cookie", "a=1; a=1; b=1"}, {"Cookie", "b=2"}};
    EXPECT_EQ(request.cookie("a"), std::nullopt);
    EXPECT_EQ(request.cookie("b"), std::nullopt);
}

TEST(Response, header_lines_are_complete) {
    Response response;
    response.add_header("Allow", "GET");
    response.add_header("X-Empty", "");
    EXPECT_EQ(response.headers, "Allow: GET\r\nX-Empty: \r\n");
}

TEST(ResponseDeathTest, a_header_that_would_split_the_response_is_a_bug) {
    Response response;
    EXPECT_DEATH(response.add_header("Location", "/\r\nSet-Cookie: a=b"), "VERIFY failed");
    EXPECT_DEATH(response.add_header("Location", "/\n"), "VERIFY failed");
    EXPECT_DEATH(response.add_header("Location", std::string_view("\0", 1)), "VERIFY failed");
    EXPECT_DEATH(response.add_header("a\r\nb", "c"), "VERIFY failed");
}

TEST(Form, names_and_values_are_decoded_in_order) {
    const Fields expected{{"a", "1"}, {"b c", "é&="}, {"d", ""}, {"", "e"}, {"f", "g=h"}, {"a", "2"}};
    EXPECT_EQ(parse_form("a=1&b+c=%C3%a9%26%3D&d&=e&f=g=h&a=2").value(), expected);
}

TEST(Form, empty_pieces_are_skipped) {
    EXPECT_EQ(parse_form("").value(), Fields{});
    EXPECT_EQ(parse_form("&&").value(), Fields{});
    EXPECT_EQ(parse_form("&a=1&&b=2&").value(), (Fields{{"a", "1"}, {"b", "2"}}));
    EXPECT_EQ(parse_form("=").value(), (Fields{{"", ""}}));
}

TEST(Form, bad_escapes_are_invalid) {
    for (const auto* text : {"%", "a=%", "a=%4", "a=%g0", "a=%0g", "%4&", "a=%%41", "a=% 41", "a=%+1"}) {
        const auto fields = parse_form(text);
        ASSERT_FALSE(fields.ok()) << text;
        EXPECT_EQ(fields.error().code, Code::Invalid);
    }
}

TEST(Form, more_than_200_fields_are_invalid) {
    std::string text;
    for (int i = 0; i < 200; ++i) {
        text += "a=1&";
    }
    EXPECT_EQ(parse_form(text).value().size(), 200U);
    EXPECT_FALSE(parse_form(text + "b=2").ok());
}

TEST(PercentDecode, plus_stays_and_escapes_are_strict) {
    EXPECT_EQ(percent_decode("Cy%20Chair+x%2Fy").value(), "Cy Chair+x/y");
    EXPECT_EQ(percent_decode("%00").value(), std::string(1, '\0'));
    EXPECT_FALSE(percent_decode("%2").ok());
    EXPECT_FALSE(percent_decode("abc%").ok());
    EXPECT_FALSE(percent_decode("%-1").ok());
}

}  // namespace
}  // namespace tenantry::http
