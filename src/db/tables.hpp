// The tables of the register as whoever copies them sees them: what the migrations make, asked of the schema
// itself. Both engines have the same ones, with the same columns in the same order.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "db/transaction.hpp"

namespace tenantry::db {

struct Table {
    struct Field {
        std::string name;
        Param::Kind kind;
    };

    std::string name;
    std::vector<Field> fields;
    std::vector<std::string> refers_to;  ///< other tables, whose rows these need
    std::int64_t rows_at_first = 0;      ///< that the schema begins with

    // A connection knows a statement by its text's place.
    std::string count_text;
    std::string list_text;
    std::string list_in_order_text;
    std::string insert_text;
    std::string clear_text;

    [[nodiscard]] Sql count() const { return {"db/copy/count", count_text, ""}; }
    [[nodiscard]] Sql list() const { return {"db/copy/list", list_text, ""}; }
    /// By the key, which is the same order in both engines.
    [[nodiscard]] Sql list_in_order() const { return {"db/copy/list_in_order", list_in_order_text, ""}; }
    [[nodiscard]] Sql insert() const { return {"db/copy/insert", insert_text, ""}; }
    [[nodiscard]] Sql clear() const { return {"db/copy/clear", clear_text, ""}; }
};

/// All that the register keeps, each behind those that it refers to, and the instance's own at the end:
/// without its row nothing opens a register, and no trigger takes its mode to be memory. Thread-safe.
[[nodiscard]] std::span<const Table> tables();

/// Whether the instance's row is there, which comes last.
[[nodiscard]] Result<bool> has_instance(Transaction& tx);

/// Whether a register of the newest schema has no row but those that the schema begins with.
[[nodiscard]] Result<bool> is_as_at_first(Transaction& tx);

/// The statements that make the embedded engine's indexes. Thread-safe.
[[nodiscard]] std::span<const std::string> index_statements();

/// A row on its way from one register to another.
class TableRow {
  public:
    explicit TableRow(const Table& table) : table_(table) { values_.reserve(table.fields.size()); }

    /// Takes in the row that rows (of a list of the table) stand at; its values are good until they move on.
    /// Invalid: a text in it is no UTF-8, or has a NUL; the log names the column.
    [[nodiscard]] Result<void> read(const Rows& rows);
    [[nodiscard]] std::span<const Param> values() const { return values_; }
    /// As COPY … (FORMAT binary) of PostgreSQL takes it; no two rows have the same.
    [[nodiscard]] ByteView bytes() const { return bytes_; }

  private:
    [[nodiscard]] Result<Param> value_at(const Rows& rows, int column) const;

    const Table& table_;
    std::vector<Param> values_;
    Bytes bytes_;
};

}  // namespace tenantry::db
