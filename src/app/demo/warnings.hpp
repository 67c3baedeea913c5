// Whom officers of the demo landlord are warned of, and whom other services of the borough know. Made from
// the seed and the home's number alone.
#pragma once

#include <cstdint>
#include <optional>

#include "register/import_records.hpp"

namespace tenantry::app {

/// The warning about somebody who lives in the home; there is none for most.
[[nodiscard]] std::optional<housing::AlertRecord> make_alert(std::uint64_t seed, std::uint64_t home);

/// One home in three has an entry in the citizen index: of its tenant, or of somebody who is no tenant.
[[nodiscard]] bool has_citizen(std::uint64_t seed, std::uint64_t home);
[[nodiscard]] housing::CitizenRecord make_citizen(std::uint64_t seed, std::uint64_t home);

}  // namespace tenantry::app
