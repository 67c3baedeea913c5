// Bytes, and the encodings that carry them in text.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tenantry {

using Bytes = std::vector<unsigned char>;
using ByteView = std::span<const unsigned char>;
using Hash = std::array<unsigned char, 32>;

[[nodiscard]] inline ByteView bytes_of(std::string_view text) {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view text_of(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Lower-case hexadecimal.
[[nodiscard]] std::string hex_encode(ByteView bytes);
/// The bytes of an even number of hexadecimal digits (either case); nothing for any other text.
[[nodiscard]] std::optional<Bytes> hex_decode(std::string_view text);
/// The same of so many bytes; nothing where they are more or fewer.
template <std::size_t N>
[[nodiscard]] std::optional<std::array<unsigned char, N>> hex_decode_exactly(std::string_view text) {
    const auto bytes = hex_decode(text);
    if (!bytes || bytes->size() != N) {
        return std::nullopt;
    }
    std::array<unsigned char, N> exactly{};
    std::copy(bytes->begin(), bytes->end(), exactly.begin());
    return exactly;
}
/// FNV-1a: tells texts apart that nobody makes alike on purpose.
[[nodiscard]] constexpr std::uint64_t fnv_1a(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    return hash;
}
/// RFC 4648 section 5, without padding.
[[nodiscard]] std::string base64url_encode(ByteView bytes);
/// The bytes of canonical unpadded base64url; nothing for any other text.
[[nodiscard]] std::optional<Bytes> base64url_decode(std::string_view text);
/// RFC 4648 section 4, with padding.
[[nodiscard]] std::string base64_encode(ByteView bytes);
/// The bytes of canonical padded base64; nothing for any other text.
[[nodiscard]] std::optional<Bytes> base64_decode(std::string_view text);

}  // namespace tenantry
