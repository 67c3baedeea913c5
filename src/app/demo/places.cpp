#include "app/demo/places.hpp"

#include <fmt/format.h>

#include "app/demo/officers.hpp"
#include "app/demo/random.hpp"

namespace tenantry::app {

namespace {

constexpr std::uint64_t kHomesOfPlace = 40;
constexpr std::uint64_t kPlacesOfNeighbourhood = 5;

constexpr std::array<std::string_view, 61> kStreetNames{
    "Thornbury",  "Alder",       "Marlowe",     "Cassland",   "Penrith",  "Quarry",      "Osprey",
    "Fairholme",  "Lansdale",    "Copper",      "Wickham",    "Sorrel",   "Tidemill",    "Ashgrove",
    "Bellwether", "Carrow",      "Dunmore",     "Eastbrook",  "Fenwick",  "Gosling",     "Harrier",
    "Ivybridge",  "Juniper",     "Kestrel",     "Larkhall",   "Millrace", "Nightingale", "Oakmead",
    "Paradise",   "Queensferry", "Ravenscroft", "Saltmarsh",  "Teasel",   "Underhill",   "Vyner",
    "Wellington", "Yarrow",      "Ambler",      "Blackthorn", "Chandler", "Darnley",     "Elderfield",
    "Foxglove",   "Glebe",       "Hollybush",   "Kingfisher", "Linden",   "Meadowsweet", "Norfolk",
    "Old Ford",   "Pembury",     "Rushmore",    "Shipwright", "Trinity",  "Urswick",     "Victoria",
    "Weavers",    "Wharf",       "Brewhouse",   "Chalk",      "Rookery",
};
constexpr std::array<std::string_view, 16> kStreetKinds{
    "Road", "Street", "Avenue", "Lane",  "Grove", "Terrace", "Gardens", "Crescent",
    "Way",  "Walk",   "Place",  "Close", "Rise",  "Mews",    "Row",     "Square",
};
/// Only a landlord with more streets than names needs them.
constexpr std::array<std::string_view, 13> kStreetPrefixes{
    "",       "Upper ",  "Lower ", "North ", "South ", "East ", "West ",
    "Great ", "Little ", "Old ",   "New ",   "High ",  "Long ",
};
constexpr std::array<std::string_view, 42> kBlockNames{
    "Attlee",   "Bevan",     "Cavell",   "Darwin",      "Eliot",     "Fielding",  "Gaskell",
    "Hardy",    "Inglis",    "Jenner",   "Keats",       "Lister",    "Morris",    "Naoroji",
    "Orwell",   "Pankhurst", "Quiller",  "Ruskin",      "Seacole",   "Turing",    "Unwin",
    "Verity",   "Wilmer",    "Sycamore", "Rowan",       "Hawthorn",  "Maple",     "Hornbeam",
    "Magnolia", "Heron",     "Curlew",   "Lapwing",     "Goldfinch", "Wren",      "Plover",
    "Aldgate",  "Somerset",  "Wessex",   "Northumbria", "Sidney",    "Priestley", "Nightjar",
};
constexpr std::array<std::string_view, 6> kBlockKinds{"House", "House", "Court", "Point", "Lodge", "Heights"};
constexpr std::array<std::string_view, 24> kEstateNames{
    "Marlowe",       "Kingsmead Green", "Trowbridge",  "Pembury Fields", "Gascoyne End", "Wenlock Barn",
    "Orchard",       "Nightingale",     "Lockkeepers", "Frampton Place", "Stonebridge",  "Linscott",
    "Woodberry",     "Colville Green",  "Haggerty",    "Clapham Mere",   "Aspland",      "Rushbury",
    "Tanner's Yard", "Bannister",       "Morningside", "Evergreen",      "Fellows",      "Saint Werburgh's",
};
/// Only a landlord with more estates than names needs them.
constexpr std::array<std::string_view, 6> kEstateParts{"", " North", " South", " East", " West", " Park"};
constexpr std::array<std::string_view, 4> kOffices{
    "Canalside Neighbourhood Office",
    "Merebrook Central Neighbourhood Office",
    "Northern Marsh Neighbourhood Office",
    "Windmill Fields Neighbourhood Office",
};

struct Neighbourhood {
    std::size_t ward;
    bool estate;
    std::string estate_name;
};

Neighbourhood make_neighbourhood(std::uint64_t seed, std::uint64_t number) {
    Random random{seed, Stream::Neighbourhood, number};
    const std::size_t ward = random.below(kWards.size());
    const bool estate = random.chance(65);
    return {ward, estate,
            fmt::format("{}{} Estate", kEstateNames[(number + seed) % kEstateNames.size()],
                        kEstateParts[number / kEstateNames.size() % kEstateParts.size()])};
}

/// No two places have the same street while names last: 61 × 16 × 13 of them.
std::string street_of(std::uint64_t seed, std::uint64_t place) {
    constexpr std::uint64_t kPlain = kStreetNames.size() * kStreetKinds.size();
    constexpr std::uint64_t kStride =
        379;  // no factor in common with kPlain, so that all are used before one returns
    static_assert(kPlain % 379 != 0);
    const std::uint64_t at = (place % kPlain * kStride + seed % kPlain) % kPlain;
    return fmt::format("{}{} {}", kStreetPrefixes[place / kPlain % kStreetPrefixes.size()],
                       kStreetNames[at % kStreetNames.size()], kStreetKinds[at / kStreetNames.size()]);
}

/// One postcode a street. London has no districts E21 to E24.
std::string postcode_of(std::uint64_t seed, std::uint64_t place, std::size_t ward) {
    constexpr std::string_view kLetters = "ABDEFGHJLNPQRSTUWXYZ";
    constexpr std::uint64_t kUnits = kLetters.size() * kLetters.size();
    constexpr std::uint64_t kSectors = 10;
    constexpr std::uint64_t kStride = 1237;
    const std::uint64_t at = (place * kStride + seed % 4000) % (kSectors * kUnits);
    return fmt::format("E{} {}{}{}", 21 + ward % 4, at / kUnits, kLetters[at % kUnits / kLetters.size()],
                       kLetters[at % kLetters.size()]);
}

std::string block_name(Random& random) {
    const auto name = random.pick(kBlockNames);
    return fmt::format("{} {}", name, random.pick(kBlockKinds));
}

/// The first line of the address of one of the forty homes of a place, and whether the street has to follow
/// it.
struct FirstLine {
    std::string text;
    bool has_street;
};

FirstLine make_first_line(Random random, bool estate, std::uint64_t home, const std::string& street) {
    const auto roll = random.below(100);
    const std::string block = block_name(random);
    const std::string other_block = block_name(random);
    if (roll < (estate ? 55U : 10U)) {
        return {fmt::format("Flat {} {}", home + 1, block), false};
    }
    if (roll < (estate ? 90U : 15U)) {
        constexpr std::uint64_t kHalf = kHomesOfPlace / 2;
        return home < kHalf || block == other_block
                   ? FirstLine{fmt::format("Flat {} {}", home + 1, block), false}
                   : FirstLine{fmt::format("Flat {} {}", home - kHalf + 1, other_block), false};
    }
    const std::uint64_t first_number = 1 + 2 * random.below(60);
    if (!estate && roll < 50) {
        constexpr std::uint64_t kFlatsOfHouse = 4;
        return {fmt::format("Flat {}, {} {}", "ABCD"[home % kFlatsOfHouse],
                            first_number + home / kFlatsOfHouse * 2, street),
                true};
    }
    return {fmt::format("{} {}", first_number + home, street), true};
}

}  // namespace

std::int64_t uprn_of(std::uint64_t seed, std::uint64_t home) {
    constexpr std::int64_t kUnallocated = 990'000'000'000;  // a range of nobody
    constexpr std::uint64_t kStep = 4;
    Random random{seed, Stream::Uprn, home};
    return kUnallocated + static_cast<std::int64_t>(home * kStep + random.below(kStep));
}

housing::PropertyRecord make_property(std::uint64_t seed, std::uint64_t home) {
    const std::uint64_t place = home / kHomesOfPlace;
    const Neighbourhood around = make_neighbourhood(seed, place / kPlacesOfNeighbourhood);
    const std::string street = street_of(seed, place);
    auto [first_line, has_street] =
        make_first_line(Random{seed, Stream::Place, place}, around.estate, home % kHomesOfPlace, street);
    Random random{seed, Stream::Home, home};

    housing::PropertyRecord property;
    property.uuid = random.uuid();
    property.uprn = uprn_of(seed, home);
    property.property_reference = fmt::format("{:08}", home + 1);
    property.house_reference = fmt::format("{:07}", home + 1);
    property.address_line_1 = std::move(first_line);
    property.address_line_2 = has_street ? "Merebrook" : street;
    property.address_line_3 = has_street ? "" : "Merebrook";
    property.city = "London";
    property.county = "Greater London";
    property.postcode = postcode_of(seed, place, around.ward);
    property.ward_id = std::to_string(around.ward + 1);
    property.ward_name = kWards[around.ward];
    if (around.estate) {
        property.estate_address = fmt::format("{}, {}", around.estate_name, street);
    }
    property.patch = patch_uuid(seed, patch_of(home));
    property.neighbourhood_office = kOffices[around.ward % kOffices.size()];
    return property;
}

}  // namespace tenantry::app
