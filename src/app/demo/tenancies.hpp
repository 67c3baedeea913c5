// The tenancies of a home of the demo landlord and their rent accounts: a charge a week and what was paid
// towards it, since 1 April of last year. Made from the seed and the home's number alone; the balance is what
// the lines add up to.
#pragma once

#include <cstdint>
#include <vector>

#include "register/import_records.hpp"

namespace tenantry::app {

/// A home's tenancies are counted from 1; the present one, where somebody lives there, is the last.
[[nodiscard]] std::string tag_reference_of(std::uint64_t home, unsigned tenancy);
[[nodiscard]] std::string payment_reference_of(std::uint64_t home, unsigned tenancy);
[[nodiscard]] unsigned count_tenancies(std::uint64_t seed, std::uint64_t home);

/// All of a home's tenancies, the oldest first.
[[nodiscard]] std::vector<housing::TenancyRecord> make_tenancies(std::uint64_t seed, std::uint64_t home);

/// How many ledger lines make_ledger() makes for the home.
[[nodiscard]] std::size_t count_ledger_lines(std::uint64_t seed, std::uint64_t home);
/// The lines of the home's present tenancy, in order of their days.
[[nodiscard]] std::vector<housing::LedgerRecord> make_ledger(std::uint64_t seed, std::uint64_t home);

}  // namespace tenantry::app
