#include "api/params.hpp"

#include <gtest/gtest.h>

namespace tenantry::api {
namespace {

http::Request request(std::string query, std::string body = "", std::string type = "application/json") {
    http::Request made;
    made.method = "POST";
    made.path = "/";
    made.query = std::move(query);
    made.body = std::move(body);
    made.headers.push_back({"Content-Type", std::move(type)});
    return made;
}

Params read(std::string query, std::string body = "", std::string type = "application/json") {
    auto params = Params::read(request(std::move(query), std::move(body), std::move(type)));
    EXPECT_TRUE(params.ok());
    return params.ok() ? std::move(params).value() : Params{};
}

TEST(Params, query_json_and_form_are_one_bag) {
    const Params params = read("a=1", R"({"b":"two","c":3})");
    EXPECT_EQ(*params.integer("a", 0, 9), 1);
    EXPECT_EQ(*params.text("b", 9), "two");
    EXPECT_EQ(*params.integer("c", 0, 9), 3);
    EXPECT_EQ(*read("", "b=two%20words", "application/x-www-form-urlencoded").text("b", 20), "two words");
}

TEST(Params, a_name_given_twice_must_agree) {
    EXPECT_TRUE(Params::read(request("id=7", R"({"id":7})")).ok());
    EXPECT_TRUE(Params::read(request("active=true", R"({"active":true})")).ok());
    EXPECT_FALSE(Params::read(request("id=7", R"({"id":8})")).ok());
    EXPECT_FALSE(Params::read(request("id=7&id=8")).ok());
    EXPECT_FALSE(Params::read(request("x=a", R"({"x":["a"]})")).ok());
}

TEST(Params, a_body_must_be_a_json_object) {
    for (const auto* body : {"[]", "1", "null", "\"text\"", "{", "{\"a\":1}x", "{\"a\":1,\"a\":1}"}) {
        EXPECT_FALSE(Params::read(request("", body)).ok()) << body;
    }
}

TEST(Params, lines_may_be_many_and_are_clean) {
    const auto read_lines = [](const char* json) { return read("", json).maybe_lines("t", 9); };
    EXPECT_EQ(read_lines(R"({"t":"a\n\tb\r\nc"})")->value, "a\n\tb\r\nc");
    EXPECT_FALSE(read_lines("{}")->given);
    for (const auto* nothing : {R"({"t":null})", R"({"t":""})"}) {
        EXPECT_TRUE(read_lines(nothing)->given) << nothing;
        EXPECT_EQ(read_lines(nothing)->value, std::nullopt) << nothing;
    }
    for (const auto* wrong : {R"({"t":"\n \t"})", R"({"t":"a\u0007b"})", R"({"t":"a\u0085b"})",
                              R"({"t":"ten letter"})", R"({"t":5})"}) {
        EXPECT_EQ(read_lines(wrong).error().field.view(), "t") << wrong;
    }
}

TEST(Params, hundredths_are_exact_numbers_with_two_decimals) {
    const auto read_money = [](const std::string& value) {
        return read("", R"({"m":)" + value + "}").maybe_hundredths("m", 100'000'000'00);
    };
    for (const auto& [written, hundredths] :
         {std::pair{"0", 0}, std::pair{"12", 1'200}, std::pair{"12.5", 1'250}, std::pair{"19.99", 1'999},
          std::pair{"0.07", 7}, std::pair{"1.15e1", 1'150}, std::pair{"\"12\"", 1'200},
          std::pair{"\"12.5\"", 1'250}, std::pair{"\"0012.05\"", 1'205}}) {
        EXPECT_EQ(read_money(written)->value, hundredths) << written;
    }
    EXPECT_EQ(read_money("99999999.99")->value, 99'999'999'99);
    EXPECT_EQ(read_money("100000000")->value, 100'000'000'00);
    for (const auto* wrong : {"-1",
                              "-0.01",
                              "0.001",
                              "12.345",
                              "100000000.01",
                              "100000001",
                              "9223372036854775807",
                              "1e300",
                              "true",
                              "[]",
                              "\"1.\"",
                              "\".5\"",
                              "\"1.234\"",
                              "\"-1\"",
                              "\"+1\"",
                              "\"1,5\"",
                              "\" 1\"",
                              "\"1e2\"",
                              "\"9999999999999\"",
                              "\"1.-1\""}) {
        EXPECT_EQ(read_money(wrong).error().field.view(), "m") << wrong;
    }
    EXPECT_EQ(read_money("null")->value, std::nullopt);
    EXPECT_TRUE(read_money("null")->given);
    EXPECT_EQ(read("m=1.5").maybe_hundredths("m", 1'000)->value, 150);
}

TEST(Params, a_date_can_be_taken_away_and_an_object_left_out) {
    EXPECT_FALSE(read("", "{}").maybe_date("d")->given);
    EXPECT_TRUE(read("", R"({"d":null})").maybe_date("d")->given);
    EXPECT_EQ(read("", R"({"d":"2031-02-28"})").maybe_date("d")->value, parse_date("2031-02-28"));
    EXPECT_FALSE(read("", R"({"d":"2031-02-29"})").maybe_date("d").ok());
    EXPECT_EQ((*read("", R"({"o":{"a":1}})").object("o"))->size(), 1U);
    for (const auto* nothing : {"{}", R"({"o":null})"}) {
        EXPECT_EQ(*read("", nothing).object("o"), nullptr) << nothing;
    }
    for (const auto* wrong : {R"({"o":[]})", R"({"o":"x"})", R"({"o":1})"}) {
        EXPECT_EQ(read("", wrong).object("o").error().field.view(), "o") << wrong;
    }
    EXPECT_FALSE(read("o=x").object("o").ok());
}

TEST(Params, text_is_one_clean_line_within_its_length) {
    EXPECT_EQ(*read("", R"({"t":"Zoë"})").text("t", 3), "Zoë");
    EXPECT_FALSE(read("", R"({"t":"Zoë!"})").text("t", 3).ok());
    EXPECT_FALSE(read("", R"({"t":"two\nlines"})").text("t", 30).ok());
    EXPECT_FALSE(read("", R"({"t":"   "})").text("t", 30).ok());
    EXPECT_FALSE(read("", R"({"t":7})").text("t", 30).ok());
    EXPECT_FALSE(Params::read(request("t=%ff")).ok());
}

TEST(Params, left_out_null_and_empty_are_told_from_given) {
    const Params params = read("", R"({"none":null,"empty":"","some":"x"})");
    EXPECT_FALSE(params.maybe_text("absent", 9)->given);
    EXPECT_TRUE(params.maybe_text("none", 9)->given);
    EXPECT_FALSE(params.maybe_text("none", 9)->value);
    EXPECT_TRUE(params.maybe_text("empty", 9)->given);
    EXPECT_FALSE(params.maybe_text("empty", 9)->value);
    EXPECT_EQ(params.maybe_text("some", 9)->value, "x");
    const auto missing = params.required_text("none", 9);
    ASSERT_FALSE(missing.ok());
    EXPECT_EQ(missing.error().field.view(), "none");
}

TEST(Params, integers_come_as_numbers_or_digits_and_keep_their_range) {
    EXPECT_EQ(*read("n=42").integer("n", 1, 100), 42);
    EXPECT_EQ(*read("", R"({"n":"42"})").integer("n", 1, 100), 42);
    for (const auto* bad : {R"({"n":0})", R"({"n":101})", R"({"n":1.5})", R"({"n":1e2})", R"({"n":true})",
                            R"({"n":"4x"})", R"({"n":99999999999999999999})", R"({"n":[1]})"}) {
        EXPECT_FALSE(read("", bad).integer("n", 1, 100).ok()) << bad;
    }
}

TEST(Params, booleans_have_four_spellings) {
    for (const auto* yes : {R"({"b":true})", R"({"b":1})", R"({"b":"1"})", R"({"b":"true"})"}) {
        EXPECT_EQ(*read("", yes).boolean("b"), true) << yes;
    }
    EXPECT_EQ(*read("b=0").boolean("b"), false);
    EXPECT_FALSE(read("b=yes").boolean("b").ok());
    EXPECT_FALSE(read("", R"({"b":2})").boolean("b").ok());
}

TEST(Params, emails_have_one_at_and_no_space) {
    EXPECT_TRUE(read("", R"({"e":"o'brien+x@mail.test"})").maybe_email("e").ok());
    for (const auto* bad :
         {R"({"e":"@x"})", R"({"e":"x@"})", R"({"e":"a@b@c"})", R"({"e":"a b@c"})", R"({"e":"none"})"}) {
        EXPECT_FALSE(read("", bad).maybe_email("e").ok()) << bad;
    }
}

TEST(Params, other_media_types_are_told_apart) {
    EXPECT_TRUE(Params::is_supported_body(request("", "{}", "application/json; charset=utf-8")));
    EXPECT_TRUE(Params::is_supported_body(request("", "{}", "Application/JSON")));
    EXPECT_FALSE(Params::is_supported_body(request("", "{}", "text/plain")));
    EXPECT_TRUE(Params::is_supported_body(request("", "", "text/plain")));
}

}  // namespace
}  // namespace tenantry::api
