// After the whole program ran: every statement of a room was run by some test.
#pragma once

#include <gtest/gtest.h>

#include <span>

#include "tests/support/watched_transaction.hpp"

namespace tenantry::test {

class SqlCoverage final : public testing::Environment {
  public:
    explicit SqlCoverage(std::span<const db::Sql* const> statements) : statements_(statements) {}

    void TearDown() override {
        if (testing::GTEST_FLAG(filter) != "*") {
            return;  // a part of the tests runs a part of the statements
        }
        for (const db::Sql* statement : statements_) {
            EXPECT_TRUE(WatchedTransaction::statements_run().contains(statement->name))
                << statement->name << " is run by no test";
        }
    }

  private:
    std::span<const db::Sql* const> statements_;
};

}  // namespace tenantry::test
