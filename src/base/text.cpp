#include "base/text.hpp"

#include <utf8proc.h>

#include <array>
#include <cstdint>
#include <utility>

#include "base/ascii.hpp"

namespace tenantry {

namespace {

/// Letters that Unicode does not decompose although readers take them for a letter with a mark.
constexpr std::array<std::pair<utf8proc_int32_t, std::string_view>, 11> kLetters{{
    {0x00e6, "ae"},
    {0x0153, "oe"},
    {0x00f8, "o"},
    {0x0142, "l"},
    {0x0111, "d"},
    {0x00f0, "d"},
    {0x00fe, "th"},
    {0x0131, "i"},
    {0x0127, "h"},
    {0x0167, "t"},
    {0x014b, "ng"},
}};

bool is_apostrophe(utf8proc_int32_t c) {
    return c == '\'' || c == '`' || c == 0x00b4 || c == 0x02b9 || c == 0x02bb || c == 0x02bc || c == 0x2018 ||
           c == 0x2019 || c == 0x201b || c == 0x2032;
}

bool is_gap(utf8proc_int32_t c) {
    const auto category = utf8proc_category(c);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_PD ||
           category == UTF8PROC_CATEGORY_CC;
}

void append(std::string& out, utf8proc_int32_t c) {
    std::array<utf8proc_uint8_t, 4> encoded{};
    const auto length = utf8proc_encode_char(c, encoded.data());
    out.append(reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length));
}

void fold_one(std::string& out, utf8proc_int32_t c) {
    if (is_apostrophe(c)) {
        return;
    }
    if (is_gap(c)) {
        if (!out.empty() && out.back() != ' ') {
            out += ' ';
        }
        return;
    }
    for (const auto& [letter, plain] : kLetters) {
        if (c == letter) {
            out += plain;
            return;
        }
    }
    append(out, c);
}

constexpr std::size_t kAscii = 0x80;
constexpr char kNothing = '\0';

/// What fold_one() makes of each ASCII character in lower case: a character, a space for a gap, or kNothing.
std::array<char, kAscii> fold_each_ascii() {
    std::array<char, kAscii> folded{};
    for (std::size_t c = 0; c < kAscii; ++c) {
        std::string text = "a";
        fold_one(text, static_cast<utf8proc_int32_t>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
        folded.at(c) = text.size() > 1 ? text[1] : kNothing;
    }
    return folded;
}

/// ASCII alone, the common case, by a table.
bool fold_ascii(std::string_view text, std::string& out) {
    static const auto kFolded = fold_each_ascii();
    for (const char c : text) {
        const auto at = static_cast<unsigned char>(c);
        if (at >= kAscii) {
            out.clear();
            return false;
        }
        const char folded = kFolded[at];
        if (folded != kNothing && (folded != ' ' || (!out.empty() && out.back() != ' '))) {
            out += folded;
        }
    }
    return true;
}

}  // namespace

bool is_clean_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80) {
            if (text[at] == '\0') {
                return false;
            }
            ++at;
            continue;
        }
        utf8proc_int32_t c = 0;
        const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                             static_cast<utf8proc_ssize_t>(text.size() - at), &c);
        if (length <= 0) {
            return false;
        }
        at += static_cast<std::size_t>(length);
    }
    return true;
}

bool has_control_character(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool c1 = byte == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
        if (byte < 0x20 || byte == 0x7f || c1) {
            return true;
        }
    }
    return false;
}

std::size_t code_point_count(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1 : 0;
    }
    return count;
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(kSpace);
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    fold_into(text, out);
    return out;
}

void fold_into(std::string_view text, std::string& out) {
    out.clear();
    if (!fold_ascii(text, out)) {
        utf8proc_uint8_t* mapped = nullptr;
        const auto length = utf8proc_map(
            reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
            static_cast<utf8proc_ssize_t>(text.size()), &mapped,
            static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                           UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_IGNORE));
        for (utf8proc_ssize_t at = 0; at < length;) {
            utf8proc_int32_t c = 0;
            at += utf8proc_iterate(mapped + at, length - at, &c);
            fold_one(out, c);
        }
        std::free(mapped);  // utf8proc allocates with malloc; nothing is allocated on failure
    }
    if (!out.empty() && out.back() == ' ') {
        out.pop_back();
    }
}

std::vector<std::string_view> words_of(std::string_view folded) {
    std::vector<std::string_view> words;
    while (!folded.empty()) {
        const auto end = std::min(folded.find(' '), folded.size());
        if (end > 0) {
            words.push_back(folded.substr(0, end));
        }
        folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    return words;
}

bool looks_like_email(std::string_view text) {
    constexpr std::size_t kBytesMax = 254;  // RFC 5321 section 4.5.3.1.3
    const auto at = text.find('@');
    return text.size() <= kBytesMax && at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos && text.find(' ') == std::string_view::npos;
}

std::string fold_email(std::string_view text) {
    return lower_case(trim(text));
}

std::string fold_telephone(std::string_view text) {
    std::string digits;
    bool international = false;
    for (const char c : text) {
        international = international || (c == '+' && digits.empty());
        if (c >= '0' && c <= '9') {
            digits += c;
        }
    }
    if (!international && digits.starts_with("00")) {
        digits.erase(0, 2);
        international = true;
    }
    if (international && digits.starts_with("44")) {
        digits.replace(0, digits.starts_with("440") ? 3 : 2, "0");
    }
    return digits;
}

}  // namespace tenantry
