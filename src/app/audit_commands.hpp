// tenantry audit verify, tenantry audit public-key.
#pragma once

#include "app/command.hpp"
#include "audit/journal.hpp"

namespace tenantry::app {

/// Reads the whole journal, showing how far it is, and says whether it holds.
[[nodiscard]] Result<audit::Verdict> read_journal(db::Transaction& tx, const crypto::KeyRing& keys,
                                                  Output& output, const audit::OnEvent& on_event = {});
/// Whether a journal that was so read is whole. Even a new register's has its first event.
[[nodiscard]] bool is_whole(const audit::Verdict& verdict);

/// Reads the whole journal; on request holds it to signed heads, and the register to it. Done where all of
/// that holds.
[[nodiscard]] int verify_audit(Instance& instance, const Command& command, Output& output);

/// Prints the key that signed heads are checked with.
[[nodiscard]] int print_audit_key(Instance& instance, const Command& command, Output& output);

}  // namespace tenantry::app
