// Where a PostgreSQL register is, and how it may be reached.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace tenantry::db {

/// The servers that may hold a register, as all connections to it know them.
struct PgServers {
    explicit PgServers(std::string_view where) : url(where) {}

    const std::string url;
    /// The latest that any of them was on: each promotion begins one, and a server on an earlier one is a
    /// primary that was replaced (PostgreSQL, 26.3.5).
    std::atomic<std::int64_t> timeline = 0;
};

using PgParameters = std::vector<std::pair<std::string, std::string>>;

/// libpq's connection parameters for a URL "postgresql://…", with ours where it says nothing: a time limit on
/// connecting, a server that writes, and, but for a Unix socket, a verified certificate. Invalid: it is no
/// such URL, or asks for less than that certificate.
[[nodiscard]] Result<PgParameters> connection_parameters(std::string_view url);
/// How many servers they name.
[[nodiscard]] std::size_t count_servers(const PgParameters& parameters);
/// The same, with that server tried first and those before it last.
[[nodiscard]] PgParameters beginning_with(PgParameters parameters, std::size_t server);

}  // namespace tenantry::db
