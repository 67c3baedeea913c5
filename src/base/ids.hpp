// Identities: Uuid (16 bytes, written lower case with hyphens) and Id<Noun>, the register's 64-bit numbers.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace tenantry {

class Uuid {
  public:
    Uuid() = default;
    /// A version 4 uuid from 16 random bytes (RFC 9562 section 5.4).
    [[nodiscard]] static Uuid from_random(std::array<unsigned char, 16> random);
    /// The uuid stored in 16 bytes; nothing for another length.
    [[nodiscard]] static std::optional<Uuid> from_bytes(ByteView bytes);
    /// The 36-character form, either case; nothing for any other text.
    [[nodiscard]] static std::optional<Uuid> parse(std::string_view text);

    [[nodiscard]] ByteView bytes() const { return bytes_; }
    [[nodiscard]] std::string text() const;
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 that < compares with for a pointer
    auto operator<=>(const Uuid&) const = default;

  private:
    std::array<unsigned char, 16> bytes_{};
};

/// A record's number. Id<Person> and Id<Property> do not mix.
template <class Noun>
struct Id {
    std::int64_t value = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): as above
    auto operator<=>(const Id&) const = default;
};

}  // namespace tenantry

template <class Noun>
struct std::hash<tenantry::Id<Noun>> {
    std::size_t operator()(tenantry::Id<Noun> id) const noexcept {
        return std::hash<std::int64_t>{}(id.value);
    }
};
