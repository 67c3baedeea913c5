#include "base/ids.hpp"

#include <algorithm>

namespace tenantry {

namespace {

constexpr std::array<std::size_t, 4> kHyphens{8, 13, 18, 23};

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
    std::string digits;
    digits.reserve(32);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hyphen = std::find(kHyphens.begin(), kHyphens.end(), i) != kHyphens.end();
        if (hyphen != (text[i] == '-')) {
            return std::nullopt;
        }
        if (!hyphen) {
            digits += text[i];
        }
    }
    const auto bytes = hex_decode(digits);
    return bytes ? from_bytes(*bytes) : std::nullopt;
}

std::string Uuid::text() const {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text(36, '-');
    std::size_t at = 0;
    for (const unsigned char byte : bytes_) {
        if (at == 8 || at == 13 || at == 18 || at == 23) {
            ++at;
        }
        text[at++] = kDigits[byte >> 4];
        text[at++] = kDigits[byte & 15];
    }
    return text;
}

}  // namespace tenantry
