// Guessing passwords made slow: counted for each account and each address, kept in the database so that a
// restart forgets nothing. An attempt is counted before the password is looked at, so parallel guesses count
// too; nobody is locked for ever.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "crypto/key_ring.hpp"
#include "db/transaction.hpp"

namespace tenantry::access {

/// When the next attempt is allowed after so many failures in a row. For an account: from the 4th failure 1
/// s, doubling up to 15 minutes, and at least 5 minutes from the 10th, which keeps to Cyber Essentials' ten
/// guesses in five minutes. An address may serve a whole office, so it is allowed ten times as many before
/// the same delays begin.
[[nodiscard]] std::chrono::seconds delay_after(std::int64_t failures);

struct Attempt {
    bool allowed = false;
    std::chrono::seconds retry_after{0};
};

/// Counts an attempt on that log-in from that address, in a transaction that is committed whatever the
/// outcome.
[[nodiscard]] Result<Attempt> begin_attempt(db::Transaction& tx, const crypto::KeyRing& keys,
                                            std::string_view login, std::string_view address, Instant now);
/// The password was right: the account's failures are forgotten, this attempt is taken off the address.
[[nodiscard]] Result<void> attempt_succeeded(db::Transaction& tx, const crypto::KeyRing& keys,
                                             std::string_view login, std::string_view address, Instant now);

}  // namespace tenantry::access
