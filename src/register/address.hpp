// An address in its parts, a home's or a person's own, and the two texts that it is shown and searched as.
#pragma once

#include <array>
#include <optional>
#include <string>

namespace tenantry::housing {

struct Property;

struct Address {
    std::optional<std::string> line_1;
    std::optional<std::string> line_2;
    std::optional<std::string> line_3;
    std::optional<std::string> city;
    std::optional<std::string> postcode;

    bool operator==(const Address&) const = default;

    /// No part is there.
    [[nodiscard]] bool empty() const { return *this == Address{}; }
    /// This address, with the parts that the other one has in their place.
    [[nodiscard]] Address with(const Address& parts) const;

    /// "FLAT 2 SAMPLE HOUSE\r\nEXAMPLE ROAD\r\nLONDON E8 9ZZ": the lines that say something, city and
    /// postcode on the last. Nothing where nothing is said.
    [[nodiscard]] std::optional<std::string> display() const;
    /// The same on one line with spaces between.
    [[nodiscard]] std::string on_one_line() const;
    /// "flat2samplehouseexampleroad": lines 1 and 2 in lower case, run together. Nothing where there is
    /// neither.
    [[nodiscard]] std::optional<std::string> search_text() const;
    /// What a search compares and lists are sorted by: lines 1 and 2 folded and run together.
    [[nodiscard]] std::string key() const;
};

/// The five parts in their order.
[[nodiscard]] std::array<const std::optional<std::string>*, 5> parts_of(const Address& address);

/// Where the property is. A line or postcode that nobody knows is none.
[[nodiscard]] Address address_of(const Property& property);

/// The folded text without its spaces.
[[nodiscard]] std::string fold_together(const std::string& text);

}  // namespace tenantry::housing
