// The homes of the demo landlord: Merebrook, a London borough that is not there, in postcode districts that
// are not there. Homes come in places of forty (a street of houses, or blocks of flats on it), places in
// neighbourhoods of five, some of which are an estate. Each home is made from the seed and its number alone.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "register/import_records.hpp"

namespace tenantry::app {

inline constexpr std::array<std::string_view, 18> kWards{
    "Abbotsmere",     "Beacon Hill", "Canalside",    "Cutlers Green", "Dovecote",    "Ferry Lane",
    "Foundry Park",   "Gravel Pits", "Hartsmoor",    "Kingsmead",     "Lamplighter", "Merebrook Central",
    "Northern Marsh", "Orchard End", "Priory Cross", "Ropewalk",      "Tannery",     "Windmill Fields",
};

[[nodiscard]] std::int64_t uprn_of(std::uint64_t seed, std::uint64_t home);
[[nodiscard]] housing::PropertyRecord make_property(std::uint64_t seed, std::uint64_t home);

}  // namespace tenantry::app
