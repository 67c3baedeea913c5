#include <gtest/gtest.h>

#include "base/ascii.hpp"

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace tenantry {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0) {
        return Error{Code::Invalid, "odd", "number"};
    }
    return number / 2;
}

Result<int> quarter(int number) {
    return half(TRY(half(number)));
}

TEST(Result, try_passes_the_error_up) {
    EXPECT_EQ(quarter(8).value(), 2);
    EXPECT_EQ(quarter(6).error().code, Code::Invalid);
    EXPECT_EQ(quarter(6).error().field.view(), "number");
}

TEST(Result, what_a_call_returned_outlives_a_loop_over_it) {
    const auto list = []() -> Result<std::vector<std::string>> {
        return std::vector<std::string>{std::string(100, 'a'), std::string(100, 'a')};
    };
    for (const std::string& text : list().value()) {
        EXPECT_EQ(text, std::string(100, 'a'));
    }
    for (const std::string& text : *list()) {
        EXPECT_EQ(text, std::string(100, 'a'));
    }
}

TEST(ResultDeathTest, the_value_of_an_error_is_a_bug) {
    EXPECT_DEATH({ [[maybe_unused]] const int value = half(3).value(); }, "VERIFY failed");
}

TEST(Bytes, hexadecimal_and_base64url_round_trip) {
    Bytes bytes;
    for (int i = 0; i < 300; ++i) {
        EXPECT_EQ(hex_decode(hex_encode(bytes)), bytes);
        EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
        EXPECT_EQ(base64_decode(base64_encode(bytes)), bytes);
        bytes.push_back(static_cast<unsigned char>(i * 37));
    }
}

TEST(Bytes, refuses_what_is_not_canonical) {
    EXPECT_FALSE(hex_decode("abc"));
    EXPECT_FALSE(hex_decode("zz"));
    EXPECT_FALSE(base64url_decode("a"));
    EXPECT_FALSE(base64url_decode("ab="));
    EXPECT_FALSE(base64url_decode("a+"));
    EXPECT_FALSE(base64url_decode("AB"));  // the last four bits must be zero
    for (const auto* text :
         {"A", "AA", "AAA", "A===", "====", "AB==", "AA=A", "A-==", "A_==", "AAAA=", "AA\n="}) {
        EXPECT_FALSE(base64_decode(text)) << text;
    }
}

TEST(Bytes, base64_is_that_of_rfc_4648) {
    EXPECT_EQ(base64_encode(bytes_of("f")), "Zg==");
    EXPECT_EQ(base64_encode(bytes_of("fo")), "Zm8=");
    EXPECT_EQ(base64_encode(bytes_of("foobar")), "Zm9vYmFy");
    EXPECT_EQ(base64_encode(Bytes{0xfb, 0xff}), "+/8=");
}

TEST(Uuid, reads_and_writes_the_usual_form) {
    const auto uuid = Uuid::parse("3B1D6C1E-7a44-4d0e-9c55-0e3f5f1a9b20");
    ASSERT_TRUE(uuid);
    EXPECT_EQ(uuid->text(), "3b1d6c1e-7a44-4d0e-9c55-0e3f5f1a9b20");
    EXPECT_FALSE(Uuid::parse("3b1d6c1e7a444d0e9c550e3f5f1a9b20"));
    EXPECT_FALSE(Uuid::parse("3b1d6c1e-7a44-4d0e-9c55-0e3f5f1a9b2-"));
    EXPECT_FALSE(Uuid::parse("3b1d6c1e-7a44-4d0e-9c55-0e3f5f1a9b2g"));
    const auto made = Uuid::from_random({});
    EXPECT_EQ(made.text(), "00000000-0000-4000-8000-000000000000");
}

TEST(Time, instants_and_dates_round_trip) {
    EXPECT_EQ(format_instant(parse_instant("2031-04-02T08:15:00Z").value()), "2031-04-02T08:15:00Z");
    EXPECT_EQ(format_instant(from_millis(-1)), "1969-12-31T23:59:59Z");
    EXPECT_EQ(format_date(parse_date("2024-02-29").value()), "2024-02-29");
}

TEST(Time, refuses_dates_that_do_not_exist) {
    for (const auto* text :
         {"2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-1-001", "2024-01-0a", "-024-01-01"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
    EXPECT_FALSE(parse_instant("2031-04-02T24:00:00Z"));
    EXPECT_FALSE(parse_instant("2031-04-02 08:15:00Z"));
}

TEST(Log, a_line_is_one_json_object_whatever_the_text) {
    EXPECT_EQ(log_line(LogLevel::Warning, "request",
                       {{"status", std::int64_t{503}}, {"path", SafeText{"/a\n\"\x1b"}}}, "T"),
              R"({"time":"T","level":"warning","event":"request","status":503,"path":"/a\u000a\"\u001b"})");
}

TEST(Time, british_clocks_are_an_hour_ahead_in_summer) {
    const struct {
        const char* utc;
        const char* shown;
    } cases[] = {
        {"2026-01-01T12:00:00Z", "2026-01-01 12:00:00"}, {"2026-03-29T00:59:59Z", "2026-03-29 00:59:59"},
        {"2026-03-29T01:00:00Z", "2026-03-29 02:00:00"}, {"2026-07-01T23:30:00Z", "2026-07-02 00:30:00"},
        {"2026-10-25T00:59:59Z", "2026-10-25 01:59:59"}, {"2026-10-25T01:00:00Z", "2026-10-25 01:00:00"},
        {"2024-03-31T01:00:00Z", "2024-03-31 02:00:00"}, {"2024-10-27T01:00:00Z", "2024-10-27 01:00:00"},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(format_date_time(uk_time(*parse_instant(one.utc))), one.shown);
    }
}

TEST(Time, dates_are_stored_as_days) {
    EXPECT_EQ(to_days(*parse_date("1970-01-01")), 0);
    EXPECT_EQ(to_days(*parse_date("1969-12-31")), -1);
    EXPECT_EQ(format_date(from_days(to_days(*parse_date("2024-02-29")))), "2024-02-29");
}

TEST(Ascii, a_number_is_the_whole_text_or_nothing) {
    EXPECT_EQ(parse_whole<std::int64_t>("-12"), -12);
    EXPECT_EQ(parse_whole<std::int64_t>("9223372036854775807"), 9223372036854775807);
    for (const auto* text : {"", "12a", " 12", "12 ", "+12", "1.0", "9223372036854775808"}) {
        EXPECT_FALSE(parse_whole<std::int64_t>(text)) << text;
    }
    EXPECT_FALSE(parse_whole<unsigned>("-1"));
    EXPECT_FALSE(parse_whole<std::uint8_t>("256"));
}

}  // namespace
}  // namespace tenantry
