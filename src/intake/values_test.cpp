#include "intake/values.hpp"

#include <gtest/gtest.h>

namespace tenantry::intake {
namespace {

TEST(ImportValues, a_uprn_is_1_to_12_digits) {
    EXPECT_EQ(read_uprn("7").value(), 7);
    EXPECT_EQ(read_uprn("000000000010").value(), 10);
    EXPECT_EQ(read_uprn("999999999999").value(), 999'999'999'999);
    for (const auto* text : {"1000000000000", "12a", "-5", "+5", " 5", "5 ", "1.0", "N/A"}) {
        EXPECT_FALSE(read_uprn(text).ok()) << text;
    }
}

TEST(ImportValues, an_area_has_a_number_of_1_to_9_digits) {
    EXPECT_EQ(read_number("3").value(), 3);
    EXPECT_EQ(read_number("999999999").value(), 999'999'999);
    for (const auto* text : {"1000000000", "3a", "-3", " 3", "Homerton"}) {
        EXPECT_FALSE(read_number(text).ok()) << text;
    }
}

TEST(ImportValues, a_password_has_at_most_256_bytes_of_any_kind) {
    EXPECT_EQ(read_password(" x\t").value(), " x\t");
    EXPECT_TRUE(read_password(std::string(256, 'x')).ok());
    EXPECT_FALSE(read_password(std::string(257, 'x')).ok());
}

TEST(ImportValues, a_postcode_is_read_by_its_form_and_written_one_way) {
    for (const auto& [given, canonical] :
         std::initializer_list<std::pair<const char*, const char*>>{{"e81aa", "E8 1AA"},
                                                                    {"E8 1AA", "E8 1AA"},
                                                                    {" sw1a  2aa ", "SW1A 2AA"},
                                                                    {"M11ae", "M1 1AE"},
                                                                    {"B338TH", "B33 8TH"},
                                                                    {"cr26xh", "CR2 6XH"},
                                                                    {"DN55 1PT", "DN55 1PT"},
                                                                    {"W1A0AX", "W1A 0AX"},
                                                                    {"gir 0aa", "GIR 0AA"}}) {
        EXPECT_EQ(read_postcode(given).value(), canonical);
    }
    for (const auto* text : {"E8", "E8 1A", "8E 1AA", "EEE 1AA", "E8 AAA", "E8 1CA", "E8 1AV", "E8-1AA",
                             "E888 1AA", "E8 1AAA", "\xc3\x89 81AA", "   "}) {
        EXPECT_FALSE(read_postcode(text).ok()) << text;
    }
}

TEST(ImportValues, a_date_and_a_time_exist_and_are_written_in_full) {
    EXPECT_EQ(format_date(read_date("2024-02-29").value()), "2024-02-29");
    EXPECT_FALSE(read_date("2023-02-29").ok());
    EXPECT_FALSE(read_date("01/02/2023").ok());
    EXPECT_EQ(format_instant(read_instant("2026-03-02T10:05:00Z").value()), "2026-03-02T10:05:00Z");
    EXPECT_EQ(format_instant(read_instant("2026-03-02").value()), "2026-03-02T00:00:00Z");
    EXPECT_FALSE(read_instant("2026-03-02 10:05").ok());
}

TEST(ImportValues, money_is_pounds_with_two_decimals) {
    for (const auto& [text, pence] : std::initializer_list<std::pair<const char*, std::int64_t>>{
             {"0.00", 0},
             {"0.05", 5},
             {"-0.05", -5},
             {"118.02", 11'802},
             {"-12.30", -1'230},
             {"999999999999.99", 99'999'999'999'999}}) {
        EXPECT_EQ(read_money(text).value().value, pence) << text;
        EXPECT_EQ(money_text({pence}), text);
    }
    EXPECT_EQ(read_money("-0.00").value().value, 0);
    EXPECT_EQ(read_money("007.00").value().value, 700);
    for (const auto* text :
         {"12",   "12.3",  "12.345", ".50",    "-.50", "12.",  "-",     "+1.00",  "1,000.00",         "1.0a",
          "a.00", " 1.00", "1.00 ",  "--1.00", "1.-5", "1..0", "£1.00", "1e2.00", "1000000000000.00", "."}) {
        EXPECT_FALSE(read_money(text).ok()) << text;
    }
}

TEST(ImportValues, a_boolean_is_true_or_false_and_nothing_else) {
    EXPECT_TRUE(read_boolean("true").value());
    EXPECT_FALSE(read_boolean("false").value());
    for (const auto* text : {"TRUE", "1", "yes", "f"}) {
        EXPECT_FALSE(read_boolean(text).ok()) << text;
    }
}

TEST(ImportValues, uuids_stand_between_semicolons) {
    const std::string one = "3b1d6c1e-7a44-4d0e-9c55-0e3f5f1a9b20";
    const std::string two = "8d0f5c0a-3f0b-4d52-a1c7-6b1f0d4a2e11";
    const auto uuids = read_uuids(one + ";" + two).value();
    ASSERT_EQ(uuids.size(), 2U);
    EXPECT_EQ(uuids[1].text(), two);
    EXPECT_EQ(read_uuids(one).value().size(), 1U);
    const std::string with_comma = one + "," + two;
    for (const auto& text : {one + ";", ";" + one, with_comma, std::string{";"}}) {
        EXPECT_FALSE(read_uuids(text).ok()) << text;
    }
    EXPECT_FALSE(read_uuid("00000000-0000-0000-0000-000000000000").ok());
}

TEST(ImportValues, an_email_and_a_telephone_have_their_form) {
    EXPECT_TRUE(read_email("zo\xc3\xab@example.org").ok());
    for (const auto* text : {"nobody", "@example.org", "a@", "a@b@c", "a b@example.org", "a\n@example.org"}) {
        EXPECT_FALSE(read_email(text).ok()) << text;
    }
    for (const auto* text : {"07700 900123", "+44 (0)20 7946 0123", "020-7946-0123 ext. 12", "999"}) {
        EXPECT_EQ(read_telephone(text).value(), text);
    }
    for (const auto* text : {"12", "none", "07700 900123 (mum)", "123456789012345678901", "07700\t900123"}) {
        EXPECT_FALSE(read_telephone(text).ok()) << text;
    }
}

TEST(ImportValues, a_text_has_a_length_in_characters_and_no_control_characters) {
    EXPECT_EQ(read_text("\xc5\x81ukasz", 6, Lines::One).value(), "\xc5\x81ukasz");
    EXPECT_EQ(read_text("\xc5\x81ukasz", 5, Lines::One).error().text.view(), "is too long");
    EXPECT_EQ(read_text("a\tb", 5, Lines::One).error().text.view(), "has a control character");
    EXPECT_EQ(read_text(" \xc2\x85", 5, Lines::Many).error().text.view(), "has a control character");
    EXPECT_EQ(read_text("a\nb\x1b", 5, Lines::Many).error().text.view(), "has a control character");
    EXPECT_TRUE(read_text("a\r\n\tb", 5, Lines::Many).ok());
    EXPECT_EQ(read_text("  ", 5, Lines::One).error().text.view(), "is nothing but white space");
}

TEST(ImportValues, a_code_list_is_one_that_there_is) {
    EXPECT_TRUE(read_code_list("tenure").ok());
    EXPECT_FALSE(read_code_list("Tenure").ok());
}

}  // namespace
}  // namespace tenantry::intake
