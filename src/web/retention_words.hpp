// How the records desk calls what retention and erasure decide about.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "rights/retention_rule.hpp"

namespace tenantry::web {

/// "1 person", "2 people", "3 jobs with their notes".
[[nodiscard]] std::string say_records(rights::Kind kind, std::int64_t count);
/// "Person", "Case": a kind of record. Of an unknown name, the name itself.
[[nodiscard]] std::string say_kind(std::string_view name);
/// "6 years", "30 months", "1 month".
[[nodiscard]] std::string say_months(std::int64_t months);
/// "erased" and the like, as the outcome of a proposal, in a sentence.
[[nodiscard]] std::string say_outcome(std::string_view outcome);

}  // namespace tenantry::web
