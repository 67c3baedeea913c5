// The demo landlord's chance: splitmix64, so that the same seed gives the same landlord on every machine and
// with every standard library. (For that, no expression may draw twice: the order would be the compiler's.)
// Each thing of the landlord draws from a stream of its own, so any home can be made without the others.
// One thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "base/ids.hpp"

namespace tenantry::app {

/// What a stream of numbers is for.
enum class Stream : std::uint8_t {
    Neighbourhood,
    Place,
    Home,
    Uprn,
    Plan,
    Family,
    Person,
    JobCount,
    Job,
    CaseNote,
    Patch,
    ManagerArea,
    Officer,
    OfficerName,
    Manager,
    ManagerName,
    Account,
    Tenancy,
    FormerTenancy,
    PresentTenancy,
    Ledger,
    Alert,
    Citizen,
    CitizenRecord,
    InteractionCount,
    Interaction,
    JobDetail,
    Consent,
    NewLet
};

class Random {
  public:
    Random(std::uint64_t seed, Stream stream, std::uint64_t number)
        : state_(mix(mix(mix(seed) + static_cast<std::uint64_t>(stream)) + number)) {}

    std::uint64_t next() { return mix(state_ += kStep); }
    /// Less than the bound, which is at most 2^32.
    std::uint64_t below(std::uint64_t bound) { return ((next() >> 32U) * bound) >> 32U; }
    std::uint64_t between(std::uint64_t least, std::uint64_t most) { return least + below(most - least + 1); }
    bool chance(std::uint64_t percent) { return below(100) < percent; }
    template <class T>
    const T& pick(std::span<const T> from) {
        return from[below(from.size())];
    }
    template <class T, std::size_t N>
    const T& pick(const std::array<T, N>& from) {
        return pick(std::span<const T>{from});
    }
    /// A place in the list, as often as its weight says.
    std::size_t pick_weighted(std::span<const unsigned> weights) {
        std::uint64_t sum = 0;
        for (const auto weight : weights) {
            sum += weight;
        }
        std::uint64_t left = below(sum);
        std::size_t at = 0;
        while (left >= weights[at]) {
            left -= weights[at++];
        }
        return at;
    }
    Uuid uuid() {
        std::array<unsigned char, 16> bytes{};
        for (std::size_t i = 0; i < 2; ++i) {
            std::uint64_t word = next();
            for (std::size_t j = 0; j < 8; ++j, word >>= 8U) {
                bytes[8 * i + j] = static_cast<unsigned char>(word & 0xffU);
            }
        }
        return Uuid::from_random(bytes);
    }

  private:
    static constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15;

    static std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111eb;
        return z ^ (z >> 31U);
    }

    std::uint64_t state_;
};

}  // namespace tenantry::app
