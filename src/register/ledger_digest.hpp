// What the ledger's lines add up to, sealed: for each tenancy, and for all of them together. A line that is
// changed, put in or taken away behind the program's back is found by the digest of its tenancy; a tenancy's
// lines that are put back to an older state with their digest, by the total, whose version the journal tells
// ("ledger.sealed").
//
// A digest that does not open is left as it is, for ever: whoever goes on from it would seal what somebody
// else did. What is written meanwhile goes into the total all the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "audit/resealing.hpp"
#include "audit/work.hpp"
#include "crypto/row_sum.hpp"
#include "register/check.hpp"

namespace tenantry::housing {

/// Every column of a line.
struct LedgerRow {
    std::int64_t id = 0;
    Uuid uuid;
    std::int64_t tenancy = 0;
    std::optional<std::string_view> type;
    std::int64_t posted_on = 0;
    std::int64_t amount = 0;
    std::optional<std::string_view> description;
};

class LedgerHasher {
  public:
    explicit LedgerHasher(const crypto::KeyRing& keys) : hash_(keys, "ledger_line") {}
    [[nodiscard]] Hash operator()(const LedgerRow& row);

  private:
    crypto::RowHasher hash_;
    Bytes bytes_;  ///< of the row at hand
};

/// What a writer of ledger lines changes, gathered by tenancy until it is stored in the same transaction.
class LedgerChanges {
  public:
    explicit LedgerChanges(const crypto::KeyRing& keys) : hash_(keys) {}

    void added(const LedgerRow& row) { changes_[row.tenancy].add(hash_(row)); }
    void removed(const LedgerRow& row) { changes_[row.tenancy].remove(hash_(row)); }
    [[nodiscard]] std::size_t tenancies() const { return changes_.size(); }

    /// Seals the digests of these tenancies and the total anew, journals that, and begins again.
    [[nodiscard]] Result<void> store(audit::Work& work);

  private:
    LedgerHasher hash_;
    std::unordered_map<std::int64_t, crypto::RowSum> changes_;
};

/// Before a tenancy goes with all its lines.
[[nodiscard]] Result<void> remove_ledger_digest(audit::Work& work, std::int64_t tenancy);

/// Seals the digests of the lines as they are now: once in a register's life, before anything else writes
/// lines.
[[nodiscard]] Result<void> seal_ledger(audit::Work& work);

/// Reads every line once, in order of number.
[[nodiscard]] Result<void> check_ledger(db::Transaction& tx, const crypto::KeyRing& keys,
                                        CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_ledger_digests(db::Transaction& tx, audit::Resealing& some);
[[nodiscard]] Result<void> reseal_ledger_total(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
