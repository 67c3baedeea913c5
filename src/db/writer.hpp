// The writer's thread, of either engine: takes all waiting writes, runs each in a savepoint (where the engine
// gains by it, those that only add in one), commits once, answers them all, and only then tidies up.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "base/thread_annotations.hpp"
#include "db/database.hpp"

namespace tenantry::db {

struct WriterOptions {
    std::size_t queue_limit = 4096;  ///< writes waiting; one more is refused with Unavailable
    std::size_t group_limit = 256;   ///< writes in one commit
};

/// What the writes of a group are.
struct GroupKind {
    bool all_brief;  ///< WriteJob::is_brief()
    Pace pace;       ///< of the most patient one
};

/// Those of a savepoint: one, or several that only add.
using Jobs = std::span<WriteJob* const>;

/// The connection that writes, as the writer's thread uses it.
class GroupConnection {
  public:
    virtual ~GroupConnection() = default;

    [[nodiscard]] virtual Transaction& transaction() = 0;
    /// Whether there is little room left, before a group begins.
    [[nodiscard]] virtual bool is_short_of_room() { return false; }
    /// Begins a group. After it no other process writes until the commit. Unavailable: not now.
    [[nodiscard]] virtual Result<void> begin(const GroupKind& kind) = 0;
    /// So many jobs at most that only add share a savepoint.
    [[nodiscard]] virtual std::size_t most_jobs() const { return 1; }
    [[nodiscard]] virtual Result<void> begin_jobs(Jobs jobs) = 0;
    /// Keeps what the jobs did, and begins the next ones, if there are any: over a wire that is one way there
    /// and back. An error: it was not all done, and is still to be taken back; the next ones are not begun.
    [[nodiscard]] virtual Result<void> keep_jobs(Jobs next) = 0;
    /// Takes back what the jobs did. An error: it is not.
    [[nodiscard]] virtual Result<void> take_back_jobs() = 0;
    /// Before each one of several jobs.
    virtual void begin_one() {}
    /// Takes back what was done since, and nothing of the jobs before it. False: it cannot.
    [[nodiscard]] virtual bool take_back_one() { return false; }
    /// Durable when it returns. An error: nothing of the group is, or nobody knows.
    [[nodiscard]] virtual Result<void> commit() = 0;
    virtual void roll_back() noexcept = 0;
    /// False after begin() where the engine gave the whole group up.
    [[nodiscard]] virtual bool in_transaction() const = 0;
    [[nodiscard]] virtual bool has_open_rows() const = 0;
    /// Why it was given up.
    [[nodiscard]] virtual Error last_failure() const = 0;
    /// Between two groups, when all are answered.
    virtual void tidy_up() = 0;
    /// After the last group.
    virtual void close() noexcept = 0;
    /// What only this engine counts. Any thread.
    virtual void add_to(WriterFigures& figures) const { static_cast<void>(figures); }
};

/// write() is thread-safe. The destructor finishes what waits, then closes the connection.
class Writer {
  public:
    Writer(std::unique_ptr<GroupConnection> connection, WriterOptions options);
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;
    ~Writer();

    void write(std::unique_ptr<WriteJob> job, Urgency urgency);
    /// As Database::before_each_group().
    void before_each_group(const GroupPrelude& prelude);
    [[nodiscard]] WriterFigures figures() const;
    /// Runs task() -> Result<T> on the writer's thread outside any transaction, when those that wait have
    /// been committed, and waits for it.
    template <class Task>
    [[nodiscard]] auto run_between(Task task) -> std::invoke_result_t<Task&> {
        std::promise<std::invoke_result_t<Task&>> answer;
        auto waiting = answer.get_future();
        {
            const Lock lock{mutex_};
            if (stopping_) {
                return Error{Code::Unavailable, "the register is being closed"};
            }
            between_.emplace_back([&] { answer.set_value(task()); });
        }
        wakes_.notify_one();
        return waiting.get();
    }

  private:
    using Steady = std::chrono::steady_clock;
    struct Waiting {
        std::unique_ptr<WriteJob> job;
        Urgency urgency;
        Steady::time_point due;
        Result<void> outcome = {};
        bool refused_alone = false;  ///< of several jobs, which need not run it again
    };
    using Group = std::vector<Waiting>;
    /// Some of a group, in their order: with their outcomes, and as the connection takes them.
    struct Runs {
        std::span<Waiting* const> waiting = {};
        Jobs jobs = {};

        [[nodiscard]] std::size_t size() const { return jobs.size(); }
        [[nodiscard]] Runs part(std::size_t from, std::size_t count = std::dynamic_extent) const {
            return {waiting.subspan(from, count), jobs.subspan(from, count)};
        }
    };

    /// Takes the job into the queue, or leaves it where it is.
    [[nodiscard]] bool accept(std::unique_ptr<WriteJob>& job, Urgency urgency);
    void work();
    /// Blocks until a group or a task between groups is due. Nothing when the writer stops and no write waits
    /// any more.
    [[nodiscard]] std::optional<Group> take_group();
    [[nodiscard]] bool is_due() const REQUIRES(mutex_);
    [[nodiscard]] Result<void> commit(Group& group);
    void count(std::size_t writes, bool committed, Steady::time_point since);
    /// Begins a group, and gives it up where the prelude fails.
    [[nodiscard]] Result<void> begin(const GroupKind& kind);
    /// The first ones that share a savepoint.
    [[nodiscard]] Runs first_of(const Runs& runs) const;
    /// Runs all of them, unless the connection gives the group up.
    void run_all(Runs runs);
    /// Runs them one by one, but for those that were refused alone, and begins the next ones.
    void run_each(const Runs& runs, const Runs& next);
    /// Runs jobs in a savepoint, which is begun if begun_, and begins that of the next ones if there are any.
    /// False: what they did is taken back, whatever outcomes they have.
    [[nodiscard]] bool run_in_savepoint(const Runs& runs, const Runs& next);
    /// False: one was refused, and not taken back alone.
    [[nodiscard]] bool run_jobs(const Runs& runs);
    void run_tasks_between();

    const WriterOptions options_;
    std::unique_ptr<GroupConnection> connection_;  ///< the writer's thread alone, but for add_to()
    GroupPrelude prelude_;                         ///< the writer's thread alone
    bool begun_ = false;                           ///< the next jobs of the group

    // Counted by the writer's thread, read by any.
    std::atomic<std::uint64_t> groups_ = 0;
    std::atomic<std::uint64_t> writes_ = 0;
    std::atomic<std::uint64_t> failed_ = 0;
    Histogram commits_;

    mutable Mutex mutex_;
    std::condition_variable_any wakes_;
    std::deque<Waiting> queue_ GUARDED_BY(mutex_);
    std::size_t urgent_ GUARDED_BY(mutex_) = 0;  ///< how many in the queue are not MayWait
    std::uint64_t refused_ GUARDED_BY(mutex_) = 0;
    std::vector<std::function<void()>> between_ GUARDED_BY(mutex_);
    bool stopping_ GUARDED_BY(mutex_) = false;

    std::thread thread_;
};

}  // namespace tenantry::db
