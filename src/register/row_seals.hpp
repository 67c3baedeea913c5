// Rows without a sealed column: their seal covers what is in clear, so that a change behind the program's
// back is found all the same. Tables that had no such seal get it once (seal_rows_once); after that a row
// without one was tampered with.
#pragma once

#include <optional>

#include "audit/work.hpp"
#include "register/check.hpp"
#include "register/sealed_texts.hpp"

namespace tenantry::housing {

/// A row's facts and the seal that stands in it; the seal is valid until the next row is read.
struct FactRow {
    std::int64_t id = 0;
    RowFacts facts;
    std::optional<ByteView> seal;
};

[[nodiscard]] Bytes seal_facts(const crypto::KeyRing& keys, Literal table, const RowFacts& facts);

/// Corrupt, and logged, unless the row has a seal and it holds.
[[nodiscard]] Result<void> check_facts(const crypto::KeyRing& keys, Literal table, const FactRow& row);

/// How a noun's rows are read and sealed one after the other.
struct SealedTable {
    Literal table;
    const db::Sql& list;      ///< rows after a number ($1), at most so many ($2), in order
    const db::Sql& set_seal;  ///< of the row of a number ($1)
    FactRow (*read)(const db::Rows& rows);
};

/// Every row of every such table.
[[nodiscard]] Result<void> check_sealed_rows(db::Transaction& tx, const crypto::KeyRing& keys,
                                             CheckReport& report);

/// Seals the next rows of one of these tables anew.
[[nodiscard]] Result<void> reseal_facts(db::Transaction& tx, audit::Resealing& some);

/// How far the sealing of old rows has come: a table and a row of it.
struct SealingCursor {
    std::size_t table = 0;
    std::int64_t after = 0;
    std::size_t end = 9;  ///< the table to stop before
};

/// Tables that an upgrade gave seals, all at once.
struct SealingRound {
    std::string_view watermark;  ///< notes that it is done
    Literal event;               ///< and so does this one in the journal
    SealingCursor from;
};
/// Homes, tenancies and who looks after them.
extern const SealingRound kRowsRound;
/// What 0004_ledger_digest.sql adds: households, areas, the links of jobs. Whoever says that it is done has
/// sealed the permissions and the ledger too.
extern const SealingRound kSetsRound;

/// Whether the rows from before there were seals have them. Corrupt: that was noted in the journal, and the
/// note beside it is gone: somebody wants rows to be sealed as they are now.
[[nodiscard]] Result<bool> are_rows_sealed(db::Transaction& tx, const SealingRound& round);

/// Seals the next rows that have no seal, so many at most. Nothing more to do where it answers nothing.
[[nodiscard]] Result<std::optional<SealingCursor>> seal_rows(audit::Work& work, SealingCursor from,
                                                             std::int64_t most);
/// Notes, in the journal and beside it, that from now on a row without a seal was tampered with.
[[nodiscard]] Result<void> rows_are_sealed(audit::Work& work, const SealingRound& round);

}  // namespace tenantry::housing
