#include "json/value.hpp"

#include <gtest/gtest.h>

namespace tenantry::json {
namespace {

using namespace std::string_view_literals;

/// Accepted by every parser: RFC 8259 says so. Among them the y_ classes of the JSON test suites.
constexpr std::string_view kValid[] = {
    "[[]   ]",
    R"([""])",
    "[]",
    R"(["a"])",
    "[false]",
    "[null, 1, \"1\", {}]",
    "[null]",
    "[1\n]",
    " [1]",
    "[1,null,null,null,2]",
    "[2] ",
    "[123e65]",
    "[0e+1]",
    "[0e1]",
    "[ 4]",
    "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]",
    "[20e1]",
    "[-0]",
    "[-123]",
    "[-1]",
    "[1E22]",
    "[1E-2]",
    "[1E+2]",
    "[123e45]",
    "[123.456e78]",
    "[1e-2]",
    "[1e+2]",
    "[123]",
    "[123.456789]",
    R"({"asd":"sdf", "dfg":"fgh"})",
    R"({"asd":"sdf"})",
    "{}",
    R"({"":0})",
    R"({"min": -1.0e+28, "max": 1.0e+28})",
    R"({"x":[{"id": "xxxxxxxxxxxxxxxxxxxxxxxx"}], "id": "xxxxxxxxxxxxxxxxxxxxxxxx"})",
    R"({"a":[]})",
    R"({"title":"\u041f\u043e\u043b\u0442\u043e\u0440\u0430 \u0417\u0435\u043c\u043b\u0435\u043a\u043e\u043f\u0430" })",
    "{\n\"a\": \"b\"\n}",
    R"(["\u0060\u012a\u12AB"])",
    R"(["\uD801\udc37"])",
    R"(["\ud83d\ude39\ud83d\udc8d"])",
    R"(["\"\\\/\b\f\n\r\t"])",
    R"(["\\u0000"])",
    R"(["\""])",
    "[\"a/*b*/c/*d//e\"]",
    R"(["\\a"])",
    R"(["\\n"])",
    R"(["\u0012"])",
    R"(["\uFFFF"])",
    R"([ "asd"])",
    "[\"\U0010ffff\"]",
    "[\"\uffff\"]",
    R"(["new\u00A0line"])",
    R"(["\uDBFF\uDFFF"])",
    R"(["\uD834\uDd1e"])",
    R"(["\u0821"])",
    R"(["\u0123"])",
    "[\"\u2028\u2029\"]",
    R"(["\u0061\u30af\u30EA\u30b9"])",
    "[\"new\u00a0line\"]",
    R"(["\uA66D"])",
    R"(["\u005C"])",
    "[\"⍂㈴⍂\"]",
    R"(["\u200B"])",
    R"(["\u2064"])",
    R"(["\uFDD0"])",
    R"(["\uFFFE"])",
    R"(["\u0022"])",
    "[\"€𝄞\"]",
    "[\"a\x7f\"]",
    "false",
    "42",
    "-0.1",
    "null",
    "\"asd\"",
    "true",
    "\"\"",
    "[\"a\"]\n",
    "[true]",
    " [] ",
    "\r\n\t [] \t\r\n",
};

/// No JSON: the n_ classes of the suites, and what strict adds.
constexpr std::string_view kInvalid[] = {
    "[1 true]",
    "[a\xe5]",
    R"(["": 1])",
    R"([""],)",
    "[,1]",
    "[1,,2]",
    R"(["x",,])",
    R"(["x"]])",
    R"(["",])",
    R"(["x")",
    "[x",
    "[3[4]]",
    "[\xff]",
    "[1:2]",
    "[,]",
    "[-]",
    "[   , \"\"]",
    "[\"a\",\n4\n,1,",
    "[1,]",
    "[1,,]",
    "[\"\va\"\\f]",
    "[*]",
    R"([""]])",
    "[1,",
    "[1,\n1\n,1",
    "[{}",
    "[fals]",
    "[nul]",
    "[tru]",
    "123\0"sv,
    "[++1234]",
    "[+1]",
    "[+Inf]",
    "[-01]",
    "[-1.0.]",
    "[-2.]",
    "[-NaN]",
    "[.-1]",
    "[.2e-3]",
    "[0.1.2]",
    "[0.3e+]",
    "[0.3e]",
    "[0.e1]",
    "[0E+]",
    "[0E]",
    "[0e+]",
    "[0e]",
    "[1.0e+]",
    "[1.0e-]",
    "[1.0e]",
    "[1 000.0]",
    "[1eE2]",
    "[2.e+3]",
    "[2.e-3]",
    "[2.e3]",
    "[9.e+]",
    "[Inf]",
    "[NaN]",
    "[１]",
    "[1+2]",
    "[0x1]",
    "[0x42]",
    "[Infinity]",
    "[0e+-1]",
    "[-123.123foo]",
    "[123\xe5]",
    "[1e1\xe5]",
    "[0\xe5]",
    "[-Infinity]",
    "[-foo]",
    "[- 1]",
    "[-012]",
    "[-.123]",
    "[-1x]",
    "[1ea]",
    "[1e\xe5]",
    "[1.]",
    "[.123]",
    "[1.2a-3]",
    "[1.8011670033376514H-308]",
    "[012]",
    R"(["x", truth])",
    "{[: \"x\"}\n",
    R"({"x", null})",
    R"({"x"::"b"})",
    "{🇨🇭}",
    R"({"a":"a" 123})",
    "{key: 'value'}",
    "{\"\xb9\":\"0\",}",
    R"({"a" b})",
    R"({:"b"})",
    R"({"a" "b"})",
    R"({"a":)",
    R"({"a")",
    "{1:1}",
    "{9999E9999:1}",
    "{null:null,null:null}",
    R"({"id":0,,,,,})",
    "{'a':0}",
    R"({"id":0,})",
    R"({"a":"b"}/**/)",
    R"({"a":"b"}/**//)",
    R"({"a":"b"}//)",
    R"({"a":"b"}/)",
    R"({"a":"b",,"c":"d"})",
    "{a: \"b\"}",
    R"({"a":"a)",
    R"({ "foo" : "bar", "a" })",
    R"({"a":"b"}#)",
    " ",
    "",
    R"(["\uD800\"])",
    R"(["\uD800\u"])",
    R"(["\uD800\u1"])",
    R"(["\uD800\u1x"])",
    "[é]",
    "[\"\\\0\"]"sv,
    R"(["\x00"])",
    R"(["\\\"])",
    "[\"\\\t\"]",
    "[\"\\🌀\"]",
    R"(["\"])",
    R"(["\u00A"])",
    R"(["\uD834\uDd"])",
    R"(["\uD800\uD800\x"])",
    "[\"\\u\xe5\"]",
    R"(["\a"])",
    R"(["\uqqqq"])",
    "[\"\\\xe5\"]",
    R"([\u0020"asd"])",
    R"([\n])",
    "\"",
    "['single quote']",
    "abc",
    R"(["\)",
    "[\"a\0a\"]"sv,
    "[\"new\nline\"]",
    "[\"\t\"]",
    R"("\UA66D")",
    R"(""x)",
    "<.>",
    "[<null>]",
    "[1]x",
    R"([1]])",
    R"(["asd])",
    "aå",
    "[True]",
    "1]",
    R"({"x": true,)",
    "[][]",
    "]",
    "\xef\xbb\xbf{}",
    "\xef\xbb\xbf",
    "\xe5",
    "[",
    "2@",
    "{}}",
    R"({"":)",
    R"({"a":/*comment*/"b"})",
    R"({"a": true} "x")",
    "['",
    "[,",
    "[{",
    R"(["a)",
    R"(["a")",
    "{",
    "{]",
    "{,",
    "{[",
    R"({"a)",
    "{'a'",
    R"(["\{["\{["\{["\{)",
    "é",
    "*",
    R"({"a":"b"}#{})",
    R"([\u000A""])",
    "[1",
    "[ false, nul",
    "[ true, fals",
    "[ false, tru",
    R"({"asd":"asd")",
    "å",
    "[\xe2\x81\xa0]",
    "[\f]",
    "[\xc2\xa0]",
    // What the suites leave open (i_) and we refuse: no text that a reader could take two ways gets in.
    "[123.456e-789]",
    "[0.4e006699999999999999999999999999999999999999999999999999999999999999999996]",
    "[-1e+9999]",
    "[1.5e+9999]",
    "[-123123e100000]",
    "[123123e100000]",
    "[123e-10000000]",
    R"({"\uDFAA":0})",
    R"(["\uDADA"])",
    R"(["\uD888\u1234"])",
    "[\"日ш\xfa\"]",
    "\xff\xfe[\0\"\0\xe9\0\"\0]\0"sv,
    R"(["\uD800\n"])",
    R"(["\uDd1ea"])",
    R"(["\uD800\uD800\n"])",
    R"(["\ud800"])",
    R"(["\ud800abc"])",
    "[\"\xff\"]",
    R"(["\uDd1e\uD834"])",
    "[\"\xe9\"]",
    R"(["\uDFAA"])",
    "[\"\x81\"]",
    "[\"\xf4\xbf\xbf\xbf\"]",
    "[\"\xc0\xaf\"]",
    "[\"\xe0\xff\"]",
    "[\"\xfc\x83\xbf\xbf\xbf\xbf\"]",
    "[\"\xfc\x80\x80\x80\x80\x80\"]",
    "[\"\xed\xa0\x80\"]",
    "\0[\0\"\0\xe9\0\"\0]"sv,
    // Stricter than the suites' y_: a key sent twice, and U+0000 in a text.
    R"({"a":"b","a":"c"})",
    R"({"a":"b","a":"b"})",
    R"({"b":1,"a":2,"c":3,"\u0061":4})",
    R"([{"x":{"a":1,"a":1}}])",
    R"({"foo\u0000bar": 42})",
    R"(["\u0000"])",
    R"("a\u0000b")",
};

TEST(JsonParse, what_the_standard_allows_is_accepted) {
    for (const auto text : kValid) {
        EXPECT_TRUE(parse(text).ok()) << text;
    }
}

TEST(JsonParse, everything_else_is_invalid) {
    for (const auto text : kInvalid) {
        const auto parsed = parse(text);
        ASSERT_FALSE(parsed.ok()) << text;
        EXPECT_EQ(parsed.error().code, Code::Invalid) << text;
    }
}

TEST(JsonParse, no_beginning_of_a_text_is_taken_for_the_whole) {
    constexpr std::string_view kText = R"({"a":[1,-2.5e3,"x\ud83d\ude39é",{"b":null,"c":true}],"d":false})";
    for (std::size_t size = 0; size < kText.size(); ++size) {
        EXPECT_FALSE(parse(kText.substr(0, size)).ok()) << size;
    }
    EXPECT_TRUE(parse(kText).ok());
}

TEST(JsonParse, depth_ends_at_32) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parse(nested(32)).ok());
    EXPECT_FALSE(parse(nested(33)).ok());
    EXPECT_FALSE(parse(std::string(100'000, '[')).ok());
    std::string objects;
    for (int i = 0; i < 33; ++i) {
        objects += "{\"a\":";
    }
    EXPECT_FALSE(parse(objects + "1" + std::string(33, '}')).ok());
}

TEST(JsonParse, a_text_of_more_values_than_any_request_needs_is_refused) {
    const auto zeros = [](int count) {
        std::string text = "[0";
        for (int i = 1; i < count; ++i) {
            text += ",0";
        }
        return text + "]";
    };
    EXPECT_TRUE(parse(zeros(49'999)).ok());  // and the array itself
    EXPECT_FALSE(parse(zeros(50'000)).ok());
}

TEST(JsonParse, integers_in_range_are_exact_and_other_numbers_double) {
    const auto integer = [](std::string_view text) { return *parse(text).value().as<std::int64_t>(); };
    const auto number = [](std::string_view text) { return *parse(text).value().as<double>(); };
    EXPECT_EQ(integer("9223372036854775807"), std::numeric_limits<std::int64_t>::max());
    EXPECT_EQ(integer("-9223372036854775808"), std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(integer("9007199254740993"), 9007199254740993);
    EXPECT_EQ(integer("-0"), 0);
    EXPECT_EQ(number("9223372036854775808"), 9223372036854775808.0);
    EXPECT_EQ(number("-9223372036854775809"), -9223372036854775808.0);
    EXPECT_EQ(number("100000000000000000000"), 1e20);
    EXPECT_EQ(number("1.0"), 1.0);
    EXPECT_EQ(number("1e2"), 100.0);
    EXPECT_EQ(number("-0.0"), 0.0);
    EXPECT_EQ(number("18.4"), 18.4);
    EXPECT_EQ(number("7e23"), 7e23);
    EXPECT_EQ(number("2.2250738585072014e-308"), 2.2250738585072014e-308);
}

TEST(JsonParse, members_keep_their_order_and_are_found_by_name) {
    const auto value = parse(R"({"zo\u00eb":"\ud83c\udfe0","a":[true,null,{"b":-7}],"":false})").value();
    const auto& object = *value.as<Object>();
    ASSERT_EQ(object.size(), 3U);
    EXPECT_EQ(object[0].first, "zoë");
    EXPECT_EQ(*object[0].second.as<std::string>(), "🏠");
    const auto& array = *value.find("a")->as<Array>();
    EXPECT_EQ(*array[0].as<bool>(), true);
    EXPECT_TRUE(array[1].is_null());
    EXPECT_EQ(*array[2].find("b")->as<std::int64_t>(), -7);
    EXPECT_EQ(*value.find("")->as<bool>(), false);
    EXPECT_EQ(value.find("b"), nullptr);
    EXPECT_EQ(array[0].find("b"), nullptr);
}

TEST(JsonParse, long_texts_and_escapes_arrive_whole) {
    std::string text = "\"";
    std::string expected;
    for (int i = 0; i < 5000; ++i) {
        text += "ab\\u00e9";
        expected += "abé";
    }
    EXPECT_EQ(*parse(text + "\"").value().as<std::string>(), expected);
}

}  // namespace
}  // namespace tenantry::json
