#include "json/writer.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <limits>

#include "json/value.hpp"

namespace tenantry::json {
namespace {

TEST(JsonWriter, members_and_elements_come_in_the_order_of_the_calls) {
    std::string out = "before ";
    Writer writer{out};
    writer.begin_object().key("b").integer(1).key("a").begin_array().null().boolean(true).begin_object();
    writer.end_object().begin_array().end_array().boolean(false).end_array();
    writer.key("c")
        .text_or_null(std::nullopt)
        .key("d")
        .text_or_null("x")
        .key_text("e\n")
        .text("")
        .end_object();
    EXPECT_EQ(out, R"(before {"b":1,"a":[null,true,{},[],false],"c":null,"d":"x","e\n":""})");
}

TEST(JsonWriter, only_quotes_backslashes_and_control_characters_are_escaped) {
    std::string out;
    std::string text;
    for (char c = 0; c < 0x20; ++c) {
        text += c;
    }
    Writer{out}.text(text + " \"\\/<é😀\x7f");
    EXPECT_EQ(
        out,
        R"("\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f)"
        R"(\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f)"
        " \\\"\\\\/<é😀\x7f\"");
}

TEST(JsonWriter, numbers_are_the_shortest_that_read_back_the_same) {
    const auto written = [](const std::function<void(Writer&)>& write) {
        std::string out;
        Writer writer{out};
        write(writer);
        return out;
    };
    EXPECT_EQ(written([](Writer& w) { w.integer(std::numeric_limits<std::int64_t>::min()); }),
              "-9223372036854775808");
    EXPECT_EQ(written([](Writer& w) { w.number(0.1); }), "0.1");
    EXPECT_EQ(written([](Writer& w) { w.number(-123.5); }), "-123.5");
    EXPECT_EQ(written([](Writer& w) { w.number(2); }), "2");
    EXPECT_EQ(written([](Writer& w) { w.number(-0.0); }), "0");
    EXPECT_EQ(written([](Writer& w) { w.number(std::numeric_limits<double>::denorm_min()); }), "5e-324");
    EXPECT_EQ(written([](Writer& w) { w.id(Id<Value>{42}); }), "42");
    EXPECT_EQ(written([](Writer& w) { w.uuid(*Uuid::parse("0AB00000-0000-4000-8000-00000000000F")); }),
              R"("0ab00000-0000-4000-8000-00000000000f")");
}

TEST(JsonWriter, what_is_written_parses_to_the_same_text) {
    std::string text;
    for (int code = 1; code < 0x80; ++code) {
        text += static_cast<char>(code);
    }
    text += "\u0080\u07ff\u0800\uffff\U0001f3e0";
    std::string out;
    Writer{out}.text(text);
    EXPECT_EQ(*parse(out).value().as<std::string>(), text);
}

TEST(JsonWriterDeathTest, calls_out_of_balance_are_bugs) {
    std::string out;
    EXPECT_DEATH(Writer{out}.end_object(), "VERIFY failed");
    EXPECT_DEATH(Writer{out}.end_array(), "VERIFY failed");
    EXPECT_DEATH(Writer{out}.key("a"), "VERIFY failed");
    EXPECT_DEATH(Writer{out}.begin_object().key("a").key("b"), "VERIFY failed");
    EXPECT_DEATH(Writer{out}.begin_object().key("a").end_object(), "VERIFY failed");
    EXPECT_DEATH(Writer{out}.null().null(), "VERIFY failed");
    EXPECT_DEATH(Writer{out}.number(std::numeric_limits<double>::infinity()), "VERIFY failed");
}

TEST(Writer, hundredths_are_exact) {
    std::string text;
    Writer w{text};
    w.begin_array();
    for (const std::int64_t value : {INT64_C(0), INT64_C(5), INT64_C(-7), INT64_C(50), INT64_C(-1230),
                                     INT64_C(10'000'000), INT64_C(9'223'372'036'854'775'807), INT64_MIN}) {
        w.hundredths(value);
    }
    w.end_array();
    EXPECT_EQ(text, "[0,0.05,-0.07,0.5,-12.3,100000,92233720368547758.07,-92233720368547758.08]");
}

}  // namespace
}  // namespace tenantry::json
