#include "db/copy_target.hpp"

#include <fmt/format.h>

#include "db/postgres/connection.hpp"
#include "db/postgres/group.hpp"
#include "db/postgres/schema.hpp"

namespace tenantry::db {

namespace {

constexpr Sql kHasOthers{"db/copy/has_others",
                         "SELECT count(*) > 0 FROM pg_class WHERE relnamespace = "
                         "current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')",
                         ""};

/// What goes before a table's rows come, and is made again when they are there: its triggers rest, it refers
/// to nothing, it has no index but its keys'. Afterwards it draws the numbers that follow.
constexpr Sql kAround{
    "db/copy/around",
    "WITH it AS (SELECT to_regclass($1) AS id) "
    "SELECT format('ALTER TABLE %s DISABLE TRIGGER USER', id), format('ALTER TABLE %s ENABLE TRIGGER USER', "
    "id) "
    "FROM it "
    "UNION ALL SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', id, conname), "
    "format('ALTER TABLE %s ADD CONSTRAINT %I %s', id, conname, pg_get_constraintdef(c.oid)) "
    "FROM it JOIN pg_constraint c ON conrelid = id WHERE contype = 'f' "
    "UNION ALL SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid) "
    "FROM it JOIN pg_index ON indrelid = id "
    "WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = id AND conindid = indexrelid) "
    "UNION ALL SELECT '', format('SELECT setval(pg_get_serial_sequence(%L, %L), "
    "(SELECT coalesce(max(%I), 0) + 1 FROM %s), false)', id, attname, attname, id) "
    "FROM it JOIN pg_attribute ON attrelid = id WHERE attidentity <> ''",
    ""};

constexpr std::string_view kName = "db/copy/rows";
constexpr std::size_t kSendBytes = std::size_t{1} << 16;
/// PostgreSQL, "COPY": signature, flags, length of the header's extension; and what follows the last row.
constexpr std::string_view kHeader{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
constexpr std::string_view kTrailer{"\377\377", 2};

class PgTarget final : public CopyTarget {
  public:
    explicit PgTarget(std::unique_ptr<PgTransaction> tx) : tx_(std::move(tx)) {}

    Transaction& transaction() override { return *tx_; }
    Result<void> prepare() override { return {}; }
    Result<void> begin(const Table& table) override;
    Result<void> put(const TableRow& row) override {
        add(row.bytes());
        return waiting_.size() < kSendBytes ? Result<void>{} : send();
    }
    Result<void> end() override;
    Result<void> finish() override { return tx_->connection().run_script("db/copy/analyze", "ANALYZE"); }

  private:
    void add(ByteView bytes) { waiting_.insert(waiting_.end(), bytes.begin(), bytes.end()); }
    Result<void> send() {
        const auto sent = tx_->connection().send_rows(kName, waiting_);
        waiting_.clear();
        return sent;
    }

    std::unique_ptr<PgTransaction> tx_;
    std::string afterwards_;
    Bytes waiting_;
};

Result<void> PgTarget::begin(const Table& table) {
    std::string before = "BEGIN;";
    afterwards_.clear();
    {
        Rows rows = TRY(tx_->query(kAround, table.name));
        while (TRY(rows.next())) {
            std::string_view first;
            std::string_view then;
            rows.into(first, then);
            (before += first) += ';';
            (afterwards_ += then) += ';';
        }
    }
    TRY(tx_->connection().run_script("db/copy/before", before));
    std::string names;
    for (const auto& field : table.fields) {
        names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", field.name);
    }
    TRY(tx_->connection().begin_rows(
        kName, fmt::format("COPY \"{}\" ({}) FROM STDIN (FORMAT binary)", table.name, names)));
    add(bytes_of(kHeader));
    return {};
}

Result<void> PgTarget::end() {
    add(bytes_of(kTrailer));
    TRY(send());
    TRY(tx_->connection().end_rows(kName));
    return tx_->connection().run_script("db/copy/afterwards", afterwards_ + "COMMIT");
}

}  // namespace

Result<std::unique_ptr<CopyTarget>> open_postgres_target(const std::string& url, const Clock& clock) {
    // A table's rows, or an index over them, may take any time.
    auto tx = std::make_unique<PgTransaction>(TRY(PgConnection::open(url, std::chrono::seconds{0})));
    TRY(check_encoding(*tx));
    if (TRY(tx->connection().ask("db/copy/lock", try_to_lock_writing())) != "1") {
        return Error{Code::Unavailable, "somebody writes in this database; stop the servers first"};
    }
    auto schema = postgres_schema(*tx);
    bool has_others = false;
    TRY(tx->find(kHasOthers, std::tie(has_others)));
    if (has_others && !TRY(schema.has_migrations())) {
        return Error{Code::Conflict, "this database holds something else; nothing was changed"};
    }
    TRY(migrate(schema, postgres_migrations(), clock));
    return std::unique_ptr<CopyTarget>{std::make_unique<PgTarget>(std::move(tx))};
}

}  // namespace tenantry::db
