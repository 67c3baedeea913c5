// Run by the build: applies all migrations in memory, fails where a column of the schema is not declared, is
// declared wrongly or does not exist, and writes the data dictionary, the privacy page with its table and the
// schema's text into a folder.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <set>

#include "db/columns.hpp"
#include "db/data_dictionary.hpp"
#include "db/migrations.hpp"
#include "db/sqlite/sqlite.hpp"

namespace tenantry::db {
namespace {

constexpr Sql kColumns{
    "db/columns",
    "SELECT t.name || '.' || c.name FROM pragma_table_list t JOIN pragma_table_xinfo(t.name) c "
    "WHERE t.schema = 'main' AND t.type IN ('table', 'virtual') AND t.name NOT LIKE 'sqlite!_%' "
    "ESCAPE '!' AND c.hidden <> 1",
    ""};
constexpr Sql kSchema{
    "db/schema",
    "SELECT s.sql FROM sqlite_schema s LEFT JOIN pragma_table_list t ON t.name = s.name AND "
    "t.schema = 'main' WHERE s.sql IS NOT NULL AND coalesce(t.type, '') <> 'shadow' ORDER BY s.rowid",
    ""};

using Names = std::set<std::string, std::less<>>;

std::string full_name(std::string_view table, std::string_view column) {
    return fmt::format("{}.{}", table, column);
}

class Check {
  public:
    explicit Check(Names schema) : schema_(std::move(schema)) {}

    void read_declarations() {
        for (const Migration& migration : migrations()) {
            for (const auto line : declaring_lines(migration.columns, Declares::Column)) {
                const auto column = parse_column(line);
                if (!column.ok()) {
                    complain("{}.columns: {}: {}", migration.name, column.error().text.view(), line);
                } else {
                    add(*column);
                }
            }
        }
    }
    void compare() {
        for (const auto& name : schema_) {
            if (!declared_.contains(name)) {
                complain("{} is not declared in db/migrations/*.columns", name);
            }
        }
        for (const auto& column : columns_) {
            require(full_name(column.table, column.name));
            check_link(column, column.link);
            check_link(column, column.or_link);
        }
        for (const auto& column : columns_) {
            if (column.protection == Protection::Sealed && column.table != "data_key") {
                check_seal_place(seal_place(column.table));
            }
        }
    }
    [[nodiscard]] bool passed() const { return passed_; }

  private:
    void add(const Column& column) {
        if (!declared_.insert(full_name(column.table, column.name)).second) {
            complain("{} is declared twice", full_name(column.table, column.name));
        }
        columns_.push_back(column);
    }
    void check_seal_place(const SealPlace& place) {
        require(full_name(place.table, place.record));
        if (!place.owner.empty()) {
            require(full_name(place.owner, "uuid"));
        }
        if (!place.version.empty()) {
            require(full_name(place.table, place.version));
        }
    }
    void check_link(const Column& column, const Link& link) {
        if (link.own.empty()) {
            return;
        }
        if (link.own != "rowid") {
            require(full_name(column.table, link.own));
        }
        if (link.table.empty()) {
            return;
        }
        require(full_name(link.table, link.column));
        for (const auto& other : columns_) {
            if (other.table == link.table && other.subject == column.subject && other.link.table.empty()) {
                return;
            }
        }
        complain("{} leads to {}, which leads to nobody", full_name(column.table, column.name), link.table);
    }
    void require(const std::string& name) {
        if (!schema_.contains(name)) {
            complain("{} is declared or named in a link, but the schema has no such column", name);
        }
    }
    template <class... Args>
    void complain(fmt::format_string<Args...> what, Args&&... args) {
        fmt::print(stderr, "{}\n", fmt::format(what, std::forward<Args>(args)...));
        passed_ = false;
    }

    Names schema_;
    Names declared_;
    std::vector<Column> columns_;
    bool passed_ = true;
};

Result<std::vector<std::string>> read_texts(Transaction& tx, const Sql& sql) {
    std::vector<std::string> texts;
    Rows rows = TRY(tx.query(sql));
    while (TRY(rows.next())) {
        rows.into(texts.emplace_back());
    }
    return texts;
}

Result<bool> check_schema(const std::filesystem::path& folder, const std::filesystem::path& privacy_page) {
    const SystemClock clock;
    const auto tx = TRY(open_sqlite_in_memory(clock));
    const auto names = TRY(read_texts(*tx, kColumns));
    Check check{{names.begin(), names.end()}};
    check.read_declarations();
    check.compare();
    if (!check.passed()) {
        return false;
    }
    std::ofstream{folder / "data-dictionary.md"} << data_dictionary(columns());
    std::ifstream page{privacy_page};
    const std::string written{std::istreambuf_iterator<char>{page}, {}};
    std::ofstream{folder / "privacy.md"} << TRY(with_personal_data_table(written, columns()));
    std::ofstream schema{folder / "schema.sqlite.sql"};
    for (const auto& text : TRY(read_texts(*tx, kSchema))) {
        schema << text << ";\n";
    }
    return schema.good();
}

}  // namespace
}  // namespace tenantry::db

int main(int count, char** arguments) {
    if (count != 3) {
        fmt::print(stderr, "usage: check_schema FOLDER PRIVACY_PAGE\n");
        return 2;
    }
    const auto passed = tenantry::db::check_schema(arguments[1], arguments[2]);
    return passed.ok() && *passed ? 0 : 1;
}
