// What takes more than one write: finding all that retention says is due, carrying out all that was approved,
// leaving no trace in the files. Reads in snapshots of its own and writes little at a time, so that nobody
// waits for long. For one thread, which is not the writer's or a loop's; it goes before its database does.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "audit/work.hpp"
#include "db/database.hpp"
#include "rights/duty.hpp"

namespace tenantry::rights {

class Upkeep {
  public:
    Upkeep(db::Database& database, const crypto::KeyRing& keys, const Clock& clock, audit::Actor actor = {})
        : database_(database), keys_(keys), clock_(clock), actor_(std::move(actor)) {}

    using IsStopping = std::function<bool()>;

    /// Proposes all that is due; how many are new.
    [[nodiscard]] Result<std::int64_t> propose(const IsStopping& is_stopping = [] { return false; });

    struct Carried {
        std::int64_t erased = 0;
        std::int64_t stayed = 0;  ///< because a condition holds no more, or the record is gone or damaged
    };
    /// Carries out what is approved, then scrubs. Ended half-way, it goes on when it is called again.
    [[nodiscard]] Result<Carried> run(const IsStopping& is_stopping = [] { return false; });

    /// Carries out what is approved, unless that was done within this time. 0: never. What is due is found
    /// when somebody asks: that goes through every record, and would take a processor at each start.
    [[nodiscard]] Result<void> run_if_due(std::chrono::hours every, const IsStopping& is_stopping);

    /// Merges the text indexes, which keep what they were told to forget until then, and has the database
    /// scrubbed.
    [[nodiscard]] Result<void> scrub();

    /// Does what was wanted in the transaction of a change (rights/duty.hpp). What a stop ends half-way is
    /// still wanted.
    [[nodiscard]] Result<void> do_duties(const IsStopping& is_stopping);

  private:
    template <class Do>
    [[nodiscard]] auto write(Do work) {
        return database_.write_and_wait([&](db::Transaction& tx) {
            audit::Work writing{tx, keys_, actor_, clock_.now(), nullptr};
            return work(writing);
        });
    }
    template <class Do>
    [[nodiscard]] auto read(Do work) -> std::invoke_result_t<Do&, db::Transaction&> {
        if (!reader_) {
            reader_ = TRY(database_.open_reader());
        }
        TRY(reader_->begin());
        auto answer = work(*reader_);
        reader_->end();
        return answer;
    }
    [[nodiscard]] Result<void> merge(const db::Sql& statement);
    [[nodiscard]] Result<void> do_duties(std::span<const Duty> duties, const IsStopping& is_stopping);

    db::Database& database_;
    const crypto::KeyRing& keys_;
    const Clock& clock_;
    audit::Actor actor_;
    std::unique_ptr<db::Reader> reader_;  ///< opened when it is first needed
};

}  // namespace tenantry::rights
