// Retention: what is due by the rules is proposed, an officer of records approves or refuses, and what is
// approved is removed, one record a write, after every condition has been looked at again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "audit/work.hpp"
#include "register/record.hpp"
#include "rights/retention_rule.hpp"
#include "rights/standing.hpp"

namespace tenantry::rights {

/// What the rules say of a record.
struct Verdict {
    std::int64_t record = 0;
    Standing standing;
};

/// Of these records of a kind; those that are not there are left out. `ids` is a JSON array. Finding what is
/// due and carrying it out both go by this.
[[nodiscard]] Result<std::vector<Verdict>> judge(db::Transaction& tx, const RetentionRules& rules, Kind kind,
                                                 std::string_view ids, Date today);

struct DueRecord {
    std::int64_t record = 0;
    Date due;
};
/// The due ones among the next kDueBatch records of the kind after a number.
struct DueBatch {
    std::vector<DueRecord> due;
    std::optional<std::int64_t> last;  ///< the last number looked at; nothing where there was none
};
inline constexpr std::int64_t kDueBatch = 1000;
[[nodiscard]] Result<DueBatch> find_due(db::Transaction& tx, const RetentionRules& rules, Kind kind,
                                        std::int64_t after, Date today);

/// Proposes them; how many are new. Left out: what is proposed or approved already, and what was refused as
/// due on that day.
[[nodiscard]] Result<std::int64_t> propose(audit::Work& work, Kind kind, std::span<const DueRecord> due);

enum class ProposalState : std::uint8_t { Proposed, Approved, CarriedOut, Refused };
[[nodiscard]] Literal name_of(ProposalState state);
[[nodiscard]] std::optional<ProposalState> parse_proposal_state(std::string_view name);

struct Proposal {
    std::int64_t id = 0;
    std::string what;
    std::int64_t record = 0;
    Date due;
    ProposalState state = ProposalState::Proposed;
    Instant proposed_at;
    std::optional<std::int64_t> decided_by;
    std::optional<Instant> decided_at;
    std::optional<Instant> finished_at;
    std::optional<std::string> outcome;  ///< "erased", "gone before" or why it stays
};

struct ProposalPage {
    std::vector<Proposal> proposals;
    std::int64_t total = 0;
};
/// Those in a state, or all; in order of number.
[[nodiscard]] Result<ProposalPage> list_proposals(db::Transaction& tx, std::optional<ProposalState> state,
                                                  housing::Paging paging);
/// Those in a state, the newest first.
[[nodiscard]] Result<ProposalPage> list_newest_proposals(db::Transaction& tx, ProposalState state,
                                                         housing::Paging paging);
[[nodiscard]] Result<std::int64_t> count_proposals(db::Transaction& tx, ProposalState state);
/// Those of these that wait for a decision, in order of number.
[[nodiscard]] Result<std::vector<Proposal>> list_waiting_of(db::Transaction& tx,
                                                            const housing::PageOfIds& proposals);

/// An account says yes or no to a proposal. NotFound: there is no such proposal that waits for a decision.
[[nodiscard]] Result<void> decide_proposal(audit::Work& work, std::int64_t proposal, ProposalState decision,
                                           std::int64_t account);
/// The same of several; how many of them waited.
[[nodiscard]] Result<std::int64_t> decide_proposals(audit::Work& work, const housing::PageOfIds& proposals,
                                                    ProposalState decision, std::int64_t account);
/// Says yes to all that wait; how many.
[[nodiscard]] Result<std::int64_t> approve_all(audit::Work& work, std::int64_t account);

/// A proposal that was carried out, or not.
struct Carried {
    std::int64_t proposal = 0;
    std::string what;
    std::int64_t record = 0;
    bool erased = false;
};
/// The next approved proposal after a number, carried out; nothing where there is none. A write of its own.
[[nodiscard]] Result<std::optional<Carried>> carry_out_next(audit::Work& work, std::int64_t after);
/// The same one is given up, because carrying it out failed: a record of it is damaged. Its number, where
/// there is one.
[[nodiscard]] Result<std::optional<std::int64_t>> give_up_next(audit::Work& work, std::int64_t after);

}  // namespace tenantry::rights
