#include "api/hackney/input.hpp"

#include <gtest/gtest.h>

namespace tenantry::api::hackney {
namespace {

http::Request with_body(std::string body) {
    http::Request request;
    request.body = std::move(body);
    return request;
}
http::Request with_query(std::string query) {
    http::Request request;
    request.query = std::move(query);
    return request;
}

/// What a reading of one member gives: its value, and whether the body is null afterwards.
template <class Read>
auto read_member(const std::string& json, Read read) {
    Body body{with_body(R"({"x":)" + json + "}")};
    auto value = read(body.fields());
    return std::pair{value, body.is_null()};
}

TEST(HackneyQuery, names_are_read_in_any_case_and_blank_values_are_none) {
    const Query query{with_query("&TagReference=004512%2F01&blank=%20%20&empty=&Twice=a&twice=b")};
    EXPECT_EQ(query.text("tagreference"), "004512/01");
    EXPECT_EQ(query.text("TAGREFERENCE"), "004512/01");
    EXPECT_EQ(query.text("blank"), std::nullopt);
    EXPECT_EQ(query.text("empty"), std::nullopt);
    EXPECT_EQ(query.text("absent"), std::nullopt);
    EXPECT_EQ(query.text("twice"), "a");
    EXPECT_TRUE(query.has("EMPTY"));
    EXPECT_FALSE(query.has("absent"));
}

TEST(HackneyQuery, what_cannot_be_read_is_none) {
    const Query query{
        with_query("long=" + std::string(201, 'x') + "&control=a%01b&latin=%e9&n=12x&u=x&b=ja")};
    for (const auto* name : {"long", "control", "latin"}) {
        EXPECT_EQ(query.text(name), std::nullopt) << name;
    }
    EXPECT_TRUE(query.is_unreadable("long"));
    EXPECT_FALSE(query.is_unreadable("n"));
    EXPECT_FALSE(query.is_unreadable("absent"));
    EXPECT_EQ(query.integer("n"), std::nullopt);
    EXPECT_EQ(query.uuid("u"), std::nullopt);
    EXPECT_FALSE(query.boolean("b"));
    EXPECT_EQ(Query{with_query("a=%zz&b=1")}.text("b"), std::nullopt) << "a malformed query says nothing";
    EXPECT_TRUE(Query{with_query("b=True")}.boolean("B"));
    EXPECT_EQ(Query{with_query("n=+3")}.integer("n"), 3);
}

TEST(HackneyQuery, a_form_is_read_as_a_query_is) {
    const Query form{std::string_view{"UserName=o+officer&password=a%26b"}};
    EXPECT_EQ(form.text("username"), "o officer");
    EXPECT_EQ(form.secret("PASSWORD"), "a&b");
}

TEST(HackneyQuery, a_secret_is_any_text_of_at_most_256_bytes) {
    const Query query{with_query("p=%20a%09b%20&long=" + std::string(257, 'x') +
                                 "&most=" + std::string(256, 'x') + "&blank=%20&nul=a%00b&latin=%e9")};
    EXPECT_EQ(query.secret("p"), " a\tb ");
    EXPECT_EQ(query.secret("most"), std::string(256, 'x'));
    for (const auto* name : {"long", "blank", "nul", "latin", "absent"}) {
        EXPECT_EQ(query.secret(name), std::nullopt) << name;
    }
}

TEST(HackneyBody, absent_malformed_and_other_json_is_null) {
    for (const auto* text : {"", "null", "[]", "1", "{", R"({"a":1,"a":2})", "\"x\""}) {
        Body body{with_body(text)};
        EXPECT_EQ(body.fields().text("a"), std::nullopt);
        EXPECT_TRUE(body.is_null()) << text;
    }
    Body body{with_body("{}")};
    EXPECT_EQ(body.fields().text("a"), std::nullopt);
    EXPECT_FALSE(body.is_null());
}

TEST(HackneyBody, members_are_found_in_any_case_and_the_last_that_says_something_counts) {
    Body body{
        with_body(R"({"ServiceRequest":{"Id":"1"},"serviceRequest":{"ID":"2"},"SERVICEREQUEST":null})")};
    EXPECT_EQ(body.fields().object("serviceRequest")->text("id"), "2");
    EXPECT_TRUE(body.fields().has("servicerequest"));
    EXPECT_FALSE(body.fields().has("service"));
}

TEST(HackneyBody, scalars_convert_to_text) {
    const auto text = [](const std::string& json) {
        return read_member(json, [](Fields f) { return f.text("x"); });
    };
    EXPECT_EQ(text("\"a\"").first, "a");
    EXPECT_EQ(text("5").first, "5");
    EXPECT_EQ(text("-12.5").first, "-12.5");
    EXPECT_EQ(text("true").first, "True");
    EXPECT_EQ(text("null"), (std::pair{std::optional<std::string>{}, false}));
    for (const auto* json : {"[]", "{}", "[\"a\"]", R"("a\nb")"}) {
        EXPECT_EQ(text(json), (std::pair{std::optional<std::string>{}, true})) << json;
    }
    EXPECT_TRUE(text('"' + std::string(201, 'x') + '"').second);
    EXPECT_FALSE(text('"' + std::string(200, 'x') + '"').second);
}

TEST(HackneyBody, a_note_has_lines) {
    const auto note = [](const std::string& json) {
        return read_member(json, [](Fields f) { return f.note("x"); });
    };
    EXPECT_EQ(note(R"("a\r\nb\tc")").first, "a\r\nb\tc");
    EXPECT_TRUE(note(R"("a\u0001b")").second);
    EXPECT_TRUE(note('"' + std::string(10'001, 'x') + '"').second);
}

TEST(HackneyBody, a_secret_is_any_text_of_at_most_256_bytes) {
    const auto secret = [](const std::string& json) {
        return read_member(json, [](Fields f) { return f.secret("x"); });
    };
    EXPECT_EQ(secret(R"(" a\tb ")").first, " a\tb ");
    EXPECT_EQ(secret("12345").first, "12345");
    EXPECT_EQ(secret("null"), (std::pair{std::optional<std::string>{}, false}));
    EXPECT_FALSE(secret('"' + std::string(256, 'x') + '"').second);
    EXPECT_TRUE(secret('"' + std::string(257, 'x') + '"').second);
    EXPECT_TRUE(secret(R"("a\u0000b")").second);
    EXPECT_TRUE(secret("[]").second);
}

TEST(HackneyBody, text_converts_to_numbers_and_truth) {
    const auto number = [](const std::string& json) {
        return read_member(json, [](Fields f) { return f.integer("x"); });
    };
    EXPECT_EQ(number("2").first, 2);
    EXPECT_EQ(number("\"2\"").first, 2);
    EXPECT_EQ(number("\" -2 \"").first, -2);
    for (const auto* json : {"\"\"", "\"2x\"", "2.5", "true", "[]", "99999999999999999999"}) {
        EXPECT_TRUE(number(json).second) << json;
    }
    const auto truth = [](const std::string& json) {
        return read_member(json, [](Fields f) { return f.boolean("x"); });
    };
    EXPECT_EQ(truth("true").first, true);
    EXPECT_EQ(truth("\"True\"").first, true);
    EXPECT_EQ(truth("\"FALSE\"").first, false);
    EXPECT_EQ(truth("1").first, true);
    for (const auto* json : {"\"\"", "\"yes\"", "[]", "1.5"}) {
        EXPECT_TRUE(truth(json).second) << json;
    }
}

TEST(HackneyBody, uuids_and_dates_convert_or_make_the_body_null) {
    const std::string uuid = "1c9e0000-0000-4000-8000-000000000001";
    const auto read = [](const std::string& json) {
        return read_member(json, [](Fields f) { return f.uuid("x"); });
    };
    EXPECT_EQ(read('"' + uuid + '"').first, Uuid::parse(uuid));
    EXPECT_EQ(read("\"{" + uuid + "}\"").first, Uuid::parse(uuid));
    EXPECT_FALSE(read("null").second);
    for (const auto* json : {"\"\"", "\"x\"", "5"}) {
        EXPECT_TRUE(read(json).second) << json;
    }
    const auto date = [](const std::string& json) {
        return read_member(json, [](Fields f) { return f.date("x"); });
    };
    EXPECT_EQ(date("\"1981-11-12\"").first, parse_date("1981-11-12"));
    EXPECT_EQ(date("\"1981-11-12T00:00:00Z\"").first, parse_date("1981-11-12"));
    for (const auto* json : {"\"1981-11-31\"", "\"1981-11-12 \"", "\"12/11/1981\"", "\"\"", "19811112"}) {
        EXPECT_TRUE(date(json).second) << json;
    }
}

TEST(HackneyBody, lists_and_objects) {
    Body body{with_body(R"({"codes":["3",12],"more":[{"a":1},{"a":2}],"none":null})")};
    EXPECT_EQ(body.fields().texts("codes"), (std::vector<std::string>{"3", "12"}));
    const auto more = body.fields().objects("more");
    ASSERT_EQ(more->size(), 2U);
    EXPECT_EQ((*more)[1].integer("a"), 2);
    EXPECT_EQ(body.fields().texts("none"), std::nullopt);
    EXPECT_EQ(body.fields().object("none"), std::nullopt);
    EXPECT_FALSE(body.is_null());
    EXPECT_EQ(body.fields().objects("codes"), std::nullopt);
    EXPECT_TRUE(body.is_null());
    for (const auto* json : {"\"a\"", "{}", "[[]]", "[null]"}) {
        EXPECT_TRUE(read_member(json, [](Fields f) { return f.texts("x"); }).second) << json;
    }
    EXPECT_TRUE(read_member("[]", [](Fields f) { return f.object("x").has_value(); }).second);
}

TEST(HackneyInput, given_is_more_than_white_space) {
    EXPECT_TRUE(is_given("a"));
    EXPECT_FALSE(is_given(" \t"));
    EXPECT_FALSE(is_given(""));
    EXPECT_FALSE(is_given(std::nullopt));
}

}  // namespace
}  // namespace tenantry::api::hackney
