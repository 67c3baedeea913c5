#include "register/postcode.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace tenantry::housing {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/// The outward codes that are: A9, A99, A9A, AA9, AA99, AA9A; and GIR.
bool is_outward_code(std::string_view code) {
    std::string shape;
    for (const char c : code) {
        shape += is_digit(c) ? '9' : is_capital(c) ? 'A' : '?';
    }
    constexpr std::array<std::string_view, 6> kShapes{"A9", "A99", "A9A", "AA9", "AA99", "AA9A"};
    return std::find(kShapes.begin(), kShapes.end(), shape) != kShapes.end() || code == "GIR";
}

bool is_inward_code(std::string_view code) {
    constexpr std::string_view kNever = "CIKMOV";
    return is_digit(code[0]) && is_capital(code[1]) && is_capital(code[2]) &&
           code.substr(1).find_first_of(kNever) == std::string_view::npos;
}

}  // namespace

std::optional<std::string> parse_postcode(std::string_view text) {
    constexpr std::size_t kInward = 3;
    std::string code;
    for (const char c : trim(text)) {
        if (c != ' ') {
            code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    if (code.size() < kInward + 2 || code.size() > kInward + 4) {
        return std::nullopt;
    }
    code.insert(code.size() - kInward, 1, ' ');
    const std::string_view whole = code;
    if (!is_outward_code(whole.substr(0, whole.find(' '))) ||
        !is_inward_code(whole.substr(whole.size() - kInward))) {
        return std::nullopt;
    }
    return code;
}

}  // namespace tenantry::housing
