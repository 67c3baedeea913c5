// The tenant as PropOps shows it (contract section 4.1), and how a request names one.
#pragma once

#include "api/propops/inputs.hpp"
#include "api/route.hpp"
#include "json/writer.hpp"
#include "register/person.hpp"

namespace tenantry::api::propops {

/// A damaged field is null and named in "integrity_error", a key that sound records do not have.
void write_tenant(json::Writer& w, const housing::Person& person);

/// The person that an identity names. NotFound: none; Invalid: nothing given, or uuid and number name
/// different people.
[[nodiscard]] Result<Id<housing::Person>> find_tenant_id(db::Transaction& tx, const Identity& identity,
                                                         Literal required);

}  // namespace tenantry::api::propops
