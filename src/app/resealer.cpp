#include "app/resealer.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

#include "app/instance.hpp"
#include "app/sql.hpp"
#include "base/log.hpp"

namespace tenantry::app {

namespace {

constexpr std::chrono::milliseconds kProgressEvery{100};
/// After a failure, such as a full disk.
constexpr std::chrono::seconds kTryAgainAfter{5};
constexpr Error kStopped{Code::Unavailable,
                         "stopped before all was sealed anew; the next start of the server goes on with it"};

struct Cursor {
    const rights::SealedNoun* noun;
    std::int64_t after;
};

/// The tables that are not through yet, and how far each is.
Result<std::vector<Cursor>> read_cursors(db::Transaction& tx) {
    std::vector<Cursor> cursors;
    db::Rows rows = TRY(tx.query(sql::resealing::list));
    while (TRY(rows.next())) {
        std::string_view table;
        std::int64_t after = 0;
        rows.into(table, after);
        const auto nouns = rights::sealed_nouns();
        const auto noun = std::ranges::find(nouns, table, &rights::SealedNoun::table);
        if (noun == nouns.end()) {
            return Error{Code::Corrupt, "a table is to be sealed anew that is none"};
        }
        cursors.push_back({&*noun, after});
    }
    return cursors;
}

constexpr Error kCursorMoved{Code::Conflict, "an earlier batch was not stored, so this one was not either"};

/// Stores a batch and moves the cursor from where the batch before left it: where that one could not be
/// committed, this one must not be either, or its rows would be passed over.
class StoreBatch final : public db::WriteJob {
  public:
    StoreBatch(Instance& instance, const rights::SealedNoun& noun, std::int64_t from, audit::Resealing some)
        : instance_(instance), noun_(noun), from_(from), some_(std::move(some)) {}

    [[nodiscard]] BatchOnItsWay watch() { return {begun_.get_future(), committed_.get_future()}; }

    Result<void> run(db::Transaction& tx) override {
        has_begun_ = true;
        begun_.set_value();
        audit::Work work{tx, instance_.keys(), {}, instance_.clock().now(), nullptr};
        const auto moved = some_.is_through()
                               ? tx.execute(sql::resealing::remove, noun_.table, from_)
                               : tx.execute(sql::resealing::move, noun_.table, from_, some_.reached());
        if (TRY(moved) != 1) {
            return kCursorMoved;
        }
        TRY(some_.store(work, noun_.damage));
        if (!some_.is_through() || TRY(TRY(tx.query(sql::resealing::list)).next())) {
            return {};
        }
        return work.changed({.action = "key.resealed", .resource = instance_.keys().active_field_key()});
    }
    void finished(Result<void> outcome) noexcept override {
        if (!has_begun_) {
            begun_.set_value();
        }
        committed_.set_value(outcome);
    }
    [[nodiscard]] bool is_brief() const override { return true; }

  private:
    Instance& instance_;
    const rights::SealedNoun& noun_;
    const std::int64_t from_;
    const audit::Resealing some_;
    bool has_begun_ = false;
    std::promise<void> begun_;
    std::promise<Result<void>> committed_;
};

/// The loops that answer requests go first where a processor is short; not by much, for a rotation that takes
/// hours would leave the former key in use as long.
void lower_priority_of_this_thread() {
    constexpr int kNicer = 2;
    static_cast<void>(::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNicer));
}

}  // namespace

Resealer::Resealer(Instance& instance) : instance_(instance), thread_([this] { run(); }) {}

Resealer::~Resealer() {
    stop();
    thread_.join();
}

void Resealer::stop() {
    {
        const Lock lock{mutex_};
        stopping_ = true;
    }
    changes_.notify_all();
}

Result<void> Resealer::wait(const std::function<void(std::size_t)>& progress) {
    const std::size_t before = rows_;
    std::uint64_t wanted = 0;
    {
        const Lock lock{mutex_};
        wanted = ++asked_;
    }
    changes_.notify_all();
    for (;;) {
        progress(rows_ - before);
        const Lock lock{mutex_};
        if (done_ >= wanted) {
            return outcome_;
        }
        if (stopping_) {
            return kStopped;
        }
        changes_.wait_for(mutex_, kProgressEvery);
    }
}

void Resealer::run() {
    lower_priority_of_this_thread();
    for (;;) {
        std::uint64_t asked = 0;
        {
            const Lock lock{mutex_};
            while (!stopping_ && asked_ == done_) {
                changes_.wait(mutex_);
            }
            if (stopping_) {
                return;
            }
            asked = asked_;
        }
        const auto outcome = reseal_beside_others();
        reader_.reset();
        if (!outcome.ok() && !stopping_) {
            log(LogLevel::Error, "records could not be sealed anew", {{"reason", outcome.error().text}});
        }
        const bool failed = !outcome.ok();
        {
            const Lock lock{mutex_};
            done_ = asked;
            outcome_ = outcome;
        }
        changes_.notify_all();
        if (failed) {
            pause();
        }
    }
}

void Resealer::pause() {
    const Lock lock{mutex_};
    const auto until = std::chrono::steady_clock::now() + kTryAgainAfter;
    while (!stopping_ && asked_ == done_ &&
           changes_.wait_until(mutex_, until) == std::cv_status::no_timeout) {
    }
    asked_ = std::max(asked_, done_ + 1);
}

Result<void> Resealer::reseal_beside_others() {
    for (;;) {
        auto outcome = reseal_all();
        const auto last = wait_for_writer(0);
        if (outcome.ok()) {
            outcome = last;
        }
        const bool was_overtaken = !outcome.ok() && instance_.database().is_shared() &&
                                   outcome.error().text.view() == kCursorMoved.text.view();
        if (!was_overtaken || stopping_) {
            return outcome;
        }
    }
}

Result<void> Resealer::reseal_all() {
    reader_ = TRY(instance_.database().open_reader());
    TRY(reader_->begin());
    const auto cursors = read_cursors(*reader_);
    std::uint32_t active = 0;
    const auto found = reader_->find(sql::data_key::find_active_field_key, std::tie(active));
    reader_->end();
    TRY(cursors);
    if (cursors->empty()) {
        return {};
    }
    TRY(found);
    if (active != instance_.keys().active_field_key()) {
        return Error{Code::Internal, "the active field key is not loaded; restart the server"};
    }
    for (const auto& cursor : *cursors) {
        TRY(reseal_table(*cursor.noun, cursor.after));
    }
    return {};
}

Result<void> Resealer::reseal_table(const rights::SealedNoun& noun, std::int64_t after) {
    std::int64_t stored = after;
    for (bool is_through = false; !is_through;) {
        if (stopping_) {
            return kStopped;
        }
        auto batch = TRY(read_batch(noun, after));
        is_through = batch.is_through();
        after = batch.reached();
        if (batch.has_any() || is_through) {
            TRY(hand_over(noun, stored, std::move(batch)));
            stored = after;
        }
    }
    return {};
}

Result<void> Resealer::hand_over(const rights::SealedNoun& noun, std::int64_t from, audit::Resealing batch) {
    if (!on_their_way_.empty()) {
        on_their_way_.back().begun.wait();
    }
    TRY(wait_for_writer(1));
    rows_ += batch.rows();
    auto job = std::make_unique<StoreBatch>(instance_, noun, from, std::move(batch));
    on_their_way_.push_back(job->watch());
    instance_.database().write(std::move(job), db::Urgency::Now);
    return {};
}

Result<void> Resealer::wait_for_writer(std::size_t left) {
    Result<void> outcome;
    while (on_their_way_.size() > left) {
        const auto committed = on_their_way_.front().committed.get();
        on_their_way_.pop_front();
        outcome = outcome.ok() ? committed : outcome;
    }
    return outcome;
}

Result<audit::Resealing> Resealer::read_batch(const rights::SealedNoun& noun, std::int64_t after) {
    audit::Resealing some{instance_.keys(), db::sealed_table(noun.table), after};
    TRY(reader_->begin());
    const auto sealed = noun.reseal(*reader_, some);
    reader_->end();
    TRY(sealed);
    return some;
}

}  // namespace tenantry::app
