// The handlers of accounts.cpp's route table that have a file of their own.
#pragma once

#include "api/route.hpp"

namespace tenantry::api::hackney {

/// The longest tag reference that the original takes, in characters.
inline constexpr std::size_t kTagReferenceMost = 11;
/// Whether the text is a tag reference by its form: "004512/01".
[[nodiscard]] bool is_tag_reference(std::string_view text);

[[nodiscard]] Result<http::Response> read_transactions(Call& call);   ///< transactions.cpp
[[nodiscard]] Result<http::Response> read_new_tenancies(Call& call);  ///< new_tenancies.cpp

}  // namespace tenantry::api::hackney
