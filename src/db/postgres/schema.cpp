#include "db/postgres/schema.hpp"

#include "db/postgres/group.hpp"

namespace tenantry::db {

SchemaOn<PgTransaction> postgres_schema(PgTransaction& tx) {
    return {tx,
            {begin_writing(),
             {"db/migration/has_table", "SELECT to_regclass('schema_migration') IS NOT NULL", ""},
             "CREATE TABLE schema_migration (version bigint PRIMARY KEY, name text NOT NULL, "
             "checksum bigint NOT NULL, applied_at bigint NOT NULL)"}};
}

Result<void> check_encoding(PgTransaction& tx) {
    const auto fits = TRY(tx.connection().ask("db/encoding",
                                              "SELECT (pg_encoding_to_char(encoding) = 'UTF8' AND datcollate "
                                              "IN ('C', 'POSIX', 'C.UTF-8', 'C.utf8'))::int"
                                              " FROM pg_database WHERE datname = current_database()"));
    return fits == "1"
               ? Result<void>{}
               : Result<void>{Error{Code::Invalid,
                                    "the database must be UTF8 and compare texts by code point: "
                                    "createdb -T template0 -E UTF8 --lc-collate=C --lc-ctype=C.UTF-8"}};
}

}  // namespace tenantry::db
