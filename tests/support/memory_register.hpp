// A register in memory with the full schema and keys of its own, for tests of rules. One thread.
#pragma once

#include <memory>

#include "audit/work.hpp"
#include "tests/support/engine.hpp"
#include "tests/support/set_clock.hpp"
#include "tests/support/test_keys.hpp"

namespace tenantry::test {

struct MemoryRegister {
    SetClock clock;
    TestKeys keys;
    std::unique_ptr<db::Transaction> tx = test::open_register(clock);

    /// A writing rule's work at the clock's time.
    [[nodiscard]] audit::Work work(audit::Actor actor = {}) const {
        return {*tx, keys.ring, std::move(actor), clock.now(), nullptr};
    }
    /// Runs a statement of the test's own, which lives as long as the program; the number of rows it changed.
    template <class... Args>
    std::int64_t run(const db::Sql& sql, const Args&... args) {
        return tx->execute(sql, args...).value();
    }
    /// The one value that a statement of the test's own answers.
    template <class Value, class... Args>
    [[nodiscard]] Value ask(const db::Sql& sql, const Args&... args) {
        Value value{};
        tx->find(sql, std::tie(value), args...).value();
        return value;
    }
};

}  // namespace tenantry::test
