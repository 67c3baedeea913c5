// When the journal was last verified from within the server, up to which event and with what result: a mark
// says when, and the journal itself the rest.
#pragma once

#include <optional>

#include "audit/work.hpp"

namespace tenantry::housing {

struct JournalCheck {
    Instant at;
    std::optional<std::int64_t>
        up_to;  ///< number of the last event that held; nothing where its event is gone
    bool held = false;
};

/// Notes what a verification found, with an event of its own.
[[nodiscard]] Result<void> note_journal_check(audit::Work& work, const audit::Verdict& verdict);
/// The last that was noted; nothing where there is none.
[[nodiscard]] Result<std::optional<JournalCheck>> find_journal_check(audit::Work& work);

}  // namespace tenantry::housing
