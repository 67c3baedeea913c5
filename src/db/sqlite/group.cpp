#include "db/sqlite/group.hpp"

#include <utility>

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
/// For the journal of some ten thousand readings.
constexpr std::uintmax_t kReserveBytes = 16 * 1024 * 1024;
constexpr int kTruncatePages = 64 * 1024 * 1024 / 4096;

}  // namespace

SqliteGroup::SqliteGroup(std::unique_ptr<SqliteTransaction> tx)
    : tx_(std::move(tx)), checkpoint_at_(kCheckpointPages) {}

bool SqliteGroup::is_short_of_room() {
    bool is_short = connection().room() < kReserveBytes;
    if (is_short && connection().checkpoint(Checkpoint::Truncate).ok()) {
        // A large write that was taken back may have left a large log.
        is_short = connection().room() < kReserveBytes;
    }
    if (is_short != std::exchange(is_short_, is_short)) {
        log(LogLevel::Warning, is_short ? Literal{"the disk is nearly full; changes are refused"}
                                        : Literal{"there is room on the disk again"});
    }
    return is_short;
}

Result<void> SqliteGroup::begin(const GroupKind& kind) {
    TRY(connection().refuse_after_failed_sync());
    TRY(connection().keep_savepoints(kind.all_brief ? Keep::InMemory : Keep::InFiles));
    return connection().run(kBegin);
}

Result<void> SqliteGroup::begin_jobs(Jobs /*jobs*/) {
    return connection().run(kSavepoint);
}

Result<void> SqliteGroup::keep_jobs(Jobs next) {
    TRY(connection().run(kRelease));
    return next.empty() ? Result<void>{} : begin_jobs(next);
}

Result<void> SqliteGroup::take_back_jobs() {
    TRY(connection().run(kRollbackJob));
    return connection().run(kRelease);
}

Result<void> SqliteGroup::commit() {
    return connection().run(kCommit);
}

void SqliteGroup::roll_back() noexcept {
    static_cast<void>(connection().run(kRollback));
}

void SqliteGroup::tidy_up() {
    tell_follower();
    checkpoint_if_due();
}

Result<void> SqliteGroup::follow(std::shared_ptr<CommitFollower> follower) {
    follower_ = nullptr;
    if (follower != nullptr) {
        TRY(connection().with_log(
            [&](sqlite3_file& log) { return tail_.skip(log, connection().log_pages()); }));
    }
    follower_ = std::move(follower);
    return {};
}

void SqliteGroup::say_scrubbed() {
    if (follower_ != nullptr) {
        follower_->scrubbed();
    }
}

void SqliteGroup::tell_follower() {
    if (follower_ == nullptr || connection().log_pages() == 0) {
        return;
    }
    auto pages =
        connection().with_log([&](sqlite3_file& file) { return tail_.take(file, connection().log_pages()); });
    if (!pages.ok()) {
        log(LogLevel::Warning, "a commit is not copied page by page", {{"reason", pages.error().text}});
        follower_->missed();
    } else if (*pages) {
        follower_->committed(std::move(**pages));
    }
}

void SqliteGroup::checkpoint_if_due() {
    const int pages = connection().log_pages();
    if (pages < log_pages_) {
        checkpoint_at_ = kCheckpointPages;  // the log began anew
    }
    log_pages_ = pages;
    if (pages < checkpoint_at_ || connection().sync_failed()) {
        return;
    }
    const auto since = std::chrono::steady_clock::now();
    const auto done =
        connection().checkpoint(pages < kTruncatePages ? Checkpoint::Passive : Checkpoint::Truncate);
    static_cast<void>(done);  // a failure is logged; the log keeps what was not moved
    checkpoints_.count(std::chrono::steady_clock::now() - since);
    // A reader may keep the log from being emptied; each try costs a sort of the log, so the next one waits.
    checkpoint_at_ = pages + kCheckpointPages / 4;
}

void SqliteGroup::add_to(WriterFigures& figures) const {
    figures.checkpoints = checkpoints_.read();
    figures.log_pages = static_cast<std::uint64_t>(log_pages_.load(std::memory_order_relaxed));
    figures.disk_failed = tx_->connection().sync_failed();
}

void SqliteGroup::close() noexcept {
    static_cast<void>(connection().checkpoint(Checkpoint::Truncate));
}

}  // namespace tenantry::db
