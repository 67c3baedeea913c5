// A register in memory with keys of its own, and what a test asks of it besides the rules: direct SQL, the
// events that were journaled, a dump of all tables.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <tuple>
#include <vector>

#include "audit/work.hpp"
#include "tests/support/engine.hpp"
#include "tests/support/set_clock.hpp"
#include "tests/support/test_keys.hpp"
#include "tests/support/watched_transaction.hpp"

namespace tenantry::test {

class RegisterTest : public testing::Test {
  protected:
    /// The journal must hold after every test.
    void TearDown() override {
        const auto verdict = audit::verify_journal(tx_, keys());
        ASSERT_TRUE(verdict.ok());
        EXPECT_EQ(verdict->first_broken, std::nullopt);
    }

    [[nodiscard]] const crypto::KeyRing& keys() const { return keys_.ring; }

    /// A piece of work at the clock's time.
    [[nodiscard]] audit::Work work() { return {tx_, keys(), {7, "203.0.113.9"}, clock_.now(), nullptr}; }

    template <class... Args>
    void run(const std::string& text, const Args&... args) {
        const auto outcome = tx_.execute(sql(text), args...);
        ASSERT_TRUE(outcome.ok()) << text << ": " << outcome.error().text.view();
    }

    /// The single value that a statement selects.
    template <class T, class... Args>
    [[nodiscard]] T select(const std::string& text, const Args&... args) {
        T value{};
        const auto found = tx_.find(sql(text), std::tie(value), args...);
        EXPECT_TRUE(found.ok()) << text << ": " << (found.ok() ? "" : found.error().text.view());
        return value;
    }

    [[nodiscard]] std::int64_t count(const std::string& from) {
        return select<std::int64_t>("SELECT count(*) FROM " + from);
    }

    /// What SQLite keeps of a table's texts, in a table of ours, is what they are. PostgreSQL's is an index
    /// as all are, which it keeps itself.
    void expect_sound_index(const std::string& table) {
        if (postgres_server() == nullptr) {
            run(fmt::format("INSERT INTO {0}_trigram ({0}_trigram, rank) VALUES ('integrity-check', 1)",
                            table));
        }
    }

    /// The events since the last call, as "action record/version person outcome".
    std::vector<std::string> take_events() {
        std::vector<std::string> events;
        auto rows =
            tx_.query(sql("SELECT id, action || ' ' || coalesce(CAST(resource_id AS TEXT), '-') || '/' || "
                          "coalesce(CAST(record_version AS TEXT), '-') || ' ' || coalesce(CAST(person_id AS "
                          "TEXT), '-') "
                          "|| ' ' || outcome FROM audit_event WHERE id > $1 ORDER BY id"),
                      last_event_);
        while (rows->next().value()) {
            rows->into(last_event_, events.emplace_back());
        }
        return events;
    }

    /// Every row of every table, the text indexes' own included.
    [[nodiscard]] std::string dump() {
        static const std::string kText = dump_text();  // one question: a server is not asked for each table
        std::string all;
        auto rows = tx_.query(sql(kText));
        while (rows->next().value()) {
            std::int64_t number = 0;
            std::string table;
            rows->into(number, table);
            all += table + '\n';
        }
        return all;
    }

    SetClock clock_;
    TestKeys keys_;
    WatchedTransaction tx_{test::open_register(clock_)};

  private:
    [[nodiscard]] std::string dump_text() {
        std::string text;
        int number = 0;
        for (const auto& table : tables()) {
            const auto columns = select<std::string>(
                "SELECT group_concat('quote(\"' || name || '\")', '||'',''||') FROM pragma_table_info($1)",
                table);
            text += fmt::format(
                "{}SELECT {} AS number, '{}: ' || coalesce((SELECT group_concat(r, ';') FROM "
                "(SELECT {} AS r FROM \"{}\" ORDER BY 1) AS x), '') AS rows",
                text.empty() ? "" : " UNION ALL ", ++number, table, columns, table);
        }
        return text + " ORDER BY number";
    }
    [[nodiscard]] std::vector<std::string> tables() {
        std::vector<std::string> names;
        auto rows =
            tx_.query(sql("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE "
                          "'CREATE VIRTUAL%' ORDER BY name"));
        while (rows->next().value()) {
            rows->into(names.emplace_back());
        }
        return names;
    }

    std::int64_t last_event_ = 0;
};

}  // namespace tenantry::test
