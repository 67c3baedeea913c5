// Removing records with everything that is theirs, whatever was decided before: the hands of erasure and
// retention. Each function is set-based, counts what it changed, and journals each record that it removes,
// for the journal is held against the register (register/replay.hpp).
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "audit/work.hpp"
#include "db/sql.hpp"
#include "register/record.hpp"

namespace tenantry::rights {

/// What became of the rows of a table.
struct Counts {
    std::int64_t erased = 0;
    std::int64_t pseudonymised = 0;  ///< stays for others' sake, with nothing personal in it

    bool operator==(const Counts&) const = default;
};

/// Runs a DELETE that returns the numbers of the rows that it removed, and journals each. Answers how many.
template <class... Args>
[[nodiscard]] Result<std::int64_t> remove_records(audit::Work& work, const db::Sql& statement, Literal event,
                                                  const Args&... args) {
    std::vector<std::int64_t> removed;
    {
        db::Rows rows = TRY(work.tx().query(statement, args...));
        while (TRY(rows.next())) {
            rows.into(removed.emplace_back());
        }
    }
    for (const auto id : removed) {
        TRY(work.changed({.action = event, .resource = id}));
    }
    return static_cast<std::int64_t>(removed.size());
}

/// By name of the table; only those of which something was changed.
class Tally {
  public:
    void erased(std::string_view table, std::int64_t rows) {
        if (rows > 0) {
            tables_[table].erased += rows;
        }
    }
    void pseudonymised(std::string_view table, std::int64_t rows) {
        if (rows > 0) {
            tables_[table].pseudonymised += rows;
        }
    }
    [[nodiscard]] const std::map<std::string_view, Counts>& tables() const { return tables_; }
    [[nodiscard]] bool empty() const { return tables_.empty(); }

    bool operator==(const Tally&) const = default;

  private:
    std::map<std::string_view, Counts> tables_;
};

/// Cases with their interactions, notes, meetings, issues and signatures. Conflict: another case came from
/// one of them.
[[nodiscard]] Result<void> remove_cases(audit::Work& work, const housing::PageOfIds& incidents, Tally& tally);
/// Jobs with their notes and links.
[[nodiscard]] Result<void> remove_jobs(audit::Work& work, const housing::PageOfIds& jobs, Tally& tally);
/// Entries of the citizen index with what they are found by.
[[nodiscard]] Result<void> remove_citizens(audit::Work& work, const housing::PageOfIds& citizens,
                                           Tally& tally);
/// A tenancy that nobody is linked to any more, with its ledger.
[[nodiscard]] Result<void> remove_tenancy(audit::Work& work, std::int64_t tenancy, Tally& tally);

}  // namespace tenantry::rights
