#include "api/hackney/reply.hpp"

#include <gtest/gtest.h>

#include "access/session.hpp"
#include "access/token.hpp"

namespace tenantry::api::hackney {
namespace {

constexpr std::string_view kOne =
    R"({"developerMessage":"no such record","userMessage":"We had some problems processing your request","source":null,"stackTrace":null})";

TEST(HackneyReply, failures_have_the_endpoints_shape) {
    const Error unknown{Code::NotFound, "no such record"};
    EXPECT_EQ(fail_in_array(unknown).body, "[" + std::string{kOne} + "]");
    EXPECT_EQ(fail_in_object(unknown).body, kOne);
    EXPECT_EQ(
        fail_in_filter(unknown).body,
        R"({"result":{"developerMessage":"no such record","userMessage":"A server error occurred.","source":null,"stackTrace":null}})");
    for (const Code code :
         {Code::Invalid, Code::NotFound, Code::Conflict, Code::Corrupt, Code::Internal, Code::Timeout}) {
        EXPECT_EQ(fail_in_object({code, "text"}).status, 500);
    }
    EXPECT_EQ(fail_in_object({Code::Unavailable, "text"}).status, 503);
}

TEST(HackneyReply, who_may_not_is_told_by_the_status_alone) {
    const struct {
        Error error;
        int status;
        std::string_view headers;
    } cases[] = {
        {access::kNotSignedIn, 401, "WWW-Authenticate: Bearer\r\n"},
        {access::kTokenRefused, 401, "WWW-Authenticate: Bearer error=\"invalid_token\"\r\n"},
        {access::kNotPermitted, 403, ""},
        {{Code::Throttled, "text"}, 429, ""},
        {{Code::TooLarge, "text"}, 413, ""},
    };
    for (const auto& one : cases) {
        for (const auto fail : {fail_in_array, fail_in_object, fail_in_filter}) {
            const auto response = fail(one.error);
            EXPECT_EQ(response.status, one.status);
            EXPECT_EQ(response.headers, one.headers);
            EXPECT_EQ(response.body, "");
        }
    }
    EXPECT_EQ(refuse_status(405).status, 404);
}

TEST(HackneyReply, refused_input_is_an_array) {
    EXPECT_EQ(
        refuse_input(std::vector<std::string_view>{"one", "two"}).body,
        R"([{"developerMessage":"one","userMessage":"one","source":null,"stackTrace":null},{"developerMessage":"two","userMessage":"two","source":null,"stackTrace":null}])");
    EXPECT_EQ(refuse_input(Message{.developer = "d", .user = "u"}).body,
              R"([{"developerMessage":"d","userMessage":"u","source":null,"stackTrace":null}])");
    EXPECT_EQ(refuse_as_taken("t").status, 409);
    EXPECT_EQ(refuse_as_taken("t").body, refuse_input(Message{"t", "t"}).body);
    EXPECT_EQ(refuse_input_silently().body, "[]");
    EXPECT_EQ(refuse_input_silently().status, 400);
}

TEST(HackneyReply, money_has_no_more_decimals_than_it_needs) {
    const struct {
        std::int64_t pence;
        std::string_view text;
    } cases[] = {{0, "0"},       {5, "0.05"},     {-1230, "-12.3"},     {11802, "118.02"},
                 {-5000, "-50"}, {1, "0.01"},     {-7, "-0.07"},        {123456789, "1234567.89"},
                 {29, "0.29"},   {4035, "40.35"}, {10000000, "100000"}, {100000000000, "1000000000"}};
    for (const auto& one : cases) {
        EXPECT_EQ(pounds_text(one.pence), one.text);
    }
}

TEST(HackneyReply, values_are_written_as_the_contract_has_them) {
    std::string text;
    json::Writer w{text};
    w.begin_array();
    write_instant(w, from_millis(1'770'113'472'345));
    write_date_time(w, from_millis(1'770'113'472'345));
    write_date(w, parse_date("1981-11-12"));
    write_date(w, std::nullopt);
    write_uuid(w, std::nullopt);
    write_number_text(w, 100023000001);
    write_number_text(w, std::nullopt);
    write_integer(w, 3);
    write_integer(w, std::nullopt);
    write_pounds(w, std::nullopt);
    w.end_array();
    EXPECT_EQ(
        text,
        R"(["2026-02-03T10:11:12Z","2026-02-03 10:11:12","1981-11-12",null,null,"100023000001",null,3,null,null])");
}

}  // namespace
}  // namespace tenantry::api::hackney
