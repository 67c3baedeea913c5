// Which events of the journal are about a person, readings through lists included: an index that is filled
// behind the journal, in batches, so that a reading costs no more than its event. What is not in it yet is
// found by reading the journal's end.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "db/transaction.hpp"

namespace tenantry::audit {

/// Enters the next events, until some kIndexBatch entries were made. True: there are more. A write of its
/// own.
[[nodiscard]] Result<bool> index_next_events(db::Transaction& tx);
inline constexpr std::size_t kIndexBatch = 1000;

/// Numbers of the events about the person that are not in the index yet, in order.
[[nodiscard]] Result<std::vector<std::int64_t>> find_unindexed_events(db::Transaction& tx,
                                                                      std::int64_t person);

}  // namespace tenantry::audit
