// UK postcodes, as far as their form tells.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tenantry::housing {

/// In upper case with one space, however it was written; nothing for what has not the form of a postcode.
[[nodiscard]] std::optional<std::string> parse_postcode(std::string_view text);

}  // namespace tenantry::housing
