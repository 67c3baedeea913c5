#include "audit/person_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "audit/journal.hpp"
#include "audit/packed_people.hpp"
#include "tests/support/memory_register.hpp"

namespace tenantry::audit {
namespace {

constexpr db::Sql kList{
    "test/list",
    "SELECT coalesce(group_concat(CAST(event_id AS text)), '') FROM (SELECT event_id FROM event_of_person "
    "WHERE person_id = $1 ORDER BY event_id) AS x",
    ""};

class PersonIndexTest : public testing::Test {
  protected:
    void journal(std::optional<std::int64_t> person, std::vector<std::int64_t> people = {}) {
        Event event;
        event.action = "tenant.viewed";
        event.person = person;
        event.people = std::move(people);
        ASSERT_TRUE(append(*register_.tx, register_.keys.ring, {&event, 1}).ok());
    }
    std::string indexed(std::int64_t person) { return register_.ask<std::string>(kList, person); }
    std::vector<std::int64_t> unindexed(std::int64_t person) {
        return find_unindexed_events(*register_.tx, person).value();
    }
    bool index() { return index_next_events(*register_.tx).value(); }

    test::MemoryRegister register_;
};

TEST_F(PersonIndexTest, an_event_is_found_whether_or_not_it_is_indexed) {
    journal(5);
    journal(std::nullopt, {9, 5, 7});
    journal(std::nullopt);
    journal(6);
    EXPECT_EQ(unindexed(5), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(indexed(5), "");
    EXPECT_FALSE(index());
    EXPECT_EQ(unindexed(5), std::vector<std::int64_t>{});
    EXPECT_EQ(indexed(5), "1,2");
    EXPECT_EQ(indexed(6), "4");
    EXPECT_EQ(indexed(7), "2");
    journal(5);
    EXPECT_EQ(unindexed(5), std::vector<std::int64_t>{5});
    EXPECT_FALSE(index());
    EXPECT_EQ(indexed(5), "1,2,5");
    EXPECT_FALSE(index());
}

TEST_F(PersonIndexTest, who_is_named_twice_by_an_event_has_it_once) {
    journal(5, {5, 6});
    EXPECT_EQ(unindexed(5), std::vector<std::int64_t>{1});
    EXPECT_FALSE(index());
    EXPECT_EQ(indexed(5), "1");
    EXPECT_EQ(indexed(6), "1");
}

TEST_F(PersonIndexTest, it_goes_on_in_small_steps_and_leaves_out_nothing) {
    std::vector<std::int64_t> everybody(kIndexBatch - 1);
    std::iota(everybody.begin(), everybody.end(), 1);
    journal(std::nullopt, everybody);
    journal(std::nullopt, everybody);
    journal(3);
    EXPECT_TRUE(index());
    EXPECT_EQ(indexed(3), "1,2");
    EXPECT_EQ(unindexed(3), std::vector<std::int64_t>{3});
    EXPECT_FALSE(index());
    EXPECT_EQ(indexed(3), "1,2,3");
}

TEST_F(PersonIndexTest, events_about_nobody_are_passed_over_a_batch_at_a_time) {
    for (std::size_t i = 0; i < kIndexBatch; ++i) {
        journal(std::nullopt);
    }
    journal(3);
    EXPECT_TRUE(index());
    EXPECT_EQ(unindexed(3), std::vector<std::int64_t>{kIndexBatch + 1});
    EXPECT_FALSE(index());
    EXPECT_EQ(indexed(3), std::to_string(kIndexBatch + 1));
    EXPECT_FALSE(index());
}

TEST(PackedPeople, they_come_out_as_they_went_in) {
    std::mt19937_64 random{7};
    for (int round = 0; round < 1000; ++round) {
        std::vector<std::int64_t> people(random() % 20);
        for (auto& person : people) {
            person = static_cast<std::int64_t>(random() >> (1 + random() % 60));
        }
        const Bytes packed = pack_people(people);
        std::ranges::sort(people);
        EXPECT_EQ(unpack_people(packed), people);
    }
}

TEST(PackedPeople, bytes_that_nobody_packed_end_somewhere) {
    EXPECT_EQ(unpack_people(Bytes(100, 0xff)), std::vector<std::int64_t>{});
    EXPECT_EQ(unpack_people(Bytes{0x80}), std::vector<std::int64_t>{});
    EXPECT_EQ(unpack_people(Bytes{0x05, 0x80}), std::vector<std::int64_t>{5});
}

TEST_F(PersonIndexTest, events_about_a_person_are_told_newest_first_wherever_the_index_ends) {
    const auto numbers = [this](std::int64_t limit, std::int64_t offset) {
        std::vector<std::int64_t> all;
        for (const auto& event : list_events_about(*register_.tx, 5, limit, offset).value()) {
            EXPECT_EQ(event.action, "tenant.viewed");
            all.push_back(event.id);
        }
        return all;
    };
    using Numbers = std::vector<std::int64_t>;
    EXPECT_EQ(numbers(10, 0), Numbers{});
    journal(5);
    journal(std::nullopt, {9, 5});
    journal(6);
    EXPECT_EQ(numbers(10, 0), (Numbers{2, 1}));
    EXPECT_FALSE(index());
    journal(5);
    journal(std::nullopt, {5, 6});
    EXPECT_EQ(numbers(10, 0), (Numbers{5, 4, 2, 1}));
    EXPECT_EQ(numbers(1, 0), Numbers{5});
    EXPECT_EQ(numbers(2, 1), (Numbers{4, 2}));
    EXPECT_EQ(numbers(2, 2), (Numbers{2, 1}));
    EXPECT_EQ(numbers(2, 3), Numbers{1});
    EXPECT_EQ(numbers(2, 4), Numbers{});
    EXPECT_FALSE(index());
    EXPECT_EQ(numbers(3, 1), (Numbers{4, 2, 1}));
}

}  // namespace
}  // namespace tenantry::audit
