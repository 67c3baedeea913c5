#include "db/postgres/group.hpp"

#include <fmt/format.h>

#include "base/log.hpp"

namespace tenantry::db {

namespace {

/// The number of the lock that a transaction which writes holds.
constexpr std::int64_t kWriterLock = 0x54656e616e747279;

/// How long the database may say nothing: a request is answered within five seconds, however long a commit
/// has to wait for a standby that is gone.
constexpr std::chrono::milliseconds kPrompt{4000};
constexpr std::chrono::hours kPatient{1};

}  // namespace

std::string begin_writing() {
    return fmt::format("BEGIN; SELECT pg_advisory_xact_lock({})", kWriterLock);
}

std::string try_to_lock_writing() {
    return fmt::format("SELECT pg_try_advisory_lock({})::int", kWriterLock);
}

Result<void> PgGroup::begin(const GroupKind& kind) {
    savepoint_ = 0;
    connection().wait_at_most(kind.pace == Pace::Prompt ? kPrompt : kPatient);
    const auto begun = connection().begin("db/begin", begin_writing());
    if (!begun.ok()) {
        roll_back();
        return begun.error();
    }
    return {};
}

Result<void> PgGroup::begin_jobs(Jobs jobs) {
    connection().forget_expected();
    // Each savepoint has a name of its own: were one not made, going back to it would fail, and not take the
    // jobs before along.
    if (savepoint_ > 0) {
        TRY(connection().queue_command("db/release", fmt::format("RELEASE jobs{}", savepoint_)));
    }
    ++savepoint_;
    TRY(connection().queue_command("db/savepoint", fmt::format("SAVEPOINT jobs{}", savepoint_)));
    connection().gather_rows(jobs.size() > 1 ? RowOrder::ByTable : RowOrder::AsSent);
    for (WriteJob* const job : jobs) {
        TRY(job->look_ahead(transaction()));
    }
    return {};
}

Result<void> PgGroup::keep_jobs(Jobs next) {
    if (connection().transaction_failed()) {
        log(LogLevel::Error, "a write went on after a statement of it had failed");
        return Error{Code::Internal, "the write failed"};
    }
    connection().forget_expected();
    if (next.empty()) {
        return connection().flush();
    }
    const auto end = TRY(connection().end_of_queue());
    const int savepoint = savepoint_;
    auto done = begin_jobs(next);
    if (done.ok()) {
        done = connection().flush();
    }
    if (done.ok() || !in_transaction()) {
        return done;
    }
    if (connection().failed_before(end)) {
        savepoint_ = savepoint;
        return done;
    }
    // What the next ones asked failed. They will ask again, and hear it.
    return take_back_jobs();
}

Result<void> PgGroup::take_back_jobs() {
    connection().forget_expected();
    connection().forget_rows();
    static_cast<void>(connection().flush());
    return connection().run_script("db/rollback_jobs", fmt::format("ROLLBACK TO jobs{}", savepoint_));
}

Result<void> PgGroup::commit() {
    return connection().run_script("db/commit", "COMMIT");
}

void PgGroup::roll_back() noexcept {
    if (in_transaction()) {
        static_cast<void>(connection().flush());
        static_cast<void>(connection().run_script("db/rollback", "ROLLBACK"));
    }
}

}  // namespace tenantry::db
