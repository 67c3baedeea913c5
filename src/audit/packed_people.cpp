#include "audit/packed_people.hpp"

#include <algorithm>

namespace tenantry::audit {

Bytes pack_people(std::vector<std::int64_t> people) {
    std::sort(people.begin(), people.end());
    Bytes packed;
    std::int64_t before = 0;
    for (const auto person : people) {
        auto difference = static_cast<std::uint64_t>(person - before);
        while (difference >= 0x80) {
            packed.push_back(static_cast<unsigned char>(difference & 0x7fU) | 0x80U);
            difference >>= 7;
        }
        packed.push_back(static_cast<unsigned char>(difference));
        before = person;
    }
    return packed;
}

std::vector<std::int64_t> unpack_people(ByteView packed) {
    std::vector<std::int64_t> people;
    std::uint64_t before = 0;
    std::uint64_t difference = 0;
    unsigned shift = 0;
    for (const unsigned char byte : packed) {
        if (shift < 64) {
            difference |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        }
        shift += 7;
        if ((byte & 0x80U) == 0) {
            before += difference;
            people.push_back(static_cast<std::int64_t>(before));
            difference = 0;
            shift = 0;
        }
    }
    return people;
}

}  // namespace tenantry::audit
