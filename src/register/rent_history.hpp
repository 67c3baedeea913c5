// A rent account over time, as officers look at it: its ledger a page at a time, each line with the balance
// after it, and its balance day by day. The register knows the balance of now; what it was before comes from
// taking the ledger's lines back, the latest first.
#pragma once

#include <optional>
#include <vector>

#include "register/ledger.hpp"

namespace tenantry::housing {

struct LedgerEntry {
    LedgerLine line;
    std::optional<std::int64_t> balance;  ///< pence owed after it; absent where the account's is not known
};
/// How many lines an account's pages go back.
inline constexpr std::int64_t kLedgerLinesMost = 20'000;

/// The balance at the end of a day.
struct DayBalance {
    Date day;
    std::int64_t balance = 0;  ///< pence owed
};

struct RentHistory {
    std::vector<LedgerEntry> entries;  ///< the latest first; those of one day as they were recorded
    std::int64_t total = 0;            ///< how many lines there are, up to kLedgerLinesMost
    /// From the first day to the last one asked for, that one first on which the balance stood as the period
    /// began, then those on which it changed. Empty where the balance is not known or nothing was posted.
    std::vector<DayBalance> days;
};
/// Journals the reading.
[[nodiscard]] Result<RentHistory> read_rent_history(audit::Work& work, const Tenancy& tenancy, Paging paging,
                                                    Date from, Date until);

}  // namespace tenantry::housing
