// The uuids of records that are known by number, for links to them. Nothing of the records themselves is
// read.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "register/record.hpp"

namespace tenantry::housing {

/// By number; what is not there is left out.
using Uuids = std::unordered_map<std::int64_t, Uuid>;

[[nodiscard]] Result<Uuids> find_person_uuids(db::Transaction& tx, const PageOfIds& people);
[[nodiscard]] Result<Uuids> find_tenancy_uuids(db::Transaction& tx, const PageOfIds& tenancies);

}  // namespace tenantry::housing
