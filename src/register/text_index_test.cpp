#include "register/text_index.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

namespace tenantry::housing {
namespace {

using Ids = std::vector<std::int64_t>;
using Words = std::vector<std::string_view>;
constexpr std::size_t kAll = 1'000'000;

TextIndex index_of(std::vector<TextIndex::Change> texts) {
    return TextIndex{}.with(std::move(texts));
}

TEST(TextIndex, every_word_must_stand_in_its_own_part) {
    const TextIndex index = index_of({{3,
                                       "ada sample\x1f"
                                       "9 weir lane"},
                                      {1,
                                       "weir ada\x1f"
                                       "2 sample house"},
                                      {7, "\x1f"},
                                      {5,
                                       "%_ odd\x1f"
                                       "9 weir"}});
    struct Row {
        Words name;
        Words address;
        Ids found;
    };
    const std::vector<Row> rows{
        {{"ada"}, {}, {1, 3}},  {{"ada", "sample"}, {}, {3}},   {{"sample", "ada"}, {"lane"}, {3}},
        {{"weir"}, {}, {1}},    {{}, {"weir"}, {3, 5}},         {{"%"}, {}, {5}},
        {{"_ o"}, {}, {5}},     {{"ada sample9"}, {}, {}},      {{"adaa"}, {}, {}},
        {{}, {}, {1, 3, 5, 7}}, {{""}, {"", ""}, {1, 3, 5, 7}},
    };
    for (const auto& row : rows) {
        const WantedTexts wanted{row.name, row.address};
        EXPECT_EQ(index.find(wanted, 0, kAll), row.found) << testing::PrintToString(row.name);
        EXPECT_EQ(index.find_among({1, 2, 3, 4, 5, 6, 7, 8}, wanted), row.found);
    }
}

/// All texts with the words.
Ids find(const TextIndex& index, const Words& words, std::int64_t after = 0, std::size_t most = kAll) {
    return index.find({words, {}}, after, most);
}

TEST(TextIndex, goes_on_after_a_number_and_ends_with_enough) {
    std::vector<TextIndex::Change> texts;
    for (std::int64_t id = 1; id <= 5000; ++id) {
        texts.push_back({id * 2, "text"});
    }
    const TextIndex index = index_of(std::move(texts));
    EXPECT_EQ(index.size(), 5000);
    Ids all;
    for (Ids page; !(page = find(index, {"ex"}, all.empty() ? 0 : all.back(), 700)).empty();) {
        EXPECT_LE(page.size(), 700);
        all.insert(all.end(), page.begin(), page.end());
    }
    ASSERT_EQ(all.size(), 5000);
    EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
    EXPECT_EQ(find(index, {"ex"}, 9996, 10), (Ids{9998, 10000}));
    EXPECT_EQ(find(index, {"ex"}, 10000, 10), Ids{});
    EXPECT_EQ(find(index, {"ex"}, 0, 0), Ids{});
}

TEST(TextIndex, an_older_version_stays_as_it_was) {
    const TextIndex before = index_of({{1, "ada"}, {2, "bob"}});
    const TextIndex after = before.with({{1, std::nullopt}, {2, "cy"}, {3, "dora"}});
    EXPECT_EQ(find(before, {"a"}), (Ids{1}));
    EXPECT_EQ(find(before, {"bob"}), (Ids{2}));
    EXPECT_EQ(find(after, {"ada"}), Ids{});
    EXPECT_EQ(find(after, {"bob"}), Ids{});
    EXPECT_EQ(find(after, {""}), (Ids{2, 3}));
}

/// A thousand rounds of changes to some thousand texts, each beside a map that is searched text by text.
TEST(TextIndex, answers_what_a_search_of_every_text_answers) {
    std::mt19937 random{20261125};  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts in each run
    const auto below = [&random](std::size_t n) { return static_cast<std::size_t>(random()) % n; };
    const auto text_of = [&](std::size_t letters) {
        std::string text;
        for (std::size_t i = 0; i < letters; ++i) {
            text += "abc d"[below(5)];
        }
        return text;
    };
    std::map<std::int64_t, std::string> model;
    TextIndex index;
    for (int round = 0; round < 1000; ++round) {
        std::map<std::int64_t, TextIndex::Change> changes;
        for (std::size_t i = below(round % 100 == 0 ? 4000 : 20); i > 0; --i) {
            const auto id = static_cast<std::int64_t>(below(6000)) + 1;
            changes[id] = {id, below(4) == 0 ? std::nullopt : std::optional{text_of(1 + below(12))}};
        }
        std::vector<TextIndex::Change> list;
        for (auto& [id, change] : changes) {
            change.text ? void(model[id] = *change.text) : void(model.erase(id));
            list.insert(list.begin(), std::move(change));
        }
        index = index.with(std::move(list));
        ASSERT_EQ(index.size(), model.size());
        const std::string word = text_of(1 + below(3));
        const std::string other = text_of(below(3));
        Ids expected;
        for (const auto& [id, text] : model) {
            if (text.find(word) != text.npos && text.find(other) != text.npos) {
                expected.push_back(id);
            }
        }
        ASSERT_EQ(find(index, {word, other}), expected) << round;
    }
    EXPECT_GT(model.size(), 2000U);
}

}  // namespace
}  // namespace tenantry::housing
