// Comparing text that is ASCII by definition (names of headers, paths, members), whatever the locale.
#pragma once

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry {

[[nodiscard]] constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
/// Every letter in lower case; other bytes as they are.
[[nodiscard]] inline std::string lower_case(std::string_view text) {
    std::string lower{text};
    std::transform(lower.begin(), lower.end(), lower.begin(), to_lower);
    return lower;
}
[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_letter(char c) {
    return to_lower(c) >= 'a' && to_lower(c) <= 'z';
}
/// The value of a hexadecimal digit; -1 for any other character.
[[nodiscard]] constexpr int hex_value(char c) {
    if (is_digit(c)) {
        return c - '0';
    }
    return to_lower(c) >= 'a' && to_lower(c) <= 'f' ? to_lower(c) - 'a' + 10 : -1;
}
/// The number that the whole text is, in decimal, "-" in front of one below zero; nothing for any other text,
/// and for one that the type cannot hold.
template <class Number>
[[nodiscard]] std::optional<Number> parse_whole(std::string_view text) {
    Number number{};
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = failure == std::errc{} && end == text.data() + text.size();
    return whole ? std::optional{number} : std::nullopt;
}
/// Equal but for case.
[[nodiscard]] constexpr bool same_text(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return to_lower(x) == to_lower(y); });
}
/// Without the spaces and tabs around it (OWS of RFC 9110).
[[nodiscard]] constexpr std::string_view trim_blanks(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}
/// Takes the text up to the separator, or all of it, off the front of `rest`, the separator with it.
[[nodiscard]] constexpr std::string_view take_until(std::string_view& rest, char separator) {
    const auto piece = rest.substr(0, rest.find(separator));
    rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
    return piece;
}

}  // namespace tenantry
