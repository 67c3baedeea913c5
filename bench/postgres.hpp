// What libpq alone gets of the PostgreSQL that a register is in: what the product is held against there. Each
// connection has a thread of its own, and waits for each answer before it asks on.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "bench/load.hpp"

namespace tenantry::bench {

/// A PostgreSQL server of our own, durable and without a register yet. One thread.
class ScratchPostgres {
  public:
    /// Starts it in that folder, which must not be there, with script/test-postgres of the working folder.
    [[nodiscard]] static Result<std::unique_ptr<ScratchPostgres>> start(const std::filesystem::path& folder);
    /// Stops it and removes the folder.
    ~ScratchPostgres();
    ScratchPostgres(const ScratchPostgres&) = delete;
    ScratchPostgres& operator=(const ScratchPostgres&) = delete;

    /// The address of an empty database, as a register wants it.
    [[nodiscard]] const std::string& address() const { return address_; }

  private:
    explicit ScratchPostgres(std::filesystem::path folder) : folder_(std::move(folder)) {}

    std::filesystem::path folder_;
    std::string address_;
};

struct PostgresGround {
    const std::string& address;
    unsigned connections = 1;
    std::chrono::nanoseconds time{};
};

/// Reads the row of a random person by a prepared statement, no transaction around it.
[[nodiscard]] Result<Outcome> run_postgres_gets(const PostgresGround& ground, std::uint64_t people);
/// Inserts what a create inserts, as bytes that are there already: eight rows a transaction, into tables of
/// the same columns and indexes, without the references.
[[nodiscard]] Result<Outcome> run_postgres_creates(const PostgresGround& ground);

}  // namespace tenantry::bench
