// The register's store. One writer commits in groups; readers are read-only snapshots, one per thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <type_traits>
#include <vector>

#include "base/histogram.hpp"
#include "base/result.hpp"
#include "db/transaction.hpp"

namespace tenantry::db {

/// How long one statement of a write may take where the register is asked over a wire.
enum class Pace : std::uint8_t {
    Prompt,   ///< a few seconds without a word, and the database is taken for gone
    Patient,  ///< as long as it takes: an import, an index made anew
};

/// One write, run on the writer's thread in a savepoint of its own, or of several that only add.
class WriteJob {
  public:
    virtual ~WriteJob() = default;
    /// Says what run() will ask first (Transaction::expect), where the engine sends that along with the end
    /// of the job before. May be called more than once.
    [[nodiscard]] virtual Result<void> look_ahead(Transaction& /*transaction*/) { return {}; }
    /// An error takes back what this job did, and nothing else.
    [[nodiscard]] virtual Result<void> run(Transaction& transaction) = 0;
    /// Whether what it changes is rows that are new, and no other such job expects a row that it makes. Such
    /// jobs may go together, where the engine sends their rows as one; if one of those is refused, all of
    /// them run once more, each by itself.
    [[nodiscard]] virtual bool only_adds() const { return false; }
    /// Called once, on the writer's thread (or the caller's, when the queue is full): after the commit is
    /// durable, with run()'s outcome; or with the commit's error. Must not throw or block.
    virtual void finished(Result<void> outcome) noexcept = 0;
    /// Whether it changes what one person's request does, and not what an import does: what its savepoint
    /// would go back to is then kept in memory.
    [[nodiscard]] virtual bool is_brief() const { return false; }
    [[nodiscard]] virtual Pace pace() const { return Pace::Prompt; }
    /// Whether it is refused with DiskFull before the disk is full, and leaves the rest to what others can
    /// do without: nobody reads where the journal of readings cannot be written.
    [[nodiscard]] virtual bool leaves_reserve() const { return false; }
};

enum class Urgency : std::uint8_t {
    Now,      ///< starts a group as soon as the writer is free
    MayWait,  ///< rides with the next group, or starts one after Database::kMayWait
};

/// One thread's read-only connection. Between begin() and end() it is a Transaction on one snapshot, which
/// the first query takes. Goes before its Database does.
class Reader : public Transaction {
  public:
    [[nodiscard]] virtual Result<void> begin() = 0;
    virtual void end() noexcept = 0;
    [[nodiscard]] virtual bool in_snapshot() const = 0;
    /// Whether a statement failed in a way that leaves nothing to be read in this snapshot.
    [[nodiscard]] virtual bool has_failed() const { return false; }
    /// A number of the snapshot: equal to an earlier one's only if nothing was committed in between.
    [[nodiscard]] virtual Result<std::int64_t> data_version() = 0;
    /// Ends a statement that runs, which then fails. From any thread, while the reader lives. An engine that
    /// cannot lets it end by itself.
    virtual void interrupt() noexcept {}
};

/// How an engine's writer stands, and what it did since the start.
struct WriterFigures {
    std::uint64_t waiting = 0;
    std::uint64_t waiting_most = 0;
    std::uint64_t refused = 0;  ///< because too many waited
    std::uint64_t groups = 0;   ///< that were committed
    std::uint64_t writes = 0;   ///< in them
    std::uint64_t failed = 0;   ///< groups that were not committed
    Histogram::Counts commits;  ///< from the first statement of a group to the end of its commit
    Histogram::Counts checkpoints;
    std::uint64_t log_pages = 0;
    bool disk_failed = false;  ///< no more is written until a restart
};

/// How much a reader should keep in memory, and how long its statements may take.
enum class ReaderUse : std::uint8_t {
    Constant,    ///< an event loop's: much memory, no time
    Prompt,      ///< what a request waits for: little memory, no time
    Occasional,  ///< a report, a command: little memory, as long as it takes
};

/// What must be so before anything is written.
using GroupPrelude = std::function<Result<void>(Transaction&)>;

/// How many parts of how many are copied.
using CopyProgress = std::function<void(std::size_t done, std::size_t in_all)>;

/// What one commit changed, in the pages of the register's file.
struct CommittedPages {
    std::uint32_t page_bytes = 0;
    std::uint32_t pages_in_all = 0;           ///< that the file has after it
    std::vector<std::uint32_t> numbers = {};  ///< from 1
    Bytes content = {};                       ///< one page after the other, in the order of the numbers
};

/// Is told what each commit changed. Called on the writer's thread, in order; must not throw or block.
class CommitFollower {
  public:
    virtual ~CommitFollower() = default;
    virtual void committed(CommittedPages pages) noexcept = 0;
    /// There was a commit that it is not told of: too large, or not to be read.
    virtual void missed() noexcept = 0;
    /// What was removed before is no longer in the register's file, and may be in what was told before.
    virtual void scrubbed() noexcept = 0;
};

/// Thread-safe.
class Database {
  public:
    static constexpr std::chrono::milliseconds kMayWait{250};

    virtual ~Database() = default;

    /// Whether other processes may read and write the register at the same time.
    [[nodiscard]] virtual bool is_shared() const { return false; }
    /// Where it is shared: from now on runs this at the beginning of each group, when no other process writes
    /// any more, on the writer's thread. An error is the outcome of all its writes.
    virtual void before_each_group(const GroupPrelude& /*prelude*/) {}
    /// Queues a write. Never blocks: a full queue answers the job with Unavailable at once.
    virtual void write(std::unique_ptr<WriteJob> job, Urgency urgency) = 0;
    [[nodiscard]] virtual Result<std::unique_ptr<Reader>> open_reader(
        ReaderUse use = ReaderUse::Occasional) = 0;
    /// Moves the write-ahead log into the database and empties it, so that what was removed is in no file.
    /// Waits for the writer, and some seconds for readers that need the log: Unavailable where they go on.
    [[nodiscard]] virtual Result<void> empty_log() = 0;
    /// PRAGMA integrity_check and its like. Corrupt when it fails.
    [[nodiscard]] virtual Result<void> check_integrity() = 0;
    /// Leaves no trace in the files of what was removed before: empties the log, and overwrites what pages
    /// still hold of rows that are not in them any more. In steps, between which others' writes go on.
    /// Unavailable: a reader is in the way; try again later. Not for the writer's or a loop's thread.
    [[nodiscard]] virtual Result<void> scrub() = 0;
    /// Nothing of an engine that has no one writer.
    [[nodiscard]] virtual std::optional<WriterFigures> writer_figures() const { return std::nullopt; }
    /// Copies all, as one snapshot, into a file that is there and empty, while others write. It is not
    /// durable yet. Not for the writer's or a loop's thread. Invalid where the engine has a tool for that.
    [[nodiscard]] virtual Result<void> copy_to(const std::filesystem::path& /*file*/,
                                               const CopyProgress& /*progress*/) {
        return Error{Code::Invalid, "this register is backed up with its own database's tools"};
    }
    /// From now on tells this follower of commits; nobody where it is null. Waits for the writer, and not for
    /// what the follower does with it. Invalid as copy_to().
    [[nodiscard]] virtual Result<void> follow(const std::shared_ptr<CommitFollower>& /*follower*/) {
        return Error{Code::Invalid, "this register is copied with its own database's tools"};
    }

    /// Runs work(Transaction&) -> Result<T> as a write and waits for the commit. Not for the writer's or a
    /// loop's thread.
    template <class Work>
    [[nodiscard]] auto write_and_wait(Work work, Pace pace = Pace::Prompt)
        -> std::invoke_result_t<Work&, Transaction&>;
};

template <class Work>
auto Database::write_and_wait(Work work, Pace pace) -> std::invoke_result_t<Work&, Transaction&> {
    using Outcome = std::invoke_result_t<Work&, Transaction&>;
    class Job final : public WriteJob {
      public:
        Job(Work& todo, Pace pace, std::optional<Outcome>& answer, std::promise<void>& done)
            : work_(todo), pace_(pace), answer_(answer), done_(done) {}
        Result<void> run(Transaction& transaction) override {
            answer_.emplace(work_(transaction));
            if (!answer_->ok()) {
                return answer_->error();
            }
            return {};
        }
        void finished(Result<void> outcome) noexcept override {
            if (!outcome.ok()) {
                answer_.emplace(outcome.error());
            }
            done_.set_value();
        }
        [[nodiscard]] Pace pace() const override { return pace_; }

      private:
        Work& work_;
        const Pace pace_;
        std::optional<Outcome>& answer_;
        std::promise<void>& done_;
    };
    std::optional<Outcome> answer;
    std::promise<void> done;
    auto waiting = done.get_future();
    write(std::make_unique<Job>(work, pace, answer, done), Urgency::Now);
    waiting.wait();
    return std::move(*answer);
}

}  // namespace tenantry::db
