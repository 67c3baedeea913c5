#include "register/search.hpp"

#include <gtest/gtest.h>

namespace tenantry::housing {
namespace {

TEST(Search, trigrams_cover_each_word_of_three_letters_or_more) {
    EXPECT_EQ(parse_search("anna").match, R"("ann" AND "nna")");
    EXPECT_EQ(parse_search("Priya Nair").match, R"("pri" AND "iya" AND "nai" AND "air")");
    EXPECT_EQ(parse_search("abcdefg").match, R"("abc" AND "def" AND "efg")");
    EXPECT_EQ(parse_search("ab cde").match, R"("cde")");
}

TEST(Search, letters_are_code_points_not_bytes) {
    EXPECT_EQ(parse_search("山田").match, "");
    EXPECT_EQ(parse_search("山田太").match, R"("山田太")");
    EXPECT_EQ(parse_search("a👪").match, "");
}

TEST(Search, syntax_is_quoted_as_letters) {
    EXPECT_EQ(parse_search("a\"b").match, R"("a""b")");
    EXPECT_EQ(parse_search("NEAR(a*").match, R"("nea" AND "r(a" AND "(a*")");
}

TEST(Search, nothing_that_counts_is_empty) {
    for (const char* typed : {"", " ", " \t\n ", "'", "-", "\u2019 \u2014"}) {
        EXPECT_TRUE(parse_search(typed).empty());
    }
    EXPECT_FALSE(parse_search("a").empty());
}

TEST(Search, words_beyond_the_fifth_are_ignored) {
    const SearchTerms terms = parse_search("aa bb cc dd ee ffff");
    EXPECT_EQ(terms.words[4], "ee");
    EXPECT_EQ(terms.match, "");
}

}  // namespace
}  // namespace tenantry::housing
