#include "tests/support/sql_coverage.hpp"

#include "register/sql.hpp"

namespace tenantry::housing {
namespace {

[[maybe_unused]] const auto* const kSqlCoverage =
    testing::AddGlobalTestEnvironment(new test::SqlCoverage{sql::kAll});

}  // namespace
}  // namespace tenantry::housing
