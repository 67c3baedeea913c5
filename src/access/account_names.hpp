// What accounts are called, where a list mentions them.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

#include "base/bytes.hpp"
#include "base/ids.hpp"
#include "crypto/key_ring.hpp"
#include "db/transaction.hpp"

namespace tenantry::access {

/// The name in an account's row, as a statement answers it.
struct SealedName {
    Uuid account;
    std::int64_t version = 0;
    ByteView first_name;
    ByteView last_name;

    /// "First Last". Nothing where it does not open.
    [[nodiscard]] std::optional<std::string> open(const crypto::KeyRing& keys) const;
};

/// "First Last" of each of these accounts; one that is gone or damaged has no name here.
using AccountNames = std::unordered_map<std::int64_t, std::string>;
[[nodiscard]] Result<AccountNames> name_accounts(db::Transaction& tx, const crypto::KeyRing& keys,
                                                 const std::set<std::int64_t>& accounts);
/// Of all that there are; a damaged one is called "Account N".
[[nodiscard]] Result<AccountNames> name_all_accounts(db::Transaction& tx, const crypto::KeyRing& keys);

}  // namespace tenantry::access
