#include "audit/work.hpp"

#include <gtest/gtest.h>

#include "tests/support/memory_register.hpp"

namespace tenantry::audit {
namespace {

constexpr db::Sql kCount{"test/count", "SELECT count(*) FROM audit_event", ""};
constexpr db::Sql kInOrder{
    "test/in_order", "SELECT count(*) FROM audit_event WHERE resource_id = id AND action = 'record.kept'",
    ""};

class WorkInBatches : public testing::Test {
  protected:
    [[nodiscard]] std::int64_t events() { return register_.ask<std::int64_t>(kCount); }
    static Result<void> keep(Work& work, std::int64_t from, std::int64_t until) {
        for (std::int64_t i = from; i <= until; ++i) {
            TRY(work.changed({.action = "record.kept", .resource = i}));
        }
        return {};
    }

    test::MemoryRegister register_;
};

constexpr auto kMany = static_cast<std::int64_t>(Work::kBatch) * 2 + 3;

TEST_F(WorkInBatches, journals_every_change_in_order_and_the_chain_holds) {
    Work work = register_.work();
    ASSERT_TRUE(keep(work, 1, 1).ok());
    ASSERT_TRUE(work.in_batches([&]() -> Result<void> {
                        TRY(keep(work, 2, 3));
                        EXPECT_EQ(events(), 1);
                        return keep(work, 4, kMany);
                    })
                    .ok());
    EXPECT_EQ(events(), kMany);
    ASSERT_TRUE(keep(work, kMany + 1, kMany + 1).ok());
    EXPECT_EQ(register_.ask<std::int64_t>(kInOrder), kMany + 1);
    const auto verdict = verify_journal(*register_.tx, register_.keys.ring);
    EXPECT_EQ(verdict->events, kMany + 1);
    EXPECT_EQ(verdict->first_broken, std::nullopt);
}

TEST_F(WorkInBatches, passes_the_outcome_on_and_journals_nothing_more_where_it_failed) {
    Work work = register_.work();
    EXPECT_EQ(*work.in_batches([&]() -> Result<int> {
        TRY(keep(work, 1, 1));
        return 7;
    }),
              7);
    EXPECT_EQ(work.in_batches([&]() -> Result<void> {
                      TRY(keep(work, 2, 3));
                      return Error{Code::Invalid, "a row is wrong"};
                  })
                  .error()
                  .code,
              Code::Invalid);
    EXPECT_EQ(events(), 1);
    ASSERT_TRUE(keep(work, 2, 2).ok());
    EXPECT_EQ(register_.ask<std::int64_t>(kInOrder), 2);
}

}  // namespace
}  // namespace tenantry::audit
