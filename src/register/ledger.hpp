// The ledger: what was charged to and paid into the rent accounts. A landlord has tens of millions of lines,
// so they come in by import only, many at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "register/import_records.hpp"
#include "register/ledger_digest.hpp"
#include "register/tenancy.hpp"

namespace tenantry::housing {

struct LedgerLine {
    Uuid uuid;
    std::optional<std::string> type;
    Date posted_on;
    std::int64_t amount = 0;  ///< pence; negative is credit
    std::optional<std::string> description;
};

/// The days that a statement of an account shows, both of them included: from 1 April of the calendar year
/// before to tomorrow.
struct LedgerWindow {
    Date from;
    Date until;
};
[[nodiscard]] LedgerWindow ledger_window(Instant now);

struct Statement {
    Tenancy tenancy;
    std::vector<LedgerLine> lines;  ///< latest first; of one day by amount, then by description
};
/// The lines of a tag reference's account in the window of now. NotFound: no such tenancy. Journals the
/// reading.
[[nodiscard]] Result<Statement> read_statement(audit::Work& work, std::string_view tag_reference);

/// Takes lines in, all in the caller's transaction, which must be rolled back on any error: new uuids are
/// added, known ones updated. Journals a block of lines at a time: its first number, and how many as the
/// version. Into an empty ledger the lines go without indexes, which finish() makes: kept up line by line,
/// the uuids' alone would have the engine write most of its pages anew for each few thousand lines. The
/// digests of the tenancies' lines (ledger_digest.hpp) are brought up to date for many lines at a time.
class LedgerImport {
  public:
    static constexpr std::int64_t kBlock = 10'000;
    /// How many tenancies' numbers are remembered at a time.
    static constexpr std::size_t kRemembered = 250'000;
    /// How many lines finish() names whose uuid was there before.
    static constexpr std::int64_t kRepeatedMost = 100;

    explicit LedgerImport(audit::Work& work) : work_(work), changes_(work.keys()) {}

    /// Invalid, naming the column: no tenancy has the tag reference; this import had a line of the uuid.
    [[nodiscard]] Result<void> add(const LedgerRecord& record);
    /// After the last line. Invalid: lines had a uuid that was there before; repeated() says which.
    [[nodiscard]] Result<void> finish();
    /// The places of those lines in the order of the calls of add(), the first being 1.
    [[nodiscard]] const std::vector<std::int64_t>& repeated() const { return repeated_; }

  private:
    [[nodiscard]] Result<void> begin();
    [[nodiscard]] Result<Id<Tenancy>> tenancy_of(const std::string& tag_reference);
    [[nodiscard]] Result<void> put(LedgerRow line);
    /// Over the line of that uuid which was there before.
    [[nodiscard]] Result<void> update(LedgerRow line);
    [[nodiscard]] Result<void> find_repeated();
    /// Journals what was added and updated since the last time.
    [[nodiscard]] Result<void> tell();

    audit::Work& work_;
    bool begun_ = false;
    bool was_empty_ = false;
    std::int64_t first_ = 0;      ///< number of the first line of this import
    std::int64_t next_ = 0;       ///< the next number
    std::int64_t block_end_ = 0;  ///< the first number that was not drawn
    std::int64_t told_ = 0;       ///< the first number that is not journaled yet
    std::int64_t updated_ = 0;    ///< how many lines that were there before were updated, not journaled yet
    std::vector<bool> met_;       ///< by number, of the lines that were there before: updated by this import
    std::unordered_map<std::string, Id<Tenancy>> tenancies_;
    LedgerChanges changes_;
    std::vector<std::int64_t> repeated_;
};

}  // namespace tenantry::housing
