// The journal replayed against the register: each event says which record it made, changed or took away, and
// most say its version afterwards. What the rows say must be what the last event said.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "audit/journal.hpp"
#include "db/transaction.hpp"
#include "register/check.hpp"

namespace tenantry::housing {

/// What `audit verify --against-data` says of itself.
inline constexpr std::string_view kReplayHelp =
    "Hold every record to the journal and to its seal: finds what was changed, put back to an older version, "
    "removed or put in without an event; and the lines of the ledger, whom jobs are for and all permissions "
    "to the seals over what they add up to. Not found are changes of codes, estates, signatures and an "
    "account's times; the last note of a home that somebody left, if it is removed; and what somebody with "
    "the "
    "keys did to the journal as well, which --heads finds";

/// The event after which every row has a seal (register/row_seals.hpp). What stands before it in the journal
/// is an earlier version's.
inline constexpr Literal kRowsSealed = "instance.rows_sealed";
/// The event after which households, areas, links of jobs, permissions and the ledger have theirs, and each
/// disclosure an event.
inline constexpr Literal kSetsSealed = "instance.sets_sealed";

/// How a record differs from what the journal says of it.
enum class Difference : std::uint8_t {
    Removed,   ///< it is gone, and no event says so
    Inserted,  ///< it is there, and no event made it
    Returned,  ///< it is there, and an event took it away
    Older,     ///< it was put back to an older version
    Newer,     ///< it has a later version than any event gave it
};

struct Departure {
    std::string_view table;
    std::int64_t id = 0;
    Difference difference = Difference::Removed;
    std::int64_t event = 0;    ///< the last that told of it; 0: none did
    std::int64_t journal = 0;  ///< its version by that event
    std::int64_t stored = 0;   ///< its version in the register
};

class Replay {
  public:
    static constexpr std::size_t kMost = 1000;

    Replay();

    /// The next event, in order.
    void take(const audit::Recorded& event);

    struct Outcome {
        std::int64_t records = 0;  ///< rows that were held against the journal
        std::int64_t departures = 0;
        std::vector<Departure> first;  ///< at most kMost
    };
    /// Holds the rows to the events that were taken. Called once, in the snapshot that the events were read
    /// in.
    [[nodiscard]] Result<Outcome> compare(db::Transaction& tx);

  private:
    /// What the journal says of one record.
    struct State {
        std::int64_t event = 0;
        std::int64_t version = 0;
        std::int64_t person = 0;  ///< with whom it goes
        bool removed = false;
        bool seen = false;
    };
    using States = std::unordered_map<std::int64_t, State>;

    void note(std::size_t table, std::int64_t id, const audit::Recorded& event, std::int64_t version);
    void note(std::size_t table, const audit::Recorded& event, std::int64_t version) {
        note(table, *event.resource, event, version);
    }
    /// What an event about a job says of its links.
    void take_of_links(std::string_view verb, const audit::Recorded& event);
    void take_away(std::size_t table, const audit::Recorded& event);
    /// Events about an issue or a meeting tell its interaction's version, but for the one that made it.
    void take_of_interaction(std::size_t table, std::string_view verb, const audit::Recorded& event);
    void hold(std::size_t table, std::int64_t id, std::int64_t version, Outcome& outcome);
    void hold_missing(Outcome& outcome) const;

    std::vector<States> states_;  ///< by table
    std::unordered_set<std::int64_t> removed_people_;
    std::int64_t sealed_at_ = 0;  ///< the event since which a citizen is removed with an event of their own
    bool people_removed_before_ = false;  ///< whether some went with their person before that
};

}  // namespace tenantry::housing
