// Text as people type it: UTF-8 checks and the folding that search and equality of names rest on.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tenantry {

/// Well-formed UTF-8 without U+0000.
[[nodiscard]] bool is_clean_utf8(std::string_view text);
/// True if a control character (C0, DEL or C1) stands in valid UTF-8 text.
[[nodiscard]] bool has_control_character(std::string_view text);
/// Number of Unicode code points of valid UTF-8 text.
[[nodiscard]] std::size_t code_point_count(std::string_view text);
[[nodiscard]] std::string_view trim(std::string_view text);

/// What a name is found by: lower case, no accents, no apostrophes; hyphens and runs of white space are one
/// space. "O’Brien-Łuczak" and "obrien luczak" fold to the same text. Invalid UTF-8 folds to nothing.
[[nodiscard]] std::string fold(std::string_view text);
/// The same in the place of what `out` held, whose memory is used again.
void fold_into(std::string_view text, std::string& out);
/// The words of folded text, in order.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view folded);

/// An e-mail address as far as its form tells: one "@" inside, no space, at most 254 bytes.
[[nodiscard]] bool looks_like_email(std::string_view text);
/// E-mail as it is compared: trimmed, lower case.
[[nodiscard]] std::string fold_email(std::string_view text);
/// Telephone as it is compared: digits only, +44 and 0044 become the leading 0, other countries lose + or 00.
[[nodiscard]] std::string fold_telephone(std::string_view text);

}  // namespace tenantry
