#include "register/journal_check.hpp"

#include "tests/support/register_fixture.hpp"

namespace tenantry::housing {
namespace {

class JournalCheckTest : public test::RegisterTest {
  protected:
    void note(std::int64_t events, std::optional<std::int64_t> first_broken = std::nullopt) {
        audit::Verdict verdict;
        verdict.events = events;
        verdict.first_broken = first_broken;
        auto in = work();
        ASSERT_TRUE(note_journal_check(in, verdict).ok());
    }
    std::optional<JournalCheck> find() {
        auto in = work();
        return find_journal_check(in).value();
    }
};

TEST_F(JournalCheckTest, the_last_check_is_remembered_with_what_it_found) {
    EXPECT_FALSE(find().has_value());
    note(12);
    clock_.advance(std::chrono::hours{1});
    auto check = find();
    ASSERT_TRUE(check.has_value());
    EXPECT_EQ(check->at, clock_.now() - std::chrono::hours{1});
    EXPECT_EQ(check->up_to, 12);
    EXPECT_TRUE(check->held);

    take_events();
    note(7, 8);
    EXPECT_EQ(take_events(), (std::vector<std::string>{"journal.verified 7/- - 2"}));
    check = find();
    ASSERT_TRUE(check.has_value());
    EXPECT_EQ(check->at, clock_.now());
    EXPECT_EQ(check->up_to, 7);
    EXPECT_FALSE(check->held);
}

}  // namespace
}  // namespace tenantry::housing
