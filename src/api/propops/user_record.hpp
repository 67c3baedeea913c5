// The user and the session as PropOps shows them (contract sections 2.5 and 4.1), and whom a caller may
// manage.
#pragma once

#include "access/management.hpp"
#include "api/propops/inputs.hpp"
#include "api/route.hpp"
#include "json/writer.hpp"

namespace tenantry::api::propops {

inline constexpr std::int64_t kUserLimit = 200;

void write_user(json::Writer& w, const access::Account& account);
void write_session(json::Writer& w, const access::SessionEntry& session, const access::Caller& caller);

/// The account that an identity names. Invalid: nothing given, or uuid and number name different users.
[[nodiscard]] Result<access::Account> find_user(Call& call, const Identity& identity, Literal required);

/// The same, for a change. Forbidden: its role is above the caller's own level (contract section 3).
[[nodiscard]] Result<access::Account> find_manageable_user(Call& call, const Identity& identity,
                                                           Literal required);

}  // namespace tenantry::api::propops
