// The keys of an instance as an operator deals with them: listed, rotated, retired (ADR 0005). One caller at
// a time.
#pragma once

#include <vector>

#include "app/instance.hpp"

namespace tenantry::app {

struct KeyEntry {
    std::uint32_t id = 0;
    crypto::KeyPurpose purpose{};
    crypto::KeyState state{};
    Instant made_at;
    std::optional<std::int64_t> rows = std::nullopt;  ///< of a field key: rows that name it
};

/// All that there ever were, in order of id. Reads every sealed table once for each field key that is left.
[[nodiscard]] Result<std::vector<KeyEntry>> list_keys(Instance& instance);
/// The field keys that rotations have left, and that were not retired. Reads every sealed table once, where
/// nothing is under them.
[[nodiscard]] Result<std::vector<KeyEntry>> list_former_keys(Instance& instance);
/// How many rows are under another key than the active one.
[[nodiscard]] Result<std::int64_t> count_rows_to_seal(Instance& instance);

/// Makes a new field key and, once it is loaded, the active one: from then on everything is sealed with it,
/// and the instance's Resealer does the rest. Where a rotation is under way already, goes on with that.
[[nodiscard]] Result<void> begin_rotation(Instance& instance);

/// Wraps every data key with a new root key, in one transaction. A crash at any point leaves an instance that
/// opens with one of the two root keys.
[[nodiscard]] Result<void> rotate_root_key(Instance& instance);

struct Retirement {
    std::int64_t rows = 0;  ///< that still name the key; where there are any, it was not retired
};
/// Destroys the wrapped form of a field key that nothing names any more. NotFound: no such field key.
/// Conflict: it is not one that a rotation has left.
[[nodiscard]] Result<Retirement> retire_key(Instance& instance, std::uint32_t id);

}  // namespace tenantry::app
