// A check of the journal's end alone, for whoever waits for it: the whole of a large one takes long.
#pragma once

#include "audit/journal.hpp"

namespace tenantry::audit {

struct EndVerdict {
    Verdict verdict;
    std::int64_t after = 0;  ///< number of the event before the first that was looked at; 0: all were
};
/// As verify_journal(), of the last `most` events, which are held to the event before them as it is stored.
[[nodiscard]] Result<EndVerdict> verify_end_of_journal(db::Transaction& tx, const crypto::KeyRing& keys,
                                                       std::int64_t most);

}  // namespace tenantry::audit
