// The connection that writes, as migrations see it.
#pragma once

#include "db/migrate.hpp"
#include "db/sqlite/connection.hpp"

namespace tenantry::db {

class SqliteSchema final : public Schema {
  public:
    explicit SqliteSchema(SqliteTransaction& tx) : tx_(tx) {}

    Transaction& transaction() override { return tx_; }
    Result<void> begin() override { return run("db/migration/begin", "BEGIN IMMEDIATE"); }
    Result<void> commit() override { return run("db/migration/commit", "COMMIT"); }
    void roll_back() noexcept override {
        if (tx_.connection().in_transaction()) {
            static_cast<void>(run("db/migration/rollback", "ROLLBACK"));
        }
    }
    Result<bool> has_migrations() override {
        constexpr Sql kHasTable{"db/migration/has_table",
                                "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migration'", ""};
        bool has = false;
        TRY(tx_.find(kHasTable, std::tie(has)));
        return has;
    }
    Result<void> run(std::string_view name, const std::string& script) override {
        return tx_.connection().run_script(name, script);
    }
    [[nodiscard]] std::string_view table() const override {
        return "CREATE TABLE schema_migration (\n    version INTEGER PRIMARY KEY,\n    name TEXT NOT NULL,\n"
               "    checksum INTEGER NOT NULL,\n    applied_at INTEGER NOT NULL\n) STRICT";
    }

  private:
    SqliteTransaction& tx_;
};

}  // namespace tenantry::db
