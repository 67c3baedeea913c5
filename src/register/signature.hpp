// Pictures of signatures. Sealed, like everything that somebody wrote by hand.
#pragma once

#include <string>

#include "base/ids.hpp"
#include "register/check.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

/// Stores a picture, whatever its format, and answers what it is found by.
[[nodiscard]] Result<Uuid> store_signature(audit::Work& work, std::string_view image);
/// The picture's bytes. NotFound where there is none; Corrupt where it does not open.
[[nodiscard]] Result<std::string> find_signature(audit::Work& work, const Uuid& uuid);
/// Removes the picture, if there is one.
[[nodiscard]] Result<void> remove_signature(audit::Work& work, const Uuid& uuid);

/// Opens every picture and tells the report.
[[nodiscard]] Result<void> check_signatures(db::Transaction& tx, const crypto::KeyRing& keys,
                                            CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_signatures(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
