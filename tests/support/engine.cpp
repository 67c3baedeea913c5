#include "tests/support/engine.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <regex>
#include <unordered_map>
#include <vector>

#include "base/ascii.hpp"
#include "db/postgres/connection.hpp"
#include "db/postgres/postgres.hpp"
#include "db/sqlite/schema.hpp"

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
    CREATE FUNCTION iif(boolean, anyelement, anyelement) RETURNS anyelement LANGUAGE sql IMMUTABLE
        AS $$ SELECT CASE WHEN $1 THEN $2 ELSE $3 END $$;
    CREATE DOMAIN blob AS bytea;
    -- Of a table's text, which columns are flags.
    CREATE VIEW sqlite_schema AS
        SELECT indexname::text AS name, 'index' AS type, tablename::text AS tbl_name, indexdef AS sql
        FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT tablename::text, 'table', tablename::text,
            (SELECT coalesce(string_agg(a.attname || ' IN (0, 1)', ' '), '')
             FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
             WHERE c.conrelid = quote_ident(tablename)::regclass
             AND pg_get_constraintdef(c.oid) LIKE '%ARRAY[(0)::bigint, (1)::bigint])%')
        FROM pg_tables WHERE schemaname = 'public';
    CREATE FUNCTION pragma_table_info(text) RETURNS TABLE (name text, type text) LANGUAGE sql STABLE
        AS $$ SELECT attname, CASE atttypid WHEN 'text'::regtype THEN 'TEXT' WHEN 'bytea'::regtype THEN 'BLOB'
                              ELSE 'INTEGER' END
              FROM pg_attribute WHERE attrelid = to_regclass(quote_ident($1)) AND attnum > 0 ORDER BY attnum $$;
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

void must(const Result<void>& done) {
    VERIFY(done.ok());
}

/// Databases made from one that has the schema, dropped at the end. A test that has two registers has two.
class ScratchDatabases {
  public:
    ScratchDatabases(std::string server, const Clock& clock)
        : server_(std::move(server)), admin_(connect("postgres")) {
        // One process makes the template; the others wait.
        must(admin_->run_script("test/lock", "SELECT pg_advisory_lock(1)"));
        if (admin_->ask("test/has", "SELECT count(*) FROM pg_database WHERE datname = 'register_template'")
                .value() == "0") {
            must(admin_->run_script("test/drop", "DROP DATABASE IF EXISTS register_making"));
            must(admin_->run_script("test/create",
                                    "CREATE DATABASE register_making TEMPLATE template0 ENCODING 'UTF8' "
                                    "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"));
            must(db::create_postgres(url_of("register_making"), clock));
            must(connect("register_making")->run_script("test/words", kWordsOfTests));
            must(admin_->run_script("test/rename",
                                    "ALTER DATABASE register_making RENAME TO register_template"));
        }
        must(admin_->run_script("test/unlock", "SELECT pg_advisory_unlock(1)"));
    }
    ScratchDatabases(const ScratchDatabases&) = delete;
    ScratchDatabases& operator=(const ScratchDatabases&) = delete;
    ~ScratchDatabases() {
        for (const auto& name : free_) {
            drop(name);
        }
    }

    /// The name of one in which nothing is going on.
    [[nodiscard]] std::string take() {
        if (!free_.empty()) {
            auto name = std::move(free_.back());
            free_.pop_back();
            return name;
        }
        auto name = fmt::format("register_{}_{}", ::getpid(), made_++);
        must(admin_->run_script("test/copy",
                                fmt::format("CREATE DATABASE {} TEMPLATE register_template", name)));
        size_ = made_ == 1 ? size_of(name) : size_;
        return name;
    }
    /// One that grew is not used again: what was taken back still lies in its tables, and who reads them goes
    /// through all of it.
    void give_back(std::string name) {
        constexpr std::int64_t kMegabyte = 1'048'576;
        if (size_of(name) > size_ + kMegabyte) {
            drop(name);
        } else {
            free_.push_back(std::move(name));
        }
    }

    [[nodiscard]] std::unique_ptr<db::PgConnection> connect(const std::string& name) const {
        return db::PgConnection::open(url_of(name), std::chrono::seconds{600}).value();
    }

  private:
    void drop(const std::string& name) {
        must(admin_->run_script("test/drop", fmt::format("DROP DATABASE {} WITH (FORCE)", name)));
    }
    [[nodiscard]] std::int64_t size_of(const std::string& name) {
        const auto size = admin_->ask("test/size", fmt::format("SELECT pg_database_size('{}')", name));
        return parse_whole<std::int64_t>(size.value()).value();
    }
    [[nodiscard]] std::string url_of(const std::string& name) const {
        return fmt::format("postgresql:///{}?host={}&user=postgres", name, server_);
    }

    std::string server_;
    std::unique_ptr<db::PgConnection> admin_;
    std::vector<std::string> free_;
    int made_ = 0;
    std::int64_t size_ = 0;  ///< of one as it was made
};

/// What a test says of its own in SQLite's words, for PostgreSQL.
std::string in_words_of_postgres(const std::string& text) {
    if (text == "PRAGMA defer_foreign_keys = ON" || text.starts_with("DROP TRIGGER")) {
        return "SET LOCAL session_replication_role = replica";  // no reference is looked at, no trigger runs
    }
    if (text == "PRAGMA ignore_check_constraints = ON") {
        return kNoChecks;
    }
    static const std::regex kBytes{"\\bx'([0-9a-fA-F]*)'"};
    static const std::regex kRow{"\\browid\\b"};
    return std::regex_replace(std::regex_replace(text, kBytes, R"('\x$1'::bytea)"), kRow, "ctid");
}

/// The statement as this engine takes it: one of a test is translated. It lives as long as the program.
const db::Sql& translated(const db::Sql& sql) {
    if (!sql.name.starts_with("test/") || !sql.postgres.empty()) {
        return sql;
    }
    struct Made {
        std::string text;
        std::string postgres;
        db::Sql sql;
    };
    static std::unordered_map<std::string, Made> made;
    const auto [at, is_new] = made.try_emplace(std::string{sql.text});
    if (is_new) {
        at->second.postgres = in_words_of_postgres(at->first);
        at->second.sql = {"test/statement", at->first, at->second.postgres};
    }
    return at->second.sql;
}

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [text](std::string_view word) { return text.starts_with(word); });
}

/// A transaction that is never committed. A statement that a constraint refuses takes only itself back, as
/// the embedded engine has it: a test goes on after a refusal, where a server would end the job.
class ScratchTransaction final : public db::OnConnection<db::PgConnection, db::Transaction> {
  public:
    ScratchTransaction(ScratchDatabases& databases, std::string name)
        : OnConnection(databases.connect(name)), databases_(databases), name_(std::move(name)) {
        // The numbers that the database gives begin at one again: what is taken back does not give them back.
        must(connection().run_script("test/begin",
                                     "SELECT setval(seqrelid::regclass, seqstart, false) FROM pg_sequence;"
                                     "BEGIN; SAVEPOINT statement"));
    }
    ScratchTransaction(const ScratchTransaction&) = delete;
    ScratchTransaction& operator=(const ScratchTransaction&) = delete;
    ~ScratchTransaction() override { databases_.give_back(name_); }

  protected:
    [[nodiscard]] Result<db::Statement*> prepare(const db::Sql& sql,
                                                 std::span<const db::Param> params) override {
        if (starts_with_any(sql.text, {"SAVEPOINT", "ROLLBACK", "RELEASE"})) {
            ours_is_last_ = false;
        } else if (connection().transaction_failed()) {
            must(connection().run_script("test/back", "ROLLBACK TO statement"));
        } else if (!starts_with_any(sql.text, {"SELECT", "EXPLAIN"})) {
            // A thousand of them in one another are slow. The release of ours would take with it one that the
            // rule or the test made after it, so not then.
            must(connection().run_script("test/savepoint", ours_is_last_
                                                               ? "RELEASE statement; SAVEPOINT statement"
                                                               : "SAVEPOINT statement"));
            ours_is_last_ = true;
        }
        return OnConnection::prepare(translated(sql), params);
    }

  private:
    ScratchDatabases& databases_;
    std::string name_;
    bool ours_is_last_ = true;
};

/// The schema takes as long to make as most tests do, so each gets a copy of one that the process made.
std::unique_ptr<db::Transaction> copy_of_empty_register(const Clock& clock) {
    static const auto kMade = db::open_writing({}, db::Access::Memory, clock).value();
    auto copy = db::Connection::open({}, db::Access::Memory).value();
    must(kMade->connection().copy_to(*copy, [](std::size_t, std::size_t) { return true; }));
    must(copy->run_script("test/begin", "BEGIN"));
    return std::make_unique<db::SqliteTransaction>(std::move(copy));
}

}  // namespace

const char* postgres_server() {
    return std::getenv("TENANTRY_TEST_POSTGRES");
}

std::unique_ptr<db::Transaction> open_register(const Clock& clock) {
    if (postgres_server() == nullptr) {
        return copy_of_empty_register(clock);
    }
    static ScratchDatabases databases{postgres_server(), clock};
    return std::make_unique<ScratchTransaction>(databases, databases.take());
}

}  // namespace tenantry::test
