// Where a PostgreSQL register is, and how it may be reached.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/thread_annotations.hpp"
#include "db/postgres/postgres.hpp"

namespace tenantry::db {

/// The servers that may hold a register, as all connections to it know them.
class PgServers {
  public:
    explicit PgServers(std::string_view where, PgMemory memory = {})
        : url(where), seen_(std::move(memory.before)), keep_(std::move(memory.keep)) {}

    const std::string url;

    /// Whether the register is to be read and written there. Not on a server on an earlier timeline than one
    /// that was seen: each promotion begins one, so it is a primary that was replaced (PostgreSQL, 26.3.5).
    /// Nor on one of another cluster, unless it is the first to answer since the start: the register may have
    /// been restored there, but is not while it is open.
    [[nodiscard]] bool believe(const PgSeen& server) EXCLUDES(mutex_);

  private:
    Mutex mutex_;
    PgSeen seen_ GUARDED_BY(mutex_);
    bool has_answered_ GUARDED_BY(mutex_) = false;
    const std::function<void(const PgSeen&)> keep_;
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
