// All sealed records of the register, opened one after the other.
#pragma once

#include "crypto/key_ring.hpp"
#include "db/transaction.hpp"
#include "register/check.hpp"

namespace tenantry::housing {

/// Into the report: every record that is sealed or whose row is, and what of it does not open.
[[nodiscard]] Result<void> check_all(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report);

}  // namespace tenantry::housing
