// Somebody who speaks for an association, and in which role. The name is sealed; it is linked to no person of
// the register.
#pragma once

#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/check.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct Association;

struct Representative {
    Id<Representative> id;
    Uuid uuid;
    std::int64_t version = 0;
    Id<Association> association;
    std::string role;
    std::string name;
    Instant created_at;
};

/// Stores a new representative. Conflict: no such association, or no such role.
[[nodiscard]] Result<Representative> add_representative(audit::Work& work, Id<Association> association,
                                                        std::string_view role, std::string_view name);
/// Removes everybody of exactly this name from the association, whatever their role. Answers how many.
[[nodiscard]] Result<std::int64_t> remove_representatives(audit::Work& work, Id<Association> association,
                                                          std::string_view name);
/// In the order in which they were added, each name and role once. Rows that are damaged are left out.
[[nodiscard]] Result<std::vector<Representative>> list_representatives(audit::Work& work,
                                                                       Id<Association> association);

/// Opens every representative and tells the report.
[[nodiscard]] Result<void> check_representatives(db::Transaction& tx, const crypto::KeyRing& keys,
                                                 CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_representatives(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
