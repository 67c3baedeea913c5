// How PropOps' parameters are read where several endpoints share the rule: the action, paging, and records
// named by uuid or number under several spellings (contract section 9, items 1 to 4 and 14).
#pragma once

#include <initializer_list>
#include <optional>

#include "api/params.hpp"
#include "register/record.hpp"

namespace tenantry::api::propops {

inline constexpr std::int64_t kMaxNumber =
    9'007'199'254'740'991;  ///< the largest that every JSON client can hold

/// The action's place in the list. Invalid, naming action: absent (unless `absent` says what that means) or
/// unknown.
[[nodiscard]] Result<std::size_t> read_action(const Params& params,
                                              std::initializer_list<std::string_view> known,
                                              std::optional<std::size_t> absent = std::nullopt);

/// limit (default 50) and offset (default 0). Out of range is refused, not clamped.
[[nodiscard]] Result<housing::Paging> read_paging(const Params& params, std::int64_t limit_max);

/// What a request names a record by. Both may be given; find out whether they agree with resolve().
struct Identity {
    std::optional<Uuid> uuid;
    std::optional<std::int64_t> id;

    [[nodiscard]] bool empty() const { return !uuid && !id; }
};

/// Reads the first name of each that is given. Invalid: two spellings with different values.
[[nodiscard]] Result<Identity> read_identity(const Params& params, std::initializer_list<Literal> uuid_names,
                                             std::initializer_list<Literal> id_names);

/// An integer under several names; given under two, the values must agree.
[[nodiscard]] Result<Maybe<std::int64_t>> read_number(const Params& params,
                                                      std::initializer_list<Literal> names);

/// Takes a text into a field that must not be empty. Left out, it stays; Invalid: null or empty.
[[nodiscard]] Result<void> take_text(const Params& params, Literal name, std::size_t characters_max,
                                     std::string& field);

}  // namespace tenantry::api::propops
