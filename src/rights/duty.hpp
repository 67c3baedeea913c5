// Work that the server owes after a change, because it takes longer than one write may: asked for in the
// transaction of the change, done by whoever looks after the instance, and asked for still after a crash.
#pragma once

#include <vector>

#include "audit/work.hpp"

namespace tenantry::rights {

enum class Duty : std::uint8_t {
    Scrub,    ///< leave no trace of what was removed in the files
    Propose,  ///< find what retention says is due
    Run,      ///< carry out what was approved
};

struct WantedDuty {
    Duty duty;
    Instant since;
};

[[nodiscard]] Result<void> want(audit::Work& work, Duty duty);
/// The same because an officer of records asked for it, which is journaled: Propose or Run.
[[nodiscard]] Result<void> ask_for(audit::Work& work, Duty duty);
[[nodiscard]] Result<std::vector<WantedDuty>> list_wanted(db::Transaction& tx);
/// Not where it was wanted again since.
[[nodiscard]] Result<void> no_longer_want(audit::Work& work, const WantedDuty& done);

}  // namespace tenantry::rights
