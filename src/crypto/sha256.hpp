// SHA-256 (FIPS 180-4): for sums that others check with their own tools, never for secrets.
#pragma once

#include "base/bytes.hpp"

namespace tenantry::crypto {

[[nodiscard]] Hash sha256(ByteView bytes);

}  // namespace tenantry::crypto
