#include "db/tables.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/log.hpp"
#include "base/text.hpp"
#include "db/sqlite/sqlite.hpp"

namespace tenantry::db {

namespace {

constexpr std::string_view kLast = "instance";

constexpr Sql kTables{
    "db/tables",
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT "
    "LIKE 'sqlite!_%' ESCAPE '!' AND name <> 'schema_migration' ORDER BY name",
    ""};
constexpr Sql kFields{"db/table/fields", "SELECT name, type FROM pragma_table_info($1) ORDER BY cid", ""};
constexpr Sql kKey{"db/table/key", "SELECT name FROM pragma_table_info($1) WHERE pk > 0 ORDER BY pk", ""};
constexpr Sql kRefersTo{"db/table/refers_to",
                        "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1) WHERE \"table\" <> $1",
                        ""};
constexpr Sql kIndexes{
    "db/indexes", "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name", ""};

template <class... Args>
Result<std::vector<std::string>> read_texts(Transaction& tx, const Sql& sql, const Args&... args) {
    std::vector<std::string> texts;
    Rows rows = TRY(tx.query(sql, args...));
    while (TRY(rows.next())) {
        rows.into(texts.emplace_back());
    }
    return texts;
}

Result<std::vector<Table::Field>> read_fields(Transaction& tx, const std::string& table) {
    std::vector<Table::Field> fields;
    Rows rows = TRY(tx.query(kFields, table));
    while (TRY(rows.next())) {
        std::string name;
        std::string type;
        rows.into(name, type);
        VERIFY(type == "INTEGER" || type == "TEXT" || type == "BLOB");  // as PostgreSQL's bigint, text, bytea
        fields.push_back({std::move(name), type == "INTEGER" ? Param::Kind::Integer
                                           : type == "TEXT"  ? Param::Kind::Text
                                                             : Param::Kind::Bytes});
    }
    return fields;
}

/// Names between quotes: some are words of SQL.
std::string quoted_list(const std::vector<std::string>& names) {
    return fmt::format("\"{}\"", fmt::join(names, "\", \""));
}

Result<Table> read_table(Transaction& tx, std::string name) {
    Table table;
    table.fields = TRY(read_fields(tx, name));
    table.refers_to = TRY(read_texts(tx, kRefersTo, name));
    const auto key = TRY(read_texts(tx, kKey, name));
    VERIFY(!key.empty());
    std::vector<std::string> names;
    std::vector<std::string> places;
    for (const auto& field : table.fields) {
        names.push_back(field.name);
        places.push_back(fmt::format("${}", names.size()));
    }
    table.count_text = fmt::format("SELECT count(*) FROM \"{}\"", name);
    table.list_text = fmt::format("SELECT {} FROM \"{}\"", quoted_list(names), name);
    table.list_in_order_text = fmt::format("{} ORDER BY {}", table.list_text, quoted_list(key));
    table.insert_text =
        fmt::format("INSERT INTO \"{}\" ({}) VALUES ({})", name, quoted_list(names), fmt::join(places, ", "));
    table.clear_text = fmt::format("DELETE FROM \"{}\"", name);
    TRY(tx.find(table.count(), std::tie(table.rows_at_first)));
    table.name = std::move(name);
    return table;
}

std::vector<Table> put_in_order(std::vector<Table> unordered) {
    std::vector<Table> ordered;
    ordered.reserve(unordered.size());
    const auto is_placed = [&](const std::string& name) {
        return std::ranges::find(ordered, name, &Table::name) != ordered.end();
    };
    while (!unordered.empty()) {
        const auto next = std::ranges::find_if(unordered, [&](const Table& one) {
            return (one.name != kLast || unordered.size() == 1) &&
                   std::ranges::all_of(one.refers_to, is_placed);
        });
        VERIFY(next != unordered.end());  // the tables refer to each other in a ring
        ordered.push_back(std::move(*next));
        unordered.erase(next);
    }
    return ordered;
}

struct Model {
    std::vector<Table> tables;
    std::vector<std::string> indexes;
};

Result<Model> read_model() {
    const SystemClock clock;
    const auto tx = TRY(open_sqlite_in_memory(clock));
    std::vector<Table> found;
    for (auto& name : TRY(read_texts(*tx, kTables))) {
        found.push_back(TRY(read_table(*tx, std::move(name))));
    }
    auto indexes = TRY(read_texts(*tx, kIndexes));
    return Model{put_in_order(std::move(found)), std::move(indexes)};
}

const Model& model() {
    static const Model kModel = read_model().value();
    return kModel;
}

template <class Int>
void append_big_endian(Bytes& bytes, Int number) {
    for (int shift = static_cast<int>(sizeof(Int) - 1) * 8; shift >= 0; shift -= 8) {
        bytes.push_back(static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> shift));
    }
}

void append_value(Bytes& bytes, const Param& param) {
    const auto& value = param.value();
    const auto* number = std::get_if<std::int64_t>(&value);
    if (std::holds_alternative<std::nullptr_t>(value)) {
        append_big_endian(bytes, std::int32_t{-1});
    } else if (number != nullptr) {
        append_big_endian(bytes, static_cast<std::int32_t>(sizeof(*number)));
        append_big_endian(bytes, *number);
    } else {
        const auto* text = std::get_if<std::string_view>(&value);
        const ByteView content = text != nullptr ? bytes_of(*text) : std::get<ByteView>(value);
        append_big_endian(bytes, static_cast<std::int32_t>(content.size()));
        bytes.insert(bytes.end(), content.begin(), content.end());
    }
}

template <class T>
Param param_at(const Rows& rows, int column) {
    std::optional<T> value;
    rows.into_at(column, value);
    return value;
}

}  // namespace

std::span<const Table> tables() {
    return model().tables;
}

Result<bool> has_instance(Transaction& tx) {
    bool is_there = false;
    TRY(tx.find(tables().back().count(), std::tie(is_there)));
    return is_there;
}

Result<bool> is_as_at_first(Transaction& tx) {
    for (const Table& table : tables()) {
        std::int64_t rows = 0;
        TRY(tx.find(table.count(), std::tie(rows)));
        if (rows != table.rows_at_first) {
            return false;
        }
    }
    return true;
}

std::span<const std::string> index_statements() {
    return model().indexes;
}

Result<Param> TableRow::value_at(const Rows& rows, int column) const {
    const auto& field = table_.fields[static_cast<std::size_t>(column)];
    if (field.kind == Param::Kind::Integer) {
        return param_at<std::int64_t>(rows, column);
    }
    if (field.kind == Param::Kind::Bytes) {
        return param_at<ByteView>(rows, column);
    }
    const Param text = param_at<std::string_view>(rows, column);
    if (const auto* view = std::get_if<std::string_view>(&text.value());
        view != nullptr && !is_clean_utf8(*view)) {
        log(LogLevel::Error, "a text cannot be copied",
            {{"table", SafeText{table_.name}}, {"column", SafeText{field.name}}});
        return Error{Code::Invalid,
                     "a text is no UTF-8 or has a NUL character, which PostgreSQL cannot hold"};
    }
    return text;
}

Result<void> TableRow::read(const Rows& rows) {
    values_.clear();
    bytes_.clear();
    append_big_endian(bytes_, static_cast<std::int16_t>(table_.fields.size()));
    for (std::size_t i = 0; i < table_.fields.size(); ++i) {
        values_.push_back(TRY(value_at(rows, static_cast<int>(i))));
        append_value(bytes_, values_.back());
    }
    return {};
}

}  // namespace tenantry::db
