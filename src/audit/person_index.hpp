// Which events of the journal are about a person, readings through lists included: an index that is filled
// behind the journal, in batches, so that a reading costs no more than its event. What is not in it yet is
// found by reading the journal's end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/journal.hpp"

namespace tenantry::audit {

/// Enters the next events, at most kIndexBatch and until some as many entries were made. True: there are
/// more. A write of its own.
[[nodiscard]] Result<bool> index_next_events(db::Transaction& tx);
inline constexpr std::size_t kIndexBatch = 1000;

/// Numbers of the events about the person that are not in the index yet, in order.
[[nodiscard]] Result<std::vector<std::int64_t>> find_unindexed_events(db::Transaction& tx,
                                                                      std::int64_t person);

/// An event as it is told of a person.
struct EventAbout {
    std::int64_t id = 0;
    Instant at;
    std::string action;
    Outcome outcome = Outcome::Ok;
    std::optional<std::int64_t> account;  ///< absent for commands
};
/// Those about a person, whether or not they are in the index yet, the newest first.
[[nodiscard]] Result<std::vector<EventAbout>> list_events_about(db::Transaction& tx, std::int64_t person,
                                                                std::int64_t limit, std::int64_t offset);

}  // namespace tenantry::audit
