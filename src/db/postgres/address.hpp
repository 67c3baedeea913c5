// Where a PostgreSQL register is, and how it may be reached.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace tenantry::db {

/// libpq's connection parameters for a URL "postgresql://…", with ours where it says nothing: a time limit on
/// connecting, a server that writes, and, but for a Unix socket, a verified certificate. Invalid: it is no
/// such URL, or asks for less than that certificate.
[[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> connection_parameters(
    std::string_view url);

}  // namespace tenantry::db
