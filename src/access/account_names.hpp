// What the accounts are called that a list mentions.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>

#include "crypto/key_ring.hpp"
#include "db/transaction.hpp"

namespace tenantry::access {

/// "First Last" of each of these accounts; one that is gone or damaged has no name here.
using AccountNames = std::unordered_map<std::int64_t, std::string>;
[[nodiscard]] Result<AccountNames> name_accounts(db::Transaction& tx, const crypto::KeyRing& keys,
                                                 const std::set<std::int64_t>& accounts);

}  // namespace tenantry::access
