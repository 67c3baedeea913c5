// The register that a test of rules works on: in memory, or, where TENANTRY_TEST_POSTGRES names a server of
// the test's own, in a database of this process there, which goes with it.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "db/postgres/connection.hpp"
#include "db/postgres/postgres.hpp"
#include "db/sqlite/sqlite.hpp"

namespace tenantry::test {

/// A database made from one that has the schema, dropped at the end.
class ScratchDatabase {
  public:
    ScratchDatabase(std::string server, const Clock& clock) : server_(std::move(server)) {
        const auto admin = connect();
        // One process makes the template; the others wait.
        VERIFY(admin->run("test/lock", "SELECT pg_advisory_lock(1)").ok());
        if (admin->ask("test/has", "SELECT count(*) FROM pg_database WHERE datname = 'register_template'")
                .value() == "0") {
            VERIFY(admin
                       ->run("test/create",
                             "CREATE DATABASE register_making TEMPLATE template0 ENCODING 'UTF8' "
                             "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'")
                       .ok());
            VERIFY(db::create_postgres(url_of("register_making"), clock).ok());
            VERIFY(
                admin->run("test/rename", "ALTER DATABASE register_making RENAME TO register_template").ok());
        }
        VERIFY(admin->run("test/copy", fmt::format("CREATE DATABASE {} TEMPLATE register_template", name_))
                   .ok());
        VERIFY(admin->run("test/unlock", "SELECT pg_advisory_unlock(1)").ok());
    }
    ScratchDatabase(const ScratchDatabase&) = delete;
    ScratchDatabase& operator=(const ScratchDatabase&) = delete;
    ~ScratchDatabase() {
        static_cast<void>(
            connect()->run("test/drop", fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name_)));
    }

    [[nodiscard]] std::string url() const { return url_of(name_); }

  private:
    [[nodiscard]] std::string url_of(const std::string& name) const {
        return fmt::format("postgresql:///{}?host={}&user=postgres", name, server_);
    }
    [[nodiscard]] std::unique_ptr<db::PgConnection> connect() const {
        return db::PgConnection::open(url_of("postgres"), std::chrono::seconds{600}).value();
    }

    std::string server_;
    std::string name_ = fmt::format("register_{}", ::getpid());
};

/// The folder of that server's socket.
inline const char* postgres_server() {
    return std::getenv("TENANTRY_TEST_POSTGRES");
}

inline std::unique_ptr<db::Transaction> open_register(const Clock& clock) {
    if (postgres_server() == nullptr) {
        return db::open_sqlite_in_memory(clock).value();
    }
    static const ScratchDatabase kScratch{postgres_server(), clock};
    return db::open_postgres_uncommitted(kScratch.url()).value();
}

}  // namespace tenantry::test
