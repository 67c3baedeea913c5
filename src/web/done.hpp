// What a page says has been done. The address has a name for it, never a text: nobody can make a page say
// what they like.
#pragma once

#include <optional>
#include <string_view>

namespace tenantry::web {

/// The text of a name; nothing for an unknown one.
[[nodiscard]] std::optional<std::string_view> done_text(std::string_view name);

}  // namespace tenantry::web
