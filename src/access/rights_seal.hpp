// One seal over what every role and every account may do: they are few, and a permission that somebody gives
// themselves behind the program's back is found. A migration that gives a role another permission has to have
// them sealed anew (register/row_seals.hpp, SealingRound).
#pragma once

#include <cstdint>

#include "audit/resealing.hpp"
#include "audit/work.hpp"

namespace tenantry::access {

/// Around a change of permissions: whether they were as they were sealed is asked before it, and only then
/// are they sealed anew after it.
class RightsChange {
  public:
    [[nodiscard]] static Result<RightsChange> begin(audit::Work& work);
    /// Seals them anew. Answers their version, for the event.
    [[nodiscard]] Result<std::int64_t> finish(audit::Work& work) const;

  private:
    std::int64_t version_ = 0;
    bool holds_ = false;
};

/// Seals permissions that were never sealed: the first version.
[[nodiscard]] Result<void> seal_rights(audit::Work& work);
/// Whether all permissions are as they were sealed.
[[nodiscard]] Result<bool> check_rights(db::Transaction& tx, const crypto::KeyRing& keys);
/// Gives the seal to a resealing.
[[nodiscard]] Result<void> reseal_rights(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::access
