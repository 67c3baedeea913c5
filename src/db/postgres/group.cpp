#include "db/postgres/group.hpp"

#include <fmt/format.h>

#include "base/log.hpp"

namespace tenantry::db {

Result<void> PgGroup::begin(bool /*all_brief*/) {
    auto& connection = tx_->connection();
    TRY(connection.mend());
    has_savepoint_ = false;
    const auto begin = fmt::format("BEGIN; SELECT pg_advisory_xact_lock({})", kWriterLock);
    auto begun = connection.run("db/begin", begin);
    if (!begun.ok() && connection.is_lost()) {
        // It was lost while nothing was on its way: nothing is done twice by trying once more.
        TRY(connection.mend());
        begun = connection.run("db/begin", begin);
    }
    if (!begun.ok()) {
        roll_back();
    }
    return begun;
}

Result<void> PgGroup::begin_job() {
    const bool follows = std::exchange(has_savepoint_, true);
    return tx_->connection().run("db/savepoint", follows ? "RELEASE job; SAVEPOINT job" : "SAVEPOINT job");
}

Result<void> PgGroup::end_job(bool keep) {
    if (keep && !tx_->connection().transaction_failed()) {
        return {};
    }
    if (keep) {
        log(LogLevel::Error, "a write went on after a statement of it had failed");
    }
    TRY(tx_->connection().run("db/rollback_job", "ROLLBACK TO job"));
    return keep ? Result<void>{Error{Code::Internal, "the write failed"}} : Result<void>{};
}

Result<void> PgGroup::commit() {
    return tx_->connection().run("db/commit", "COMMIT");
}

void PgGroup::roll_back() noexcept {
    if (in_transaction()) {
        static_cast<void>(tx_->connection().run("db/rollback", "ROLLBACK"));
    }
}

}  // namespace tenantry::db
