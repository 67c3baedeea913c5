#include "audit/look_back.hpp"

#include <gtest/gtest.h>

#include "audit/verify_end.hpp"
#include "tests/support/memory_register.hpp"

namespace tenantry::audit {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr db::Sql kFree{"test/free", "DROP TRIGGER audit_event_is_never_changed", ""};
constexpr db::Sql kFreeToo{"test/free_too", "DROP TRIGGER audit_event_is_never_removed", ""};
constexpr db::Sql kChange{"test/change", "UPDATE audit_event SET action = 'x.y' WHERE id = $1", ""};
constexpr db::Sql kDelete{"test/delete", "DELETE FROM audit_event WHERE id = $1", ""};
constexpr db::Sql kCut{"test/cut", "DELETE FROM audit_event WHERE id >= $1", ""};

class LookBackTest : public testing::Test {
  protected:
    /// So many events an hour apart: every third by account 5, every fourth refused, of people and homes.
    void fill(std::int64_t count) {
        std::vector<Event> events;
        for (std::int64_t id = 1; id <= count; ++id) {
            register_.clock.advance(hours{1});
            Event event{.at = register_.clock.now(),
                        .action = id % 2 == 0 ? Literal{"tenant.viewed"} : Literal{"address.updated"}};
            event.outcome = id % 4 == 0 ? Outcome::Denied : Outcome::Ok;
            event.account = id % 3 == 0 ? 5 : 6;
            event.address = "192.0.2.7";
            event.resource = id;
            event.person = id % 2 == 0 ? std::optional{id + 100} : std::nullopt;
            events.push_back(std::move(event));
        }
        ASSERT_TRUE(append(*register_.tx, register_.keys.ring, events).ok());
    }
    [[nodiscard]] LookedBack look(const LookBack& wanted) {
        return look_back(*register_.tx, register_.keys.ring, wanted).value();
    }
    [[nodiscard]] static std::vector<std::int64_t> ids(const LookedBack& found) {
        std::vector<std::int64_t> numbers;
        for (const Looked& one : found.entries) {
            numbers.push_back(one.entry.id);
        }
        return numbers;
    }
    [[nodiscard]] Instant at(std::int64_t id) const { return begin_ + hours{id}; }
    [[nodiscard]] EndVerdict verify_end(std::int64_t most) {
        return verify_end_of_journal(*register_.tx, register_.keys.ring, most).value();
    }

    test::MemoryRegister register_;
    const Instant begin_ = register_.clock.now();
};

TEST_F(LookBackTest, an_empty_journal_has_nothing) {
    const auto found = look({});
    EXPECT_TRUE(found.entries.empty());
    EXPECT_EQ(found.go_on, std::nullopt);
    EXPECT_EQ(found.reached, std::nullopt);
}

TEST_F(LookBackTest, shows_the_newest_first_a_page_at_a_time) {
    fill(12);
    LookBack wanted;
    wanted.limit = 5;
    auto found = look(wanted);
    EXPECT_EQ(ids(found), (std::vector<std::int64_t>{12, 11, 10, 9, 8}));
    EXPECT_EQ(found.entries[0].person, 112);
    EXPECT_EQ(found.entries[0].entry.resource, 12);
    EXPECT_EQ(found.entries[0].entry.account, 5);
    EXPECT_EQ(found.entries[0].entry.outcome, Outcome::Denied);
    EXPECT_EQ(found.entries[0].entry.address, "192.0.2.7");
    EXPECT_EQ(found.entries[1].person, std::nullopt);
    wanted.before = found.go_on;
    found = look(wanted);
    EXPECT_EQ(ids(found), (std::vector<std::int64_t>{7, 6, 5, 4, 3}));
    wanted.before = found.go_on;
    found = look(wanted);
    EXPECT_EQ(ids(found), (std::vector<std::int64_t>{2, 1}));
    EXPECT_EQ(found.go_on, std::nullopt);
    EXPECT_EQ(found.reached, at(1));
}

TEST_F(LookBackTest, narrows_by_account_action_record_and_outcome) {
    fill(12);
    EXPECT_EQ(ids(look({.account = 5})), (std::vector<std::int64_t>{12, 9, 6, 3}));
    EXPECT_EQ(ids(look({.account = 7})), (std::vector<std::int64_t>{}));
    EXPECT_EQ(ids(look({.action = [](std::string_view action) { return action.starts_with("address."); }})),
              (std::vector<std::int64_t>{11, 9, 7, 5, 3, 1}));
    EXPECT_EQ(ids(look({.resource = 4})), (std::vector<std::int64_t>{4}));
    EXPECT_EQ(ids(look({.outcome = Outcome::Denied})), (std::vector<std::int64_t>{12, 8, 4}));
    EXPECT_EQ(ids(look({.account = 5, .outcome = Outcome::Denied})), (std::vector<std::int64_t>{12}));
}

TEST_F(LookBackTest, narrows_by_time_to_the_millisecond) {
    fill(12);
    EXPECT_EQ(ids(look({.from = at(10)})), (std::vector<std::int64_t>{12, 11, 10}));
    EXPECT_EQ(ids(look({.from = at(10) + std::chrono::milliseconds{1}})),
              (std::vector<std::int64_t>{12, 11}));
    EXPECT_EQ(ids(look({.until = at(3)})), (std::vector<std::int64_t>{2, 1}));
    EXPECT_EQ(ids(look({.from = at(4), .until = at(6)})), (std::vector<std::int64_t>{5, 4}));
    EXPECT_EQ(ids(look({.from = at(20)})), (std::vector<std::int64_t>{}));
    EXPECT_EQ(ids(look({.until = at(1)})), (std::vector<std::int64_t>{}));
}

TEST_F(LookBackTest, finds_what_is_a_little_out_of_order) {
    Event late{.at = begin_ + minutes{10}, .action = "one.late"};
    Event early{.at = begin_ + minutes{10} - std::chrono::seconds{30}, .action = "two.early"};
    const std::array events{late, early};
    ASSERT_TRUE(append(*register_.tx, register_.keys.ring, events).ok());
    EXPECT_EQ(ids(look({.from = late.at})), (std::vector<std::int64_t>{1}));
    EXPECT_EQ(ids(look({.until = late.at})), (std::vector<std::int64_t>{2}));
}

TEST_F(LookBackTest, looks_at_so_many_events_and_says_where_to_go_on) {
    const auto count = static_cast<std::int64_t>(kLookedAtMost) + 10;
    fill(count);
    LookBack wanted{.resource = 3};
    auto found = look(wanted);
    EXPECT_TRUE(found.entries.empty());
    EXPECT_EQ(found.go_on, 11);
    EXPECT_EQ(found.reached, at(11));
    wanted.before = found.go_on;
    found = look(wanted);
    EXPECT_EQ(ids(found), (std::vector<std::int64_t>{3}));
    EXPECT_EQ(found.go_on, std::nullopt);
}

TEST_F(LookBackTest, the_end_of_the_journal_is_verified_alone) {
    fill(12);
    auto end = verify_end(5);
    EXPECT_EQ(end.after, 7);
    EXPECT_EQ(end.verdict.events, 12);
    EXPECT_EQ(end.verdict.first_broken, std::nullopt);
    for (const std::int64_t most : {12, 13, 1'000'000}) {
        end = verify_end(most);
        EXPECT_EQ(end.after, 0) << most;
        EXPECT_EQ(end.verdict.events, 12) << most;
    }
    register_.run(kFree);
    register_.run(kChange, 3);
    EXPECT_EQ(verify_end(5).verdict.first_broken, std::nullopt);  // not looked at
    EXPECT_EQ(verify_end(12).verdict.first_broken, 3);
    register_.run(kChange, 9);
    end = verify_end(5);
    EXPECT_EQ(end.verdict.first_broken, 9);
    EXPECT_EQ(end.verdict.events, 8);
    EXPECT_EQ(end.verdict.what, Break::Changed);
}

TEST_F(LookBackTest, a_cut_end_and_a_missing_event_to_hold_the_end_to_are_found) {
    fill(12);
    register_.run(kFreeToo);
    register_.run(kDelete, 7);
    auto end = verify_end(5);
    EXPECT_EQ(end.verdict.first_broken, 7);
    EXPECT_EQ(end.verdict.what, Break::Removed);
    register_.run(kCut, 11);
    end = verify_end(2);
    EXPECT_EQ(end.after, 8);
    EXPECT_EQ(end.verdict.first_broken, 11);
    EXPECT_EQ(end.verdict.what, Break::CutOff);
    EXPECT_EQ(end.verdict.count, 2);
}

}  // namespace
}  // namespace tenantry::audit
