// What is checked of a database whose pages SQLite reads without complaint. Belongs to the connection's
// thread.
#pragma once

#include <string>
#include <vector>

#include "db/sqlite/connection.hpp"

namespace tenantry::db {

/// Holds pages, indexes and references against each other. Corrupt where they differ. The names of the text
/// indexes, which are not checked by it.
[[nodiscard]] Result<std::vector<std::string>> check_rows(Transaction& tx);

/// Holds each text index against its table. Corrupt where they differ. Changes nothing, and yet only a
/// connection that may write can do it.
[[nodiscard]] Result<void> check_text_indexes(Connection& connection, const std::vector<std::string>& names);

}  // namespace tenantry::db
