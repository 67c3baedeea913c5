// The register that a test of rules works on: in memory, or, where TENANTRY_TEST_POSTGRES names a server of
// the test's own, in a database of this process there, which goes with it.
#pragma once

#include <memory>

#include "db/transaction.hpp"

namespace tenantry::test {

/// The folder of that server's socket; null: the tests run on SQLite.
[[nodiscard]] const char* postgres_server();

/// A register that nothing is committed to.
[[nodiscard]] std::unique_ptr<db::Transaction> open_register(const Clock& clock);

}  // namespace tenantry::test
