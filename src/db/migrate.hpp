// Brings a database to the schema of a list of migrations.
#pragma once

#include <span>
#include <string>

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

/// The number of migrations that the database has, which are the first ones of the list. Corrupt as below;
/// an error where it has no table of migrations.
[[nodiscard]] Result<std::size_t> count_applied(Transaction& tx, std::span<const Migration> migrations);

/// Applies what is missing, each migration in a transaction of its own. Corrupt, and nothing is changed,
/// where the database has a migration that the list has not, with another checksum, or not in order.
[[nodiscard]] Result<void> migrate(Schema& schema, std::span<const Migration> migrations, const Clock& clock);

}  // namespace tenantry::db
