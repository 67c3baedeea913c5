#include "app/progress.hpp"

#include <gtest/gtest.h>

namespace tenantry::app {
namespace {

using namespace std::chrono_literals;

class ProgressTest : public testing::Test {
  protected:
    Progress::Writer writer() {
        return [this](std::string_view text) { written_ += text; };
    }
    std::function<Progress::Time()> clock() {
        return [this] { return now_; };
    }
    std::string take() { return std::exchange(written_, ""); }

    Progress::Time now_{1h};
    std::string written_;
};

TEST_F(ProgressTest, writes_a_line_every_few_seconds_and_one_at_the_end) {
    Progress progress{"Importing", Progress::Look::Lines, writer(), clock()};
    progress.update(1, 3'000'000);
    EXPECT_EQ(take(), "");
    now_ += Progress::kLineEvery;
    progress.update(1'234'567, 3'000'000);
    EXPECT_EQ(take(), "Importing: 1,234,567 of 3,000,000 (41 %), 411,522 a second\n");
    now_ += 2s;
    progress.update(2'000'000, 3'000'000);
    EXPECT_EQ(take(), "");
    now_ += 1s;
    progress.update(3'000'000, 3'000'000);
    EXPECT_EQ(take(), "Importing: 3,000,000 of 3,000,000 (100 %), 500,000 a second\n");
    progress.finish();
    EXPECT_EQ(take(), "Importing: 3,000,000 in 6.0 s, 500,000 a second\n");
}

TEST_F(ProgressTest, draws_a_bar_over_itself_and_ends_it_with_a_line) {
    Progress progress{"Importing", Progress::Look::Bar, writer(), clock()};
    now_ += 1s;
    progress.update(500, 1000);
    EXPECT_EQ(take(),
              "\rImporting [###############...............] 50 % of 1,000, 500 a second, 1 s left\x1b[K");
    now_ += 99ms;
    progress.update(600, 1000);
    EXPECT_EQ(take(), "");
    now_ += 901ms;
    progress.update(1000, 1000);
    EXPECT_EQ(take(),
              "\rImporting [##############################] 100 % of 1,000, 500 a second, 0 s left\x1b[K");
    progress.finish();
    EXPECT_EQ(take(), "\r\x1b[KImporting: 1,000 in 2.0 s, 500 a second\n");
}

TEST_F(ProgressTest, a_bar_that_was_given_up_leaves_the_line_to_what_follows) {
    {
        Progress progress{"Importing", Progress::Look::Bar, writer(), clock()};
        now_ += 1s;
        progress.update(1, 0);
        take();
    }
    EXPECT_EQ(take(), "\n");
}

TEST_F(ProgressTest, nothing_done_is_no_division_by_zero) {
    Progress progress{"Importing", Progress::Look::Lines, writer(), clock()};
    progress.finish();
    EXPECT_EQ(take(), "Importing: 0 in 0.0 s, 0 a second\n");
}

}  // namespace
}  // namespace tenantry::app
