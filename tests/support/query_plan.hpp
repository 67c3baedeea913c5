// How the engine would run statements: which of them go through a whole table or sort.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "tests/support/watched_transaction.hpp"

namespace tenantry::test {

/// "room/noun/verb: detail" for each step that reads a whole table in no useful order, or sorts. The planner
/// knows no sizes (nothing runs ANALYZE), so the plan is the same on an empty register as on a large one.
inline std::vector<std::string> dear_steps(WatchedTransaction& tx,
                                           std::span<const db::Sql* const> statements) {
    std::vector<std::string> found;
    for (const db::Sql* statement : statements) {
        std::size_t params = 0;
        for (std::size_t n = 1; statement->text.find("$" + std::to_string(n)) != std::string_view::npos;
             ++n) {
            params = n;
        }
        auto rows = tx.query_with(sql("EXPLAIN QUERY PLAN " + std::string{statement->text}),
                                  std::vector<db::Param>(params, db::Param{nullptr}));
        while (rows->next().value()) {
            std::int64_t id = 0;
            std::int64_t parent = 0;
            std::int64_t unused = 0;
            std::string detail;
            rows->into(id, parent, unused, detail);
            const bool scan = detail.starts_with("SCAN") &&
                              detail.find("VIRTUAL TABLE") == std::string::npos &&
                              detail != "SCAN CONSTANT ROW";
            if (scan || detail.find("TEMP B-TREE") != std::string::npos) {
                found.push_back(std::string{statement->name} + ": " + detail);
            }
        }
    }
    return found;
}

}  // namespace tenantry::test
