#include "base/ids.hpp"

namespace tenantry {

namespace {

/// Where a hyphen stands in the 36-character form: before the byte that follows it.
constexpr bool is_hyphen_at(std::size_t at) {
    return at == 8 || at == 13 || at == 18 || at == 23;
}

/// The value of a hexadecimal digit in either case; -1 for any other character.
constexpr int digit_value(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

Uuid Uuid::from_random(std::array<unsigned char, 16> random) {
    random[6] = static_cast<unsigned char>((random[6] & 0x0fU) | 0x40U);
    random[8] = static_cast<unsigned char>((random[8] & 0x3fU) | 0x80U);
    Uuid uuid;
    uuid.bytes_ = random;
    return uuid;
}

std::optional<Uuid> Uuid::from_bytes(ByteView bytes) {
    if (bytes.size() != 16) {
        return std::nullopt;
    }
    Uuid uuid;
    std::copy(bytes.begin(), bytes.end(), uuid.bytes_.begin());
    return uuid;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) {
        return std::nullopt;
    }
    Uuid uuid;
    std::size_t at = 0;
    for (unsigned char& byte : uuid.bytes_) {
        if (is_hyphen_at(at) && text[at++] != '-') {
            return std::nullopt;
        }
        const int high = digit_value(text[at++]);
        const int low = digit_value(text[at++]);
        if (high < 0 || low < 0) {
            return std::nullopt;
        }
        byte = static_cast<unsigned char>(high * 16 + low);
    }
    return uuid;
}

std::string Uuid::text() const {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t at = 0;
    for (const unsigned char byte : bytes_) {
        if (is_hyphen_at(at)) {
            ++at;
        }
        text[at++] = kDigits[byte >> 4];
        text[at++] = kDigits[byte & 15];
    }
    return text;
}

}  // namespace tenantry
