// Substring search over folded text, through an index of trigrams. Every word of the query must stand
// somewhere in the text, in any order, whatever its case or accents; '%' and '_' are letters like any other.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace tenantry::housing {

inline constexpr std::size_t kSearchWords = 5;

struct SearchTerms {
    std::string folded;                                ///< owns what words point into
    std::array<std::string_view, kSearchWords> words;  ///< unused ones are empty, which every text contains
    std::string match;  ///< trigrams that a hit must hold; empty where no word has three letters

    [[nodiscard]] bool empty() const { return words[0].empty(); }
};

/// The terms of what somebody typed. A sixth word and those after it narrow the result no further.
[[nodiscard]] SearchTerms parse_search(std::string_view typed);

}  // namespace tenantry::housing
