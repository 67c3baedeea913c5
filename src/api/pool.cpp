#include "api/pool.hpp"

#include <algorithm>

namespace tenantry::api {

namespace {

/// So many tasks at most share a snapshot: what one of them waits for, all wait for.
constexpr std::size_t kTogether = 32;
/// So many snapshots are shared at a time. What comes while they are read goes together into the next, which
/// costs the database less than one for each.
constexpr std::size_t kShared = 2;

constexpr Error kBusy{Code::Unavailable, "The server is busy; try again shortly"};

}  // namespace

Result<std::unique_ptr<Pool>> Pool::create(db::Database& database, const Limits& limits,
                                           SnapshotEnded snapshot_ended) {
    std::unique_ptr<Pool> pool{new Pool(limits, std::move(snapshot_ended))};
    for (unsigned i = 0; i < limits.threads; ++i) {
        pool->readings_.push_back({TRY(database.open_reader(db::ReaderUse::Prompt))});
    }
    for (auto& reading : pool->readings_) {
        pool->threads_.emplace_back([&self = *pool, &own = reading] { self.work(own); });
    }
    return pool;
}

Pool::~Pool() {
    stop();
    for (auto& thread : threads_) {
        thread.join();
    }
}

void Pool::stop() {
    std::deque<Waiting> dropped;  // goes without the lock: what a task holds may want to answer
    std::deque<Waiting> dropped_too;
    {
        const Lock lock{mutex_};
        stopping_ = true;
        dropped.swap(alone_);
        dropped_too.swap(together_);
        for (auto* each : resting_) {
            each->notify_one();
        }
    }
    dropped.clear();
    dropped_too.clear();
    const Lock lock{mutex_};
    while (running_ > 0) {
        for (const auto& reading : readings_) {
            reading.reader->interrupt();
        }
        // A task may have been between two statements.
        constexpr std::chrono::milliseconds kAgain{20};
        ends_.wait_for(mutex_, kAgain);
    }
}

Pool::Figures Pool::figures() const {
    const Lock lock{mutex_};
    return {alone_.size() + together_.size(), refused_};
}

bool Pool::accept(std::unique_ptr<Task>& task) {
    const Lock lock{mutex_};
    if (alone_.size() + together_.size() >= limits_.queue || stopping_) {
        ++refused_;
        return false;
    }
    auto& queue = task->looks_ahead() ? together_ : alone_;
    queue.push_back({std::move(task), std::chrono::steady_clock::now()});
    // One thread at a time is woken, and wakes the next where it leaves something: what comes meanwhile may
    // go together with what it came for.
    if (!waking_ && has_work()) {
        wake_one();
    }
    return true;
}

void Pool::run(std::unique_ptr<Task> task) {
    if (!accept(task)) {
        task->refuse(kBusy);
    }
}

bool Pool::may_share() const {
    return !together_.empty() && shared_ < kShared;
}

bool Pool::has_work() const {
    return !alone_.empty() || may_share();
}

void Pool::wake_one() {
    waking_ = true;
    if (!resting_.empty()) {
        resting_.back()->notify_one();
    }
}

Pool::Tasks Pool::take(std::condition_variable_any& woken) {
    const Lock lock{mutex_};
    while (!has_work() && !stopping_) {
        waking_ = false;
        resting_.push_back(&woken);
        woken.wait(mutex_);
        std::erase(resting_, &woken);
    }
    // Whoever came first; of those that go together, as many as there are.
    const bool shares = may_share() && (alone_.empty() || together_.front().since <= alone_.front().since);
    auto& queue = shares ? together_ : alone_;
    Tasks tasks;
    while (!queue.empty() && tasks.size() < (shares ? kTogether : 1)) {
        tasks.push_back(std::move(queue.front()));
        queue.pop_front();
    }
    shared_ += shares ? 1U : 0U;
    waking_ = false;
    if (has_work()) {
        wake_one();
    }
    running_ += tasks.empty() ? 0U : 1U;
    return tasks;
}

void Pool::refuse_late(Tasks& tasks) const {
    const auto now = std::chrono::steady_clock::now();
    std::erase_if(tasks, [&](const Waiting& one) {
        const bool is_late = now - one.since > limits_.wait;
        if (is_late) {
            one.task->refuse(kBusy);
        }
        return is_late;
    });
}

void Pool::run_together(Tasks& tasks, Reading& own) {
    db::Reader& reader = *own.reader;
    const auto since = std::chrono::steady_clock::now();
    const auto begin = [&]() -> Result<void> {
        TRY(reader.begin());
        for (const auto& one : tasks) {
            TRY(one.task->look_ahead(reader));
        }
        return {};
    };
    auto begun = begin();
    for (const Waiting& one : tasks) {
        if (begun.ok() && reader.has_failed()) {
            // To ask for the others one by one might take each as long.
            begun = kBusy;
        }
        if (begun.ok()) {
            one.task->run(own);
        } else {
            one.task->refuse(begun.error());
        }
    }
    if (reader.in_snapshot()) {
        reader.end();
        snapshot_ended_(std::chrono::steady_clock::now() - since);
    }
}

void Pool::work(Reading& own) {
    std::condition_variable_any woken;
    for (Tasks tasks = take(woken); !tasks.empty(); tasks = take(woken)) {
        const bool shared = tasks.front().task->looks_ahead();
        refuse_late(tasks);
        if (!tasks.empty()) {
            run_together(tasks, own);
            tasks.clear();
        }
        const Lock lock{mutex_};
        --running_;
        shared_ -= shared ? 1U : 0U;
        ends_.notify_all();
    }
}

}  // namespace tenantry::api
