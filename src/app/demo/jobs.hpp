// The repairs of the demo landlord of the last two years, and what was noted about them. Made from the seed,
// the home's number and the job's place in it alone.
#pragma once

#include <cstdint>
#include <vector>

#include "register/import_records.hpp"

namespace tenantry::app {

[[nodiscard]] unsigned count_jobs(std::uint64_t seed, std::uint64_t home);
[[nodiscard]] housing::JobRecord make_job(std::uint64_t seed, std::uint64_t home, unsigned number);

[[nodiscard]] unsigned count_case_notes(std::uint64_t seed, std::uint64_t home, unsigned job);
[[nodiscard]] std::vector<housing::CaseNoteRecord> make_case_notes(std::uint64_t seed, std::uint64_t home,
                                                                   unsigned job);

}  // namespace tenantry::app
