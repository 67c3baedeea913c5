#include "web/person_merge.hpp"

#include <gtest/gtest.h>

namespace tenantry::web {
namespace {

api::Params sent(const std::string& body) {
    http::Request request;
    request.method = "POST";
    request.path = "/";
    request.body = body;
    request.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
    auto params = api::Params::read(request);
    EXPECT_TRUE(params.ok());
    return std::move(params).value();
}

std::size_t place_of(std::string_view name) {
    for (std::size_t i = 0; i < kDetails; ++i) {
        if (details()[i].name == name) {
            return i;
        }
    }
    ADD_FAILURE() << name;
    return 0;
}

class Merging : public testing::Test {
  protected:
    /// Merges one text that was read, is and was entered so; all others are empty.
    Merge of(const std::string& read, const std::string& now, const std::string& mine,
             const std::string& more = "") {
        const auto params = sent("read.title=" + read + more);
        DetailTexts is;
        DetailTexts entered;
        is[at_] = now;
        entered[at_] = mine;
        return merge(params, is, entered);
    }
    std::size_t at_ = place_of("title");
};

TEST_F(Merging, what_one_of_both_changed_is_kept) {
    for (const auto& [read, now, mine, merged] :
         std::vector<std::array<std::string, 4>>{{"a", "a", "a", "a"},
                                                 {"a", "a", "b", "b"},
                                                 {"a", "b", "a", "b"},
                                                 {"a", "b", "b", "b"},
                                                 {"a", "a", "", ""}}) {
        const Merge m = of(read, now, mine);
        EXPECT_EQ(m.merged[at_], merged) << read << now << mine;
        EXPECT_FALSE(m.must_choose);
        EXPECT_EQ(m.is_theirs_kept, now != read);
        EXPECT_EQ(m.changes_person(), merged != now);
        EXPECT_FALSE(m.changes_kin());
    }
}

TEST_F(Merging, what_both_changed_is_to_be_chosen) {
    const Merge m = of("a", "b", "c");
    EXPECT_TRUE(m.must_choose);
    EXPECT_TRUE(m.contested[at_]);
    EXPECT_FALSE(m.was_asked);

    const Merge unanswered = of("b", "b", "c", "&asked.title=yes");
    EXPECT_TRUE(unanswered.must_choose);
    EXPECT_TRUE(unanswered.was_asked);
    const Merge mine = of("b", "b", "c", "&asked.title=yes&choice.title=mine");
    EXPECT_FALSE(mine.must_choose);
    EXPECT_EQ(mine.merged[at_], "c");
    const Merge now = of("b", "b", "c", "&asked.title=yes&choice.title=now");
    EXPECT_FALSE(now.must_choose);
    EXPECT_EQ(now.merged[at_], "b");
    EXPECT_FALSE(now.changes_person());
}

TEST_F(Merging, a_choice_is_no_answer_to_what_was_changed_after_it) {
    for (const auto* choice : {"mine", "now"}) {
        EXPECT_TRUE(of("b", "d", "c", std::string{"&asked.title=yes&choice.title="} + choice).must_choose);
    }
}

TEST(Details, each_text_goes_where_it_came_from) {
    housing::Resident resident;
    resident.person.name = {"Mrs", "Ada", "O'Sample"};
    resident.home = {"9 Weir Lane", {}, {}, "Otley", "LS21 3AB"};
    resident.address = resident.home;
    auto texts = texts_of(resident);
    EXPECT_EQ(texts_of(with_texts(resident, texts)), texts);
    for (std::size_t i = 0; i < kDetails; ++i) {
        using Kind = Detail::Kind;
        const auto kind = details()[i].kind;
        texts[i] = kind == Kind::Day                                       ? "1980-02-29"
                   : kind == Kind::YesOrNo || kind == Kind::YesNoOrUnknown ? "yes"
                                                                           : "text " + std::to_string(i);
    }
    EXPECT_EQ(texts_of(with_texts(resident, texts)), texts);
    EXPECT_EQ(with_texts(resident, texts).person.date_of_birth, parse_date("1980-02-29"));
    EXPECT_EQ(with_texts(resident, texts).home, resident.home);
}

TEST(Details, letters_go_home_where_no_address_is_left) {
    housing::Resident resident;
    resident.home = {"9 Weir Lane", {}, {}, "Otley", "LS21 3AB"};
    resident.address = {"1 Far Street", {}, {}, {}, {}};
    auto texts = texts_of(resident);
    texts[place_of("letters.line_1")] = "";
    EXPECT_EQ(with_texts(resident, texts).address, resident.home);
    texts[place_of("letters.postcode")] = "YO1 1AA";
    EXPECT_EQ(with_texts(resident, texts).address, (housing::Address{{}, {}, {}, {}, "YO1 1AA"}));
}

}  // namespace
}  // namespace tenantry::web
