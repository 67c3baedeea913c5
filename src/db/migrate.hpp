// Brings a database to the schema of a list of migrations.
#pragma once

#include <span>
#include <string>
#include <tuple>

#include "base/time.hpp"
#include "db/migrations.hpp"
#include "db/transaction.hpp"

namespace tenantry::db {

/// The connection that writes, of either engine, as migrations see it.
class Schema {
  public:
    virtual ~Schema() = default;
    [[nodiscard]] virtual Transaction& transaction() = 0;
    /// Begins a transaction beside which no other process migrates.
    [[nodiscard]] virtual Result<void> begin() = 0;
    [[nodiscard]] virtual Result<void> commit() = 0;
    virtual void roll_back() noexcept = 0;
    /// Whether there is a table of migrations.
    [[nodiscard]] virtual Result<bool> has_migrations() = 0;
    [[nodiscard]] virtual Result<void> run(std::string_view name, const std::string& script) = 0;
    /// The statement that makes that table.
    [[nodiscard]] virtual std::string_view table() const = 0;
};

/// What an engine says in words of its own.
struct SchemaWords {
    std::string begin;
    Sql has_table;
    std::string_view create_table;
};

/// The Schema of an engine's transaction.
template <class EngineTransaction>
class SchemaOn final : public Schema {
  public:
    SchemaOn(EngineTransaction& tx, SchemaWords words) : tx_(tx), words_(std::move(words)) {}

    Transaction& transaction() override { return tx_; }
    Result<void> begin() override { return run("db/migration/begin", words_.begin); }
    Result<void> commit() override { return run("db/migration/commit", "COMMIT"); }
    void roll_back() noexcept override {
        if (tx_.connection().in_transaction()) {
            static_cast<void>(run("db/migration/rollback", "ROLLBACK"));
        }
    }
    Result<bool> has_migrations() override {
        bool has = false;
        TRY(tx_.find(words_.has_table, std::tie(has)));
        return has;
    }
    Result<void> run(std::string_view name, const std::string& script) override {
        return tx_.connection().run_script(name, script);
    }
    [[nodiscard]] std::string_view table() const override { return words_.create_table; }

  private:
    EngineTransaction& tx_;
    SchemaWords words_;
};

/// The number of migrations that the database has, which are the first ones of the list. Corrupt as below;
/// an error where it has no table of migrations.
[[nodiscard]] Result<std::size_t> count_applied(Transaction& tx, std::span<const Migration> migrations);

/// Applies what is missing, each migration in a transaction of its own. Corrupt, and nothing is changed,
/// where the database has a migration that the list has not, with another checksum, or not in order.
[[nodiscard]] Result<void> migrate(Schema& schema, std::span<const Migration> migrations, const Clock& clock);

}  // namespace tenantry::db
