#include "db/sqlite/migrate.hpp"

namespace tenantry::db {

namespace {

constexpr Sql kBegin{"db/migration/begin", "BEGIN IMMEDIATE", ""};
constexpr Sql kCommit{"db/migration/commit", "COMMIT", ""};
constexpr Sql kRollback{"db/migration/rollback", "ROLLBACK", ""};
constexpr Sql kHasTable{"db/migration/has_table",
                        "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'", ""};
constexpr Sql kList{"db/migration/list",
                    "SELECT version, name, checksum FROM schema_migration ORDER BY version", ""};
constexpr Sql kInsert{"db/migration/insert",
                      "INSERT INTO schema_migration (version, name, checksum, applied_at) "
                      "VALUES ($1, $2, $3, $4)",
                      ""};
constexpr const char* kCreateTable =
    "CREATE TABLE IF NOT EXISTS schema_migration (\n    version INTEGER PRIMARY KEY,\n"
    "    name TEXT NOT NULL,\n    checksum INTEGER NOT NULL,\n    applied_at INTEGER NOT NULL\n) STRICT";

/// FNV-1a. It finds a migration that was edited after its release, a slip; who may change the register's rows
/// on purpose could change a cryptographic checksum too.
std::int64_t checksum(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const unsigned char byte : bytes_of(text)) {
        hash = (hash ^ byte) * 0x100000001b3;
    }
    return static_cast<std::int64_t>(hash);
}

Result<void> apply(SqliteTransaction& tx, const Migration& migration, Instant now) {
    TRY(tx.connection().run_script("db/migration/create_table", kCreateTable));
    TRY(tx.connection().run_script(migration.name, std::string{migration.sql}));
    TRY(tx.execute(kInsert, migration.version, migration.name, checksum(migration.sql), now));
    return tx.connection().run(kCommit);
}

}  // namespace

Result<std::size_t> count_applied(Transaction& tx, std::span<const Migration> migrations) {
    bool has_table = false;
    TRY(tx.find(kHasTable, std::tie(has_table)));
    if (!has_table) {
        return std::size_t{0};
    }
    std::size_t applied = 0;
    Rows rows = TRY(tx.query(kList));
    while (TRY(rows.next())) {
        std::int64_t version = 0;
        std::int64_t sum = 0;
        std::string name;
        rows.into(version, name, sum);
        if (version > std::ssize(migrations)) {
            return Error{Code::Corrupt, "the register was written by a newer version of this program"};
        }
        const Migration& ours = migrations[applied];
        if (version != ours.version) {
            return Error{Code::Corrupt, "the register's schema has a gap: a migration is missing"};
        }
        if (name != ours.name || sum != checksum(ours.sql)) {
            return Error{Code::Corrupt, "the register's schema was made by another text of a migration"};
        }
        ++applied;
    }
    return applied;
}

Result<void> migrate(SqliteTransaction& tx, std::span<const Migration> migrations, const Clock& clock) {
    const std::size_t applied = TRY(count_applied(tx, migrations));
    for (const Migration& migration : migrations.subspan(applied)) {
        TRY(tx.connection().run(kBegin));
        const auto done = apply(tx, migration, clock.now());
        if (!done.ok()) {
            if (tx.connection().in_transaction()) {
                TRY(tx.connection().run(kRollback));
            }
            return done;
        }
    }
    return {};
}

}  // namespace tenantry::db
