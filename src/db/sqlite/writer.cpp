#include "db/sqlite/writer.hpp"

#include <algorithm>

#include "base/log.hpp"

namespace tenantry::db {

namespace {

constexpr Sql kBegin{"db/begin", "BEGIN IMMEDIATE", ""};
constexpr Sql kCommit{"db/commit", "COMMIT", ""};
constexpr Sql kRollback{"db/rollback", "ROLLBACK", ""};
constexpr Sql kSavepoint{"db/savepoint", "SAVEPOINT job", ""};
constexpr Sql kRollbackJob{"db/rollback_job", "ROLLBACK TO job", ""};
constexpr Sql kRelease{"db/release", "RELEASE job", ""};

constexpr int kCheckpointPages = 4000;
constexpr int kTruncatePages = 64 * 1024 * 1024 / 4096;

Result<void> run_fenced(WriteJob& job, Transaction& tx) {
    try {
        return job.run(tx);
    } catch (...) {
        log(LogLevel::Error, "a write threw an exception");
        return Error{Code::Internal, "the write failed"};
    }
}

}  // namespace

Writer::Writer(std::unique_ptr<SqliteTransaction> tx, SqliteOptions options)
    : options_(options), tx_(std::move(tx)), checkpoint_at_(kCheckpointPages), thread_([this] { work(); }) {}

Writer::~Writer() {
    {
        const Lock lock{mutex_};
        stopping_ = true;
    }
    wakes_.notify_one();
    thread_.join();
}

bool Writer::accept(std::unique_ptr<WriteJob>& job, Urgency urgency) {
    const Lock lock{mutex_};
    if (stopping_ || queue_.size() >= options_.queue_limit) {
        return false;
    }
    queue_.push_back({std::move(job), urgency, Steady::now() + Database::kMayWait});
    if (urgency == Urgency::Now) {
        ++urgent_;
    }
    return true;
}

void Writer::write(std::unique_ptr<WriteJob> job, Urgency urgency) {
    if (accept(job, urgency)) {
        wakes_.notify_one();
    } else {
        job->finished(Error{Code::Unavailable, "too many writes are waiting; try again shortly"});
    }
}

void Writer::work() {
    for (auto group = take_group(); group; group = take_group()) {
        if (!group->empty()) {
            const auto committed = commit(*group);
            for (Waiting& one : *group) {
                one.job->finished(committed.ok() ? one.outcome : committed);
            }
            group->clear();
            tell_follower();
            checkpoint_if_due();
        }
        run_tasks_between();
    }
    run_tasks_between();
    if (!tx_->connection().sync_failed()) {
        static_cast<void>(tx_->connection().checkpoint(Checkpoint::Truncate));
    }
}

bool Writer::is_due() const {
    return stopping_ || urgent_ > 0 || !between_.empty() ||
           (!queue_.empty() && queue_.front().due <= Steady::now());
}

std::optional<Writer::Group> Writer::take_group() {
    const Lock lock{mutex_};
    while (!is_due()) {
        if (queue_.empty()) {
            wakes_.wait(mutex_);
        } else {
            wakes_.wait_until(mutex_, queue_.front().due);
        }
    }
    Group group;
    while (!queue_.empty() && group.size() < options_.group_limit) {
        if (queue_.front().urgency == Urgency::Now) {
            --urgent_;
        }
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    if (group.empty() && stopping_) {
        return std::nullopt;
    }
    return group;
}

void Writer::run_tasks_between() {
    std::vector<std::function<void(Connection&)>> tasks;
    {
        const Lock lock{mutex_};
        tasks.swap(between_);
    }
    for (const auto& task : tasks) {
        task(tx_->connection());
    }
}

Result<void> Writer::commit(Group& group) {
    Connection& connection = tx_->connection();
    if (connection.sync_failed()) {
        return Error{Code::Unavailable, "the disk failed; no more is written until a restart"};
    }
    const bool all_brief = std::ranges::all_of(group, [](const Waiting& one) { return one.job->is_brief(); });
    TRY(connection.keep_savepoints(all_brief ? Keep::InMemory : Keep::InFiles));
    TRY(connection.run(kBegin));
    for (Waiting& one : group) {
        one.outcome = run_in_savepoint(*one.job);
        if (!connection.in_transaction()) {
            // SQLite gave the whole transaction up (a full disk, an I/O error), the neighbours' work with it.
            return connection.last_failure();
        }
    }
    const auto committed = connection.run(kCommit);
    if (!committed.ok() && connection.in_transaction()) {
        static_cast<void>(connection.run(kRollback));
    }
    return committed;
}

Result<void> Writer::run_in_savepoint(WriteJob& job) {
    Connection& connection = tx_->connection();
    TRY(connection.run(kSavepoint));
    auto outcome = run_fenced(job, *tx_);
    VERIFY(!connection.has_open_rows());
    if (!connection.in_transaction()) {
        return outcome;
    }
    const bool settled = (outcome.ok() || connection.run(kRollbackJob).ok()) && connection.run(kRelease).ok();
    if (!settled) {
        static_cast<void>(connection.run(kRollback));
    }
    return outcome;
}

Result<void> Writer::follow(std::shared_ptr<CommitFollower> follower) {
    return run_between([&](Connection& connection) -> Result<void> {
        follower_ = nullptr;
        if (follower != nullptr) {
            TRY(connection.with_log(
                [&](sqlite3_file& log) { return tail_.skip(log, connection.log_pages()); }));
        }
        follower_ = std::move(follower);
        return {};
    });
}

Result<void> Writer::say_scrubbed() {
    return run_between([this](Connection& /*connection*/) -> Result<void> {
        if (follower_ != nullptr) {
            follower_->scrubbed();
        }
        return {};
    });
}

void Writer::tell_follower() {
    Connection& connection = tx_->connection();
    if (follower_ == nullptr || connection.log_pages() == 0) {
        return;
    }
    auto pages =
        connection.with_log([&](sqlite3_file& log) { return tail_.take(log, connection.log_pages()); });
    if (!pages.ok()) {
        log(LogLevel::Warning, "a commit is not copied page by page", {{"reason", pages.error().text}});
        follower_->missed();
    } else if (*pages) {
        follower_->committed(std::move(**pages));
    }
}

void Writer::checkpoint_if_due() {
    Connection& connection = tx_->connection();
    const int pages = connection.log_pages();
    if (pages < log_pages_) {
        checkpoint_at_ = kCheckpointPages;  // the log began anew
    }
    log_pages_ = pages;
    if (pages < checkpoint_at_ || connection.sync_failed()) {
        return;
    }
    const auto done =
        connection.checkpoint(pages < kTruncatePages ? Checkpoint::Passive : Checkpoint::Truncate);
    static_cast<void>(done);  // a failure is logged; the log keeps what was not moved
    // A reader may keep the log from being emptied; each try costs a sort of the log, so the next one waits.
    checkpoint_at_ = pages + kCheckpointPages / 4;
}

}  // namespace tenantry::db
