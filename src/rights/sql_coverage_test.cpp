#include "tests/support/sql_coverage.hpp"

#include "rights/sql.hpp"

namespace tenantry::rights {
namespace {

[[maybe_unused]] const auto* const kSqlCoverage =
    testing::AddGlobalTestEnvironment(new test::SqlCoverage{sql::kAll});

}  // namespace
}  // namespace tenantry::rights
