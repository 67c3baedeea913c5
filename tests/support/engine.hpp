// The register that a test of rules works on: in memory, or, where TENANTRY_TEST_POSTGRES names a server of
// the test's own, in a database of this process there, which goes with it.
#pragma once

#include <memory>
#include <string>

#include "db/transaction.hpp"

namespace tenantry::test {

/// The folder of that server's socket; null: the tests run on SQLite.
[[nodiscard]] const char* postgres_server();

/// On PostgreSQL: no reference is looked at any more in this transaction, and no trigger's rule is kept.
inline constexpr std::string_view kNoTriggers = "SET LOCAL session_replication_role = replica";

/// What a test says of its own in SQLite's words, for the engine that it runs on.
[[nodiscard]] std::string in_words_of_postgres(const std::string& text);

/// A register that nothing is committed to.
[[nodiscard]] std::unique_ptr<db::Transaction> open_register(const Clock& clock);

}  // namespace tenantry::test
