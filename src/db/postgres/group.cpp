#include "db/postgres/group.hpp"

#include <fmt/format.h>

#include "base/log.hpp"

namespace tenantry::db {

namespace {

/// The number of the lock that a transaction which writes holds.
constexpr std::int64_t kWriterLock = 0x54656e616e747279;

}  // namespace

std::string begin_writing() {
    return fmt::format("BEGIN; SELECT pg_advisory_xact_lock({})", kWriterLock);
}

std::string try_to_lock_writing() {
    return fmt::format("SELECT pg_try_advisory_lock({})::int", kWriterLock);
}

Result<void> PgGroup::begin(bool /*all_brief*/) {
    has_savepoint_ = false;
    const auto begun = tx_->connection().begin("db/begin", begin_writing());
    if (!begun.ok()) {
        roll_back();
        return begun.error();
    }
    return {};
}

Result<void> PgGroup::begin_job() {
    const bool follows = std::exchange(has_savepoint_, true);
    return tx_->connection().run_script("db/savepoint",
                                        follows ? "RELEASE job; SAVEPOINT job" : "SAVEPOINT job");
}

Result<void> PgGroup::end_job(bool keep) {
    if (keep && !tx_->connection().transaction_failed()) {
        return {};
    }
    if (keep) {
        log(LogLevel::Error, "a write went on after a statement of it had failed");
    }
    TRY(tx_->connection().run_script("db/rollback_job", "ROLLBACK TO job"));
    return keep ? Result<void>{Error{Code::Internal, "the write failed"}} : Result<void>{};
}

Result<void> PgGroup::commit() {
    return tx_->connection().run_script("db/commit", "COMMIT");
}

void PgGroup::roll_back() noexcept {
    if (in_transaction()) {
        static_cast<void>(tx_->connection().run_script("db/rollback", "ROLLBACK"));
    }
}

}  // namespace tenantry::db
