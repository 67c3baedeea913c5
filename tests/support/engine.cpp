#include "tests/support/engine.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <regex>

#include "db/postgres/connection.hpp"
#include "db/postgres/postgres.hpp"
#include "db/sqlite/sqlite.hpp"

namespace tenantry::test {

namespace {

/// What tests say of their own, in SQLite's words.
constexpr const char* kWordsOfTests = R"(
    CREATE FUNCTION hex(bytea) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper(encode($1, 'hex')) $$;
    CREATE FUNCTION zeroblob(bigint) RETURNS bytea LANGUAGE sql IMMUTABLE
        AS $$ SELECT decode(repeat('00', $1::int), 'hex') $$;
    CREATE FUNCTION randomblob(bigint) RETURNS bytea LANGUAGE sql
        AS $$ SELECT decode(string_agg(lpad(to_hex((random() * 255)::int), 2, '0'), ''), 'hex')
              FROM generate_series(1, $1) $$;
    CREATE FUNCTION instr(bytea, bytea) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$ SELECT position($2 IN $1) $$;
    CREATE FUNCTION instr(bytea, text) RETURNS bigint LANGUAGE sql IMMUTABLE
        AS $$ SELECT position(convert_to($2, 'UTF8') IN $1) $$;
    CREATE FUNCTION typeof(bytea) RETURNS text LANGUAGE sql IMMUTABLE
        AS $$ SELECT CASE WHEN $1 IS NULL THEN 'null' ELSE 'blob' END $$;
    CREATE FUNCTION quote(bytea) RETURNS text LANGUAGE sql IMMUTABLE
        AS $$ SELECT coalesce('X' || quote_literal(hex($1)), 'NULL') $$;
    CREATE FUNCTION quote(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT quote_nullable($1) $$;
    CREATE FUNCTION quote(bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT coalesce($1::text, 'NULL') $$;
    CREATE FUNCTION joined(text, text) RETURNS text LANGUAGE sql IMMUTABLE
        AS $$ SELECT coalesce($1 || ',', '') || $2 $$;
    CREATE AGGREGATE group_concat(text) (SFUNC = joined, STYPE = text);
    CREATE AGGREGATE group_concat(text, text) (SFUNC = string_agg_transfn, STYPE = internal,
        FINALFUNC = string_agg_finalfn);
    CREATE VIEW sqlite_schema AS
        SELECT indexname::text AS name, 'index' AS type, tablename::text AS tbl_name, indexdef AS sql
        FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT tablename::text, 'table', tablename::text, '' FROM pg_tables WHERE schemaname = 'public';
    CREATE FUNCTION pragma_table_info(text) RETURNS TABLE (name text, type text) LANGUAGE sql STABLE
        AS $$ SELECT column_name, CASE data_type WHEN 'text' THEN 'TEXT' WHEN 'bytea' THEN 'BLOB' ELSE 'INTEGER' END
              FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1
              ORDER BY ordinal_position $$;
    CREATE FUNCTION pragma_table_xinfo(text) RETURNS TABLE (name text, type text) LANGUAGE sql STABLE
        AS $$ SELECT * FROM pragma_table_info($1) $$;
)";

constexpr const char* kNoChecks = R"(
    DO $$ DECLARE one record; BEGIN
        FOR one IN SELECT conrelid::regclass AS at, conname FROM pg_constraint
                   WHERE contype = 'c' AND connamespace = 'public'::regnamespace LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', one.at, one.conname);
        END LOOP;
    END $$)";

/// A database made from one that has the schema, dropped at the end.
class ScratchDatabase {
  public:
    ScratchDatabase(std::string server, const Clock& clock) : server_(std::move(server)) {
        const auto admin = connect("postgres");
        // One process makes the template; the others wait.
        must(admin->run_script("test/lock", "SELECT pg_advisory_lock(1)"));
        if (admin->ask("test/has", "SELECT count(*) FROM pg_database WHERE datname = 'register_template'")
                .value() == "0") {
            must(admin->run_script("test/create",
                                   "CREATE DATABASE register_making TEMPLATE template0 ENCODING 'UTF8' "
                                   "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"));
            must(db::create_postgres(url_of("register_making"), clock));
            must(connect("register_making")->run_script("test/words", kWordsOfTests));
            must(admin->run_script("test/rename",
                                   "ALTER DATABASE register_making RENAME TO register_template"));
        }
        must(admin->run_script("test/copy",
                               fmt::format("CREATE DATABASE {} TEMPLATE register_template", name_)));
        must(admin->run_script("test/unlock", "SELECT pg_advisory_unlock(1)"));
    }
    ScratchDatabase(const ScratchDatabase&) = delete;
    ScratchDatabase& operator=(const ScratchDatabase&) = delete;
    ~ScratchDatabase() {
        must(connect("postgres")
                 ->run_script("test/drop", fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name_)));
    }

    [[nodiscard]] std::unique_ptr<db::PgConnection> connect() const { return connect(name_); }

  private:
    static void must(const Result<void>& done) { VERIFY(done.ok()); }
    [[nodiscard]] std::string url_of(const std::string& name) const {
        return fmt::format("postgresql:///{}?host={}&user=postgres", name, server_);
    }
    [[nodiscard]] std::unique_ptr<db::PgConnection> connect(const std::string& name) const {
        return db::PgConnection::open(url_of(name), std::chrono::seconds{600}).value();
    }

    std::string server_;
    std::string name_ = fmt::format("register_{}", ::getpid());
};

bool is_change(std::string_view text) {
    return text.starts_with("INSERT") || text.starts_with("UPDATE") || text.starts_with("DELETE");
}

/// A transaction that is never committed. A statement that a constraint refuses takes only itself back, as
/// the embedded engine has it: a test goes on after a refusal, where a server would end the job.
class ScratchTransaction final : public db::PgTransaction {
  public:
    explicit ScratchTransaction(std::unique_ptr<db::PgConnection> opened) : OnConnection(std::move(opened)) {
        VERIFY(connection().run_script("test/begin", "BEGIN; SAVEPOINT statement").ok());
    }

  protected:
    [[nodiscard]] Result<db::Statement*> prepare(const db::Sql& sql,
                                                 std::span<const db::Param> params) override {
        if (connection().transaction_failed()) {
            VERIFY(connection().run_script("test/back", "ROLLBACK TO statement").ok());
        } else if (is_change(sql.text)) {
            VERIFY(connection().run_script("test/savepoint", "SAVEPOINT statement").ok());
        }
        return OnConnection::prepare(sql, params);
    }
};

}  // namespace

const char* postgres_server() {
    return std::getenv("TENANTRY_TEST_POSTGRES");
}

std::string in_words_of_postgres(const std::string& text) {
    if (text == "PRAGMA defer_foreign_keys = ON" || text.starts_with("DROP TRIGGER")) {
        return std::string{kNoTriggers};
    }
    if (text == "PRAGMA ignore_check_constraints = ON") {
        return kNoChecks;
    }
    static const std::regex kBytes{"x'([0-9a-fA-F]*)'"};
    return std::regex_replace(text, kBytes, R"('\x$1'::bytea)");
}

std::unique_ptr<db::Transaction> open_register(const Clock& clock) {
    if (postgres_server() == nullptr) {
        return db::open_sqlite_in_memory(clock).value();
    }
    static const ScratchDatabase kScratch{postgres_server(), clock};
    return std::make_unique<ScratchTransaction>(kScratch.connect());
}

}  // namespace tenantry::test
