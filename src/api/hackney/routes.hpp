// The Hackney Manage a Tenancy API: its route table, in the groups of the contract. Each group's handlers and
// routes are in the file of its name.
#pragma once

#include <span>

#include "api/service.hpp"

namespace tenantry::api::hackney {

[[nodiscard]] Api api();

[[nodiscard]] std::span<const Route> account_routes();      ///< accounts, transactions, new tenancies
[[nodiscard]] std::span<const Route> patch_routes();        ///< areas, patches, officers, log-in
[[nodiscard]] std::span<const Route> contact_routes();      ///< contacts, alerts, next of kin, citizen index
[[nodiscard]] std::span<const Route> interaction_routes();  ///< interactions and service requests
[[nodiscard]] std::span<const Route> association_routes();  ///< associations and who speaks for them
[[nodiscard]] std::span<const Route> estate_routes();       ///< estates, blocks
[[nodiscard]] std::span<const Route> meeting_routes();      ///< meetings
[[nodiscard]] std::span<const Route> issue_routes();        ///< and what was raised there
[[nodiscard]] std::span<const Route> issue_list_routes();   ///< and the list of it
[[nodiscard]] std::span<const Route> v2_meeting_routes();   ///< the meetings of the second version
[[nodiscard]] std::span<const Route> system_routes();       ///< health, values, configuration

}  // namespace tenantry::api::hackney
