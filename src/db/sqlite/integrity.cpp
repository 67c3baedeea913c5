#include "db/sqlite/integrity.hpp"

#include <fmt/format.h>

#include <tuple>

namespace tenantry::db {

namespace {

constexpr Sql kCheck{"db/check", "PRAGMA integrity_check(1)", ""};
constexpr Sql kCheckReferences{"db/check_references", "PRAGMA foreign_key_check", ""};
constexpr Sql kListIndexes{"db/list_text_indexes",
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%USING fts5%'",
                           ""};

}  // namespace

Result<std::vector<std::string>> check_rows(Transaction& tx) {
    std::string verdict;
    TRY(tx.find(kCheck, std::tie(verdict)));
    if (verdict != "ok") {
        return Error{Code::Corrupt, "the database is damaged"};
    }
    if (TRY(TRY(tx.query(kCheckReferences)).next())) {
        return Error{Code::Corrupt, "a record refers to another that does not exist"};
    }
    std::vector<std::string> indexes;
    Rows rows = TRY(tx.query(kListIndexes));
    while (TRY(rows.next())) {
        rows.into(indexes.emplace_back());
    }
    return indexes;
}

Result<void> check_text_indexes(Connection& connection, const std::vector<std::string>& names) {
    // It is an INSERT that inserts nothing.
    for (const std::string& name : names) {
        TRY(connection.run_script(
            "db/check_text_index",
            fmt::format("INSERT INTO {0} ({0}, rank) VALUES ('integrity-check', 1)", name)));
    }
    return {};
}

}  // namespace tenantry::db
