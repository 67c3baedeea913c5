#include "db/migrate.hpp"

namespace tenantry::db {

namespace {

constexpr Sql kList{"db/migration/list",
                    "SELECT version, name, checksum FROM schema_migration ORDER BY version", ""};
constexpr Sql kInsert{"db/migration/insert",
                      "INSERT INTO schema_migration (version, name, checksum, applied_at) "
                      "VALUES ($1, $2, $3, $4)",
                      ""};

/// Finds a migration that was edited after its release, a slip; who may change the register's rows on purpose
/// could change a cryptographic checksum too.
std::int64_t checksum(std::string_view text) {
    return static_cast<std::int64_t>(fnv_1a(text));
}

}  // namespace

Result<std::size_t> count_applied(Transaction& tx, std::span<const Migration> migrations) {
    std::size_t applied = 0;
    Rows rows = TRY(tx.query(kList));
    while (TRY(rows.next())) {
        std::int64_t version = 0;
        std::int64_t sum = 0;
        std::string name;
        rows.into(version, name, sum);
        if (version > migrations.back().version) {
            return Error{Code::Corrupt, "the register was written by a newer version of this program"};
        }
        if (version != migrations[applied].version) {
            return Error{Code::Corrupt, "the register's schema has a gap: a migration is missing"};
        }
        const Migration& ours = migrations[applied];
        if (name != ours.name || sum != checksum(ours.sql)) {
            return Error{Code::Corrupt, "the register's schema was made by another text of a migration"};
        }
        ++applied;
    }
    return applied;
}

namespace {

Result<void> apply(Schema& schema, const Migration& migration, bool is_first, Instant now) {
    if (is_first) {
        TRY(schema.run("db/migration/create_table", std::string{schema.table()}));
    }
    TRY(schema.run(migration.name, std::string{migration.sql}));
    TRY(schema.transaction().execute(kInsert, migration.version, migration.name, checksum(migration.sql),
                                     now));
    return schema.commit();
}

/// True: one more was applied.
Result<bool> apply_next(Schema& schema, std::span<const Migration> migrations, Instant now) {
    const std::size_t applied =
        TRY(schema.has_migrations()) ? TRY(count_applied(schema.transaction(), migrations)) : 0;
    if (applied == migrations.size()) {
        return false;
    }
    TRY(apply(schema, migrations[applied], applied == 0, now));
    return true;
}

}  // namespace

Result<void> migrate(Schema& schema, std::span<const Migration> migrations, const Clock& clock) {
    for (bool more = true; more;) {
        TRY(schema.begin());
        const auto applied = apply_next(schema, migrations, clock.now());
        if (!applied.ok() || !*applied) {
            schema.roll_back();
        }
        more = TRY(Result<bool>{applied});
    }
    return {};
}

}  // namespace tenantry::db
