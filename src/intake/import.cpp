#include "intake/import.hpp"

#include "base/log.hpp"
#include "intake/import_folder.hpp"

namespace tenantry::intake {

namespace fs = std::filesystem;

Result<RecordCounts> import_folder(const fs::path& folder, const Target& target, crypto::PasswordCost cost,
                                   const StepProgress& progress, RowErrors& errors) {
    const auto of = [&progress](Step step) -> RecordProgress {
        return
            [&progress, step](std::size_t done, std::size_t in_all) { return progress(step, done, in_all); };
    };
    TRY(progress(Step::Checking, 0, 0));
    const auto checked = TRY(check_folder(folder, errors, of(Step::Checking)));
    TRY(progress(Step::Hashing, 0, 0));
    const auto hashes = TRY(hash_passwords(folder, cost, of(Step::Hashing), errors));
    TRY(progress(Step::Writing, 0, checked.total()));
    const auto write = [&](db::Transaction& tx) {
        audit::Work work{tx, target.keys, target.actor, target.clock.now(), nullptr};
        return work.in_batches([&] {
            housing::Importer importer{work};
            return write_folder(folder, checked, importer, of(Step::Writing), errors, hashes);
        });
    };
    TRY(target.database.write_and_wait(write, db::Pace::Patient));
    return checked;
}

namespace {

Import::Stage stage_of(Step step) {
    switch (step) {
        case Step::Checking:
            return Import::Stage::Checking;
        case Step::Hashing:
            return Import::Stage::Hashing;
        case Step::Writing:
            break;
    }
    return Import::Stage::Writing;
}

constexpr Error kUnderWay{Code::Conflict, "A folder is being checked or imported: wait until that has ended"};
constexpr Error kStopping{Code::Unavailable, "The server was stopped"};

}  // namespace

Import::Import(db::Database& database, const crypto::KeyRing& keys, const Clock& clock, fs::path incoming,
               crypto::PasswordCost cost)
    : database_(database),
      keys_(keys),
      clock_(clock),
      incoming_(std::move(incoming)),
      cost_(cost),
      thread_([this] { run(); }) {}

void Import::stop() {
    {
        const Lock lock{mutex_};
        stopping_ = true;
    }
    wakes_.notify_one();
    if (thread_.joinable()) {
        thread_.join();
    }
}

Result<void> Import::check_startable(std::string_view folder) const {
    TRY(find_incoming(incoming_, folder));
    return state().is_running() ? Result<void>{kUnderWay} : Result<void>{};
}

Result<void> Import::start(std::string_view folder, Wish wish, audit::Actor actor) {
    auto path = TRY(find_incoming(incoming_, folder));
    {
        const Lock lock{mutex_};
        if (stopping_) {
            return kStopping;
        }
        if (state_.is_running()) {
            return kUnderWay;
        }
        done_ = 0;
        in_all_ = 0;
        state_ = {
            .stage = Stage::Checking, .wish = wish, .folder = std::string{folder}, .began_at = clock_.now()};
        job_ = Job{std::move(path), wish, std::move(actor)};
    }
    wakes_.notify_one();
    return {};
}

Import::State Import::state() const {
    const Lock lock{mutex_};
    State now = state_;
    now.done = done_;
    now.in_all = in_all_;
    return now;
}

void Import::run() {
    while (const auto job = next_job()) {
        RowErrors errors;
        end(carry_out(*job, errors), errors);
    }
}

std::optional<Import::Job> Import::next_job() {
    const Lock lock{mutex_};
    while (!job_ && !stopping_) {
        wakes_.wait(mutex_);
    }
    return stopping_ ? std::nullopt : std::exchange(job_, std::nullopt);
}

Result<RecordCounts> Import::carry_out(const Job& job, RowErrors& errors) {
    if (job.wish == Wish::Check) {
        return check_folder(job.folder, errors, [this](std::size_t done, std::size_t in_all) {
            return note(Step::Checking, done, in_all);
        });
    }
    return import_folder(
        job.folder, {database_, keys_, clock_, job.actor}, cost_,
        [this](Step step, std::size_t done, std::size_t in_all) { return note(step, done, in_all); }, errors);
}

Result<void> Import::note(Step step, std::size_t done, std::size_t in_all) {
    if (stopping_) {
        return kStopping;
    }
    done_ = done;
    in_all_ = in_all;
    if (done == 0) {
        const Lock lock{mutex_};
        state_.stage = stage_of(step);
    }
    return {};
}

void Import::end(const Result<RecordCounts>& outcome, const RowErrors& errors) {
    const Lock lock{mutex_};
    state_.ended_at = clock_.now();
    if (outcome.ok()) {
        state_.stage = Stage::Done;
        state_.counts = *outcome;
    } else {
        state_.stage = Stage::Failed;
        state_.errors = errors.all();
        state_.reason = errors.empty() ? outcome.error().text : Literal{""};
    }
    if (state_.wish == Wish::Check) {
        return;
    }
    if (outcome.ok()) {
        log(LogLevel::Info, "a folder was imported",
            {{"records", static_cast<std::int64_t>(state_.counts.total())}});
    } else {
        log(LogLevel::Warning, "a folder could not be imported; nothing was written",
            {{"reason", outcome.error().text}, {"rows", static_cast<std::int64_t>(errors.all().size())}});
    }
}

}  // namespace tenantry::intake
