#include "register/row_seals.hpp"

#include <array>
#include <limits>
#include <tuple>

#include "base/log.hpp"
#include "register/area.hpp"
#include "register/household.hpp"
#include "register/job_links.hpp"
#include "register/manager_area.hpp"
#include "register/occupancy.hpp"
#include "register/officer.hpp"
#include "register/patch.hpp"
#include "register/property.hpp"
#include "register/replay.hpp"
#include "register/sql.hpp"
#include "register/tenancy.hpp"

namespace tenantry::housing {

namespace {

constexpr std::int64_t kAll = std::numeric_limits<std::int64_t>::max();

const std::array kTables{&kTenancyRows,     &kPropertyRows,  &kOccupancyRows, &kOfficerRows, &kPatchRows,
                         &kManagerAreaRows, &kHouseholdRows, &kAreaRows,      &kJobLinkRows};
constexpr std::size_t kOfSets = 6;  ///< the first of the second round
static_assert(SealingCursor{}.end == kTables.size());

bool holds(const crypto::KeyRing& keys, Literal table, const FactRow& row) {
    return row.seal && keys.check_row_seal(table.view(), *row.seal, {row.facts.bytes()}).ok();
}

/// A row that has to be sealed, read before any of its batch is written.
struct Unsealed {
    std::int64_t id = 0;
    RowFacts facts;
};

}  // namespace

const SealingRound kRowsRound{"row_seals", kRowsSealed, {0, 0, kOfSets}};
const SealingRound kSetsRound{"sets_sealed", kSetsSealed, {kOfSets, 0, kTables.size()}};

Bytes seal_facts(const crypto::KeyRing& keys, Literal table, const RowFacts& facts) {
    return keys.row_seal(table.view(), {facts.bytes()});
}

Result<void> check_facts(const crypto::KeyRing& keys, Literal table, const FactRow& row) {
    if (holds(keys, table, row)) {
        return {};
    }
    log(LogLevel::Error, "a row is not as it was sealed", {{"table", table}, {"id", row.id}});
    return Error{Code::Corrupt, "Stored data failed an integrity check"};
}

Result<void> check_sealed_rows(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    for (const SealedTable* table : kTables) {
        db::Rows rows = TRY(tx.query(table->list, 0, kAll));
        while (TRY(rows.next())) {
            const FactRow row = table->read(rows);
            report.add(table->table, row.id,
                       holds(keys, table->table, row) ? Literal{""} : Literal{"row_seal"});
        }
    }
    TRY(check_stray_links(tx, report));
    return check_homes(tx, report);
}

Result<void> reseal_facts(db::Transaction& tx, audit::Resealing& some) {
    struct Sealed {
        std::array<std::optional<Bytes>, 0> blobs;
        Bytes row_seal;
    };
    const auto* const table = *std::ranges::find(kTables, some.table().name,
                                                 [](const SealedTable* one) { return one->table.view(); });
    db::Rows rows = TRY(tx.query(table->list, some.reached(), kAll));
    while (TRY(some.next(rows))) {
        const FactRow row = table->read(rows);
        some.row({row.id}, std::array<std::optional<ByteView>, 0>{}, row.seal.value_or(ByteView{}),
                 [&]() -> Result<Sealed> {
                     TRY(check_facts(some.keys(), table->table, row));
                     return Sealed{{}, seal_facts(some.keys(), table->table, row.facts)};
                 });
    }
    return {};
}

Result<bool> are_rows_sealed(db::Transaction& tx, const SealingRound& round) {
    Instant at;
    const auto noted = tx.find(sql::watermark::find, std::tie(at), round.watermark);
    if (noted.ok()) {
        return true;
    }
    if (noted.error().code != Code::NotFound) {
        return noted.error();
    }
    if (TRY(audit::has_action(tx, round.event.view()))) {
        return Error{Code::Corrupt, "the journal says that all rows are sealed, and the note of it is gone"};
    }
    return false;
}

Result<std::optional<SealingCursor>> seal_rows(audit::Work& work, SealingCursor from, std::int64_t most) {
    if (from.table == from.end) {
        return std::optional<SealingCursor>{};
    }
    const SealedTable& table = *kTables[from.table];
    std::vector<Unsealed> unsealed;
    std::int64_t read = 0;
    SealingCursor next = from;
    {
        db::Rows rows = TRY(work.tx().query(table.list, from.after, most));
        while (TRY(rows.next())) {
            FactRow row = table.read(rows);
            ++read;
            next.after = row.id;
            if (!row.seal) {
                unsealed.push_back({row.id, std::move(row.facts)});
            }
        }
    }
    for (const auto& row : unsealed) {
        TRY(work.tx().execute(table.set_seal, row.id, seal_facts(work.keys(), table.table, row.facts)));
    }
    if (read < most) {
        next = {from.table + 1, 0, from.end};
    }
    return std::optional{next};
}

Result<void> rows_are_sealed(audit::Work& work, const SealingRound& round) {
    TRY(work.tx().execute(sql::watermark::move, round.watermark, work.now()));
    return work.changed({.action = round.event});
}

}  // namespace tenantry::housing
