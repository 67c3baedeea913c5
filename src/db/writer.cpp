#include "db/writer.hpp"

#include <algorithm>
#include <utility>

#include "base/log.hpp"

namespace tenantry::db {

namespace {

const Result<void> kNearlyFull = Error{Code::DiskFull, "the disk is nearly full"};

/// What act() says of a job, whose exceptions end here.
template <class Act>
Result<void> fenced(Act act) {
    try {
        return act();
    } catch (...) {
        log(LogLevel::Error, "a write threw an exception");
        return Error{Code::Internal, "the write failed"};
    }
}

}  // namespace

Writer::Writer(std::unique_ptr<GroupConnection> connection, WriterOptions options)
    : options_(options), connection_(std::move(connection)), thread_([this] { work(); }) {}

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
        ++refused_;
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

void Writer::before_each_group(const GroupPrelude& prelude) {
    static_cast<void>(run_between([&]() -> Result<void> {
        prelude_ = prelude;
        return {};
    }));
}

void Writer::work() {
    for (auto group = take_group(); group; group = take_group()) {
        if (!group->empty()) {
            const auto since = Steady::now();
            const auto committed = commit(*group);
            count(group->size(), committed.ok(), since);
            for (Waiting& one : *group) {
                one.job->finished(committed.ok() ? one.outcome : committed);
            }
            group->clear();
            connection_->tidy_up();
        }
        run_tasks_between();
    }
    run_tasks_between();
    connection_->close();
}

void Writer::count(std::size_t writes, bool committed, Steady::time_point since) {
    if (!committed) {
        failed_.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    groups_.fetch_add(1, std::memory_order_relaxed);
    writes_.fetch_add(writes, std::memory_order_relaxed);
    commits_.count(Steady::now() - since);
}

WriterFigures Writer::figures() const {
    WriterFigures figures;
    figures.waiting_most = options_.queue_limit;
    figures.groups = groups_.load(std::memory_order_relaxed);
    figures.writes = writes_.load(std::memory_order_relaxed);
    figures.failed = failed_.load(std::memory_order_relaxed);
    figures.commits = commits_.read();
    connection_->add_to(figures);
    const Lock lock{mutex_};
    figures.waiting = queue_.size();
    figures.refused = refused_;
    return figures;
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
    std::vector<std::function<void()>> tasks;
    {
        const Lock lock{mutex_};
        tasks.swap(between_);
    }
    for (const auto& task : tasks) {
        task();
    }
}

Result<void> Writer::commit(Group& group) {
    const GroupKind kind{
        std::ranges::all_of(group, [](const Waiting& one) { return one.job->is_brief(); }),
        std::ranges::any_of(group, [](const Waiting& one) { return one.job->pace() == Pace::Patient; })
            ? Pace::Patient
            : Pace::Prompt};
    const bool is_short = connection_->is_short_of_room();
    std::vector<Waiting*> waiting;
    std::vector<WriteJob*> jobs;
    waiting.reserve(group.size());
    jobs.reserve(group.size());
    for (Waiting& one : group) {
        if (is_short && one.job->leaves_reserve()) {
            one.outcome = kNearlyFull;
        } else {
            waiting.push_back(&one);
            jobs.push_back(one.job.get());
        }
    }
    TRY(begin(kind));
    run_all({waiting, jobs});
    if (!connection_->in_transaction()) {
        // The engine gave the whole transaction up (a full disk, a lost connection), the neighbours' work
        // with it.
        return connection_->last_failure();
    }
    auto committed = fenced([&] { return connection_->transaction().end_group(); });
    if (committed.ok()) {
        committed = connection_->commit();
    }
    if (!committed.ok() && connection_->in_transaction()) {
        connection_->roll_back();
    }
    return committed;
}

Result<void> Writer::begin(const GroupKind& kind) {
    begun_ = false;
    connection_->transaction().begin_group();
    TRY(connection_->begin(kind));
    auto begun = prelude_ ? prelude_(connection_->transaction()) : Result<void>{};
    if (!begun.ok() && connection_->in_transaction()) {
        connection_->roll_back();
    }
    return begun;
}

Writer::Runs Writer::first_of(const Runs& runs) const {
    std::size_t count = std::min<std::size_t>(runs.size(), 1);
    if (count == 1 && runs.jobs.front()->only_adds()) {
        const auto most = std::min(runs.size(), connection_->most_jobs());
        while (count < most && runs.jobs[count]->only_adds()) {
            ++count;
        }
    }
    return runs.part(0, count);
}

void Writer::run_all(Runs runs) {
    while (runs.size() > 0 && connection_->in_transaction()) {
        const Runs together = first_of(runs);
        runs = runs.part(together.size());
        const Runs next = first_of(runs);
        if (!run_in_savepoint(together, next) && together.size() > 1) {
            run_each(together, next);
        }
    }
}

void Writer::run_each(const Runs& runs, const Runs& next) {
    for (std::size_t i = 0; i < runs.size() && connection_->in_transaction(); ++i) {
        if (!runs.waiting[i]->refused_alone) {
            static_cast<void>(run_in_savepoint(runs.part(i, 1), i + 1 < runs.size() ? Runs{} : next));
        }
    }
}

bool Writer::run_in_savepoint(const Runs& runs, const Runs& next) {
    if (!std::exchange(begun_, false) && !fenced([&] { return connection_->begin_jobs(runs.jobs); }).ok()) {
        connection_->roll_back();  // what was done before them would not be kept either
        return false;
    }
    Transaction& tx = connection_->transaction();
    const auto left_before = tx.all_left_to_end();
    bool kept = run_jobs(runs);
    if (kept) {
        const auto outcome = fenced([&] { return connection_->keep_jobs(next.jobs); });
        kept = outcome.ok();
        begun_ = kept && next.size() > 0;
        if (!kept) {
            runs.waiting.front()->outcome = outcome;
        }
    }
    if (!kept && connection_->in_transaction()) {
        tx.go_back_to(left_before);
        if (!connection_->take_back_jobs().ok()) {
            connection_->roll_back();
        }
    }
    return kept;
}

bool Writer::run_jobs(const Runs& runs) {
    Transaction& tx = connection_->transaction();
    const bool several = runs.size() > 1;
    for (Waiting* const one : runs.waiting) {
        auto left_before = several ? tx.all_left_to_end() : AllLeftToEnd{};
        if (several) {
            connection_->begin_one();
        }
        one->outcome = fenced([&] { return one->job->run(tx); });
        VERIFY(!connection_->has_open_rows());
        if (!connection_->in_transaction()) {
            return false;
        }
        if (!one->outcome.ok()) {
            one->refused_alone = several && connection_->take_back_one();
            if (!one->refused_alone) {
                return false;
            }
            tx.go_back_to(std::move(left_before));
        }
    }
    return true;
}

}  // namespace tenantry::db
