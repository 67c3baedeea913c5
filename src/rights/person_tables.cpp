#include "rights/person_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tenantry::rights {

namespace {

/// The table that is filled behind the journal.
constexpr std::string_view kEventIndex = "event_of_person";

/// The column of a table that holds its person's number.
std::string_view own_link_of(std::string_view table) {
    for (const db::Column& column : db::columns()) {
        if (column.table == table && column.subject == db::Subject::Person && column.link.table.empty()) {
            return column.link.own;
        }
    }
    VERIFY(false);  // the build has checked it (db/check_schema_main.cpp)
}

std::string condition(const db::Link& link) {
    if (link.table.empty()) {
        return fmt::format("t.{} = $1", link.own);
    }
    std::string text = fmt::format("t.{} IN (SELECT x.{} FROM {} x WHERE x.{} = $1)", link.own, link.column,
                                   link.table, own_link_of(link.table));
    if (link.table == kEventIndex) {
        text += fmt::format(" OR t.{} IN (SELECT value FROM json_each($2))", link.own);
    }
    return text;
}

std::vector<PersonTable> read_declarations() {
    std::vector<PersonTable> tables;
    for (const db::Column& column : db::columns()) {
        if (column.subject != db::Subject::Person) {
            continue;
        }
        auto table = std::ranges::find(tables, column.table, &PersonTable::name);
        if (table == tables.end()) {
            table = tables.insert(tables.end(), PersonTable{column.table, {}, false, condition(column.link)});
            if (!column.or_link.own.empty()) {
                table->leads_to_person += " OR " + condition(column.or_link);
            }
        }
        table->columns.push_back(column);
    }
    for (PersonTable& table : tables) {
        table.has_id = std::ranges::any_of(
            db::columns(), [&](const db::Column& c) { return c.table == table.name && c.name == "id"; });
    }
    return tables;
}

}  // namespace

bool PersonTable::is_reported() const {
    return std::ranges::any_of(columns, [](const db::Column& c) { return c.report != db::Report::No; });
}

std::span<const PersonTable> person_tables() {
    static const std::vector<PersonTable> kTables = read_declarations();
    return kTables;
}

}  // namespace tenantry::rights
