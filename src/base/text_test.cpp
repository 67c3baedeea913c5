#include "base/text.hpp"

#include <gtest/gtest.h>

namespace tenantry {
namespace {

TEST(Fold, ignores_case_accents_and_apostrophes) {
    EXPECT_EQ(fold("Siobhán O’Brien"), "siobhan obrien");
    EXPECT_EQ(fold("SIOBHAN O'BRIEN"), "siobhan obrien");
    EXPECT_EQ(fold("Łukasz Wójcik"), "lukasz wojcik");
    EXPECT_EQ(fold("Strauß"), "strauss");
    EXPECT_EQ(fold("Ægir Þór"), "aegir thor");
}

TEST(Fold, composed_and_combining_forms_are_the_same) {
    EXPECT_EQ(fold("Zo\u00eb"), fold("Zoe\u0308"));
}

TEST(Fold, hyphens_and_runs_of_space_are_one_space) {
    EXPECT_EQ(fold("  Ama  Smith-Jones "), "ama smith jones");
    EXPECT_EQ(fold("Smith\u2013Jones"), "smith jones");
}

TEST(Fold, keeps_other_scripts_emoji_and_wildcards) {
    EXPECT_EQ(fold("محمد علي"), "محمد علي");
    EXPECT_EQ(fold("王 小明"), "王 小明");
    EXPECT_EQ(fold("100%_Sure 🦊"), "100%_sure 🦊");
}

/// The words beside an "é" are folded the general way, alone by the table for ASCII.
TEST(Fold, each_ascii_character_folds_the_same_with_and_without_others_beside_it) {
    for (int c = 1; c < 0x80; ++c) {
        const std::string text = std::string{"Ab"} + static_cast<char>(c) + "cD";
        EXPECT_EQ(fold("\u00e9 " + text), "e " + fold(text)) << c;
    }
    std::string out = "what was there before";
    fold_into("Siobh\u00e1n O'Brien", out);
    EXPECT_EQ(out, "siobhan obrien");
}

TEST(Fold, invalid_utf8_folds_to_nothing) {
    EXPECT_EQ(fold("abc\xff"), "");
}

TEST(Fold, words_come_in_order) {
    const auto words = words_of("ama smith jones");
    ASSERT_EQ(words.size(), 3U);
    EXPECT_EQ(words[1], "smith");
    EXPECT_TRUE(words_of("").empty());
}

TEST(Telephone, folds_every_way_to_write_a_number) {
    for (const auto* written :
         {"07700 900461", "+44 7700 900461", "0044 7700 900 461", "+44 (0)7700 900461", "(07700) 900-461",
          "(+44) 7700 900461", "0044 (0)7700 900461", "\u202a+44 7700 900461\u202c"}) {
        EXPECT_EQ(fold_telephone(written), "07700900461") << written;
    }
    EXPECT_EQ(fold_telephone("+353 1 496 0112"), "35314960112");
    EXPECT_EQ(fold_telephone("00353 1 496 0112"), "35314960112");
    EXPECT_EQ(fold_telephone("07700 900461 + 2"), "077009004612");
    EXPECT_EQ(fold_telephone("no digits"), "");
}

TEST(Email, folds_case_and_space) {
    EXPECT_EQ(fold_email("  Priya@Mail.Test "), "priya@mail.test");
}

TEST(Utf8, refuses_what_is_not_text) {
    EXPECT_TRUE(is_clean_utf8("Zoë 🦊"));
    EXPECT_FALSE(is_clean_utf8(std::string_view{"a\0b", 3}));
    EXPECT_FALSE(is_clean_utf8("\xc0\xaf"));          // overlong
    EXPECT_FALSE(is_clean_utf8("\xed\xa0\x80"));      // surrogate
    EXPECT_FALSE(is_clean_utf8("\xf4\x90\x80\x80"));  // beyond U+10FFFF
    EXPECT_FALSE(is_clean_utf8("\xe2\x82"));          // cut
}

TEST(Utf8, finds_control_characters) {
    EXPECT_TRUE(has_control_character("a\nb"));
    EXPECT_TRUE(has_control_character("a\x7f"));
    EXPECT_TRUE(has_control_character("a\xc2\x85"));
    EXPECT_FALSE(has_control_character("Zoë"));
    EXPECT_EQ(code_point_count("Zoë"), 3U);
}

}  // namespace
}  // namespace tenantry
