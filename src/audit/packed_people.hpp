// The people that a list showed, as an event keeps them: their numbers sorted, as variable-length
// differences, two bytes each in the usual case.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.hpp"

namespace tenantry::audit {

[[nodiscard]] Bytes pack_people(std::vector<std::int64_t> people);
/// What pack_people() packed; as far as it goes where the bytes were cut off.
[[nodiscard]] std::vector<std::int64_t> unpack_people(ByteView packed);

}  // namespace tenantry::audit
