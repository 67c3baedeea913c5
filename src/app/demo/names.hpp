// Names as a London borough has them, by language, so that first and last name belong together.
#pragma once

#include <span>
#include <string_view>

namespace tenantry::app {

struct Culture {
    unsigned weight;  ///< how often, beside the others
    /// First names, those of the young before those of the old where fashion tells them apart.
    std::span<const std::string_view> women;
    std::span<const std::string_view> men;
    std::span<const std::string_view> surnames;
    /// Where a woman's form differs: the same surnames in the same order. Else empty.
    std::span<const std::string_view> surnames_of_women;
};

[[nodiscard]] std::span<const Culture> names_of_europe();
[[nodiscard]] std::span<const Culture> names_of_the_world();

}  // namespace tenantry::app
