#include "audit/bulk_reads.hpp"

#include <gtest/gtest.h>

namespace tenantry::audit {
namespace {

constexpr Instant kStart{std::chrono::milliseconds{1'900'000'000'000}};
using std::chrono::minutes;

TEST(BulkReads, the_first_record_above_the_most_is_told_and_only_that) {
    BulkReads reads{3};
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(reads.count(1, 1, kStart));
    }
    EXPECT_TRUE(reads.count(1, 1, kStart));
    EXPECT_FALSE(reads.count(1, 100, kStart + minutes{59}));
}

TEST(BulkReads, a_list_counts_as_many_as_it_shows) {
    BulkReads reads{3};
    EXPECT_FALSE(reads.count(1, 3, kStart));
    EXPECT_FALSE(reads.count(1, 0, kStart));
    EXPECT_TRUE(reads.count(1, 2, kStart));
}

TEST(BulkReads, each_account_has_its_own_count) {
    BulkReads reads{3};
    EXPECT_FALSE(reads.count(1, 3, kStart));
    EXPECT_FALSE(reads.count(2, 3, kStart));
    EXPECT_TRUE(reads.count(2, 1, kStart));
}

TEST(BulkReads, what_was_read_an_hour_ago_does_not_count) {
    BulkReads reads{3};
    EXPECT_FALSE(reads.count(1, 2, kStart));
    EXPECT_FALSE(reads.count(1, 1, kStart + minutes{30}));
    EXPECT_FALSE(reads.count(1, 2, kStart + minutes{60}));
    EXPECT_TRUE(reads.count(1, 1, kStart + minutes{89}));
    BulkReads steady{3};
    for (int i = 0; i < 1'000; ++i) {
        EXPECT_FALSE(steady.count(1, 1, kStart + minutes{20} * i)) << "three an hour, as many as may be";
    }
}

TEST(BulkReads, who_goes_on_is_told_again_after_an_hour) {
    BulkReads reads{3};
    int told = 0;
    for (int i = 0; i < 180; ++i) {
        told += reads.count(1, 4, kStart + minutes{i}) ? 1 : 0;
    }
    EXPECT_EQ(told, 3);
}

TEST(BulkReads, none_is_told_where_it_is_off) {
    BulkReads reads{0};
    EXPECT_FALSE(reads.count(1, 1'000'000, kStart));
}

TEST(BulkReads, a_clock_set_back_loses_no_count) {
    BulkReads reads{3};
    EXPECT_FALSE(reads.count(1, 2, kStart));
    EXPECT_FALSE(reads.count(1, 1, kStart - minutes{30}));
    EXPECT_TRUE(reads.count(1, 1, kStart));
}

}  // namespace
}  // namespace tenantry::audit
