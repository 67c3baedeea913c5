#include "db/sealed_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "base/verify.hpp"
#include "db/columns.hpp"

namespace tenantry::db {

namespace {

constexpr std::string_view kKeys = "data_key";
constexpr std::string_view kRowSeal = "row_seal";

/// A text that lives as long as the program, as a connection expects of a statement's. Called while the
/// tables are made, by one thread.
std::string_view keep(std::string text) {
    static std::deque<std::string> kept;
    return kept.emplace_back(std::move(text));
}

/// A blob has the key's id after two bytes, a row seal begins with it (docs/adr/0005). An absent blob is
/// NULL, and so is its comparison.
std::string count_text(const SealedTable& table, std::string_view comparison) {
    std::string where;
    const auto add = [&](std::string_view column, int at) {
        where +=
            fmt::format("{}substr({}, {}, 4) {} $1", where.empty() ? "" : " OR ", column, at, comparison);
    };
    for (const auto column : table.columns) {
        add(column, 3);
    }
    if (table.has_row_seal) {
        add(kRowSeal, 1);
    }
    return fmt::format("SELECT count(*) FROM {} WHERE {}", table.name, where);
}

/// A table's first column is its number.
std::string store_text(const SealedTable& table, std::string_view number) {
    auto columns = table.columns;
    if (table.has_row_seal) {
        columns.push_back(kRowSeal);
    }
    std::string set;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        set += fmt::format("{}{} = ${}", set.empty() ? "" : ", ", columns[i], i + 3);
    }
    return fmt::format("UPDATE {} SET {} WHERE {} = $1 AND {} = $2", table.name, set, number,
                       table.has_row_seal ? kRowSeal : columns.front());
}

std::string_view number_of(std::string_view table) {
    const auto all = columns();
    return std::ranges::find(all, table, &Column::table)->name;
}

std::vector<SealedTable> make_tables() {
    std::vector<SealedTable> tables;
    for (const Column& column : columns()) {
        const bool is_row_seal = column.name == kRowSeal;
        if (column.table == kKeys || (column.protection != Protection::Sealed && !is_row_seal)) {
            continue;
        }
        auto table = std::ranges::find(tables, column.table, &SealedTable::name);
        if (table == tables.end()) {
            table = tables.insert(table, SealedTable{column.table, {}, false, {}, {}, {}});
        }
        if (is_row_seal) {
            table->has_row_seal = true;
        } else {
            table->columns.push_back(column.name);
        }
    }
    for (SealedTable& table : tables) {
        table.count = {keep(fmt::format("db/count_sealed/{}", table.name)), keep(count_text(table, "=")), ""};
        table.count_others = {keep(fmt::format("db/count_others/{}", table.name)),
                              keep(count_text(table, "<>")), ""};
        table.store = {keep(fmt::format("db/store_sealed/{}", table.name)),
                       keep(store_text(table, number_of(table.name))), ""};
    }
    return tables;
}

}  // namespace

std::span<const SealedTable> sealed_tables() {
    static const std::vector<SealedTable> kAll = make_tables();
    return kAll;
}

const SealedTable& sealed_table(std::string_view name) {
    const auto all = sealed_tables();
    const auto found = std::ranges::find(all, name, &SealedTable::name);
    VERIFY(found != all.end());
    return *found;
}

}  // namespace tenantry::db
