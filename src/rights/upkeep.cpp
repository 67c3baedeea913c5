#include "rights/upkeep.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "rights/period.hpp"
#include "rights/retention.hpp"
#include "rights/sql.hpp"

namespace tenantry::rights {

namespace {

/// Pages of a text index that one write merges: some tens of milliseconds.
constexpr std::int64_t kMergePages = 500;

}  // namespace

Result<std::int64_t> Upkeep::propose(const IsStopping& is_stopping) {
    const auto rules = TRY(read([](db::Transaction& tx) { return RetentionRules::read(tx); }));
    const Date today = day_of(clock_.now());
    std::int64_t proposed = 0;
    for (const Kind kind : kKinds) {
        for (std::optional<std::int64_t> after = 0; after && !is_stopping();) {
            const auto batch =
                TRY(read([&](db::Transaction& tx) { return find_due(tx, rules, kind, *after, today); }));
            if (!batch.due.empty()) {
                proposed +=
                    TRY(write([&](audit::Work& work) { return rights::propose(work, kind, batch.due); }));
            }
            after = batch.last;
        }
    }
    return proposed;
}

Result<Upkeep::Carried> Upkeep::run(const IsStopping& is_stopping) {
    Carried all;
    for (std::int64_t after = 0; !is_stopping();) {
        const auto next = write([&](audit::Work& work) { return carry_out_next(work, after); });
        if (next.ok() && !*next) {
            break;
        }
        if (next.ok()) {
            after = (*next)->proposal;
            ++((*next)->erased ? all.erased : all.stayed);
            continue;
        }
        if (next.error().code == Code::Unavailable || next.error().code == Code::DiskFull) {
            return next.error();
        }
        const auto given_up = TRY(write([&](audit::Work& work) { return give_up_next(work, after); }));
        if (!given_up) {
            break;
        }
        after = *given_up;
        ++all.stayed;
    }
    constexpr std::array kAfterwards{Duty::Scrub};
    TRY(do_duties(kAfterwards, is_stopping));
    return all;
}

Result<void> Upkeep::run_if_due(std::chrono::hours every, const IsStopping& is_stopping) {
    const auto ran = TRY(read([](db::Transaction& tx) -> Result<std::optional<Instant>> {
        Instant at;
        const auto found = tx.find(sql::upkeep::find_last_run, std::tie(at));
        if (!found.ok() && found.error().code != Code::NotFound) {
            return found.error();
        }
        return found.ok() ? std::optional{at} : std::nullopt;
    }));
    if (every.count() == 0 || (ran && clock_.now() < *ran + every)) {
        return {};
    }
    TRY(write([](audit::Work& work) -> Result<void> {
        TRY(work.tx().execute(sql::upkeep::ran, work.now()));
        return {};
    }));
    TRY(run(is_stopping));
    return {};
}

Result<void> Upkeep::merge(const db::Sql& statement) {
    // A negative number begins a merge of everything, further ones go on with it (FTS5, "The merge command").
    bool more = true;
    for (std::int64_t pages = -kMergePages; more; pages = kMergePages) {
        more = TRY(write([&](audit::Work& work) -> Result<bool> {
            std::int64_t before = 0;
            std::int64_t after = 0;
            TRY(work.tx().find(sql::upkeep::count_changes, std::tie(before)));
            TRY(work.tx().execute(statement, pages));
            TRY(work.tx().find(sql::upkeep::count_changes, std::tie(after)));
            return after - before >= 2;
        }));
    }
    return {};
}

Result<void> Upkeep::scrub() {
    TRY(merge(sql::upkeep::merge_names));
    TRY(merge(sql::upkeep::merge_citizens));
    return database_.scrub();
}

Result<void> Upkeep::do_duties(const IsStopping& is_stopping) {
    constexpr std::array kAll{Duty::Propose, Duty::Run, Duty::Scrub};
    return do_duties(kAll, is_stopping);
}

Result<void> Upkeep::do_duties(std::span<const Duty> duties, const IsStopping& is_stopping) {
    const auto wanted = TRY(read([](db::Transaction& tx) { return list_wanted(tx); }));
    for (const WantedDuty& one : wanted) {
        if (std::ranges::find(duties, one.duty) == duties.end()) {
            continue;
        }
        switch (one.duty) {
            case Duty::Scrub:
                TRY(scrub());
                break;
            case Duty::Propose:
                TRY(propose(is_stopping));
                break;
            case Duty::Run:
                TRY(run(is_stopping));
                break;
        }
        if (is_stopping()) {
            return {};
        }
        TRY(write([&](audit::Work& work) { return no_longer_want(work, one); }));
    }
    return {};
}

}  // namespace tenantry::rights
