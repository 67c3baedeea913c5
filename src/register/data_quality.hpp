// What of the register is worth mending. However large it is, one look goes through so many records and says
// where to go on: nothing here has an index of its own, because what is mended is gone from the list.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "audit/work.hpp"
#include "base/ids.hpp"

namespace tenantry::housing {

enum class Flaw : std::uint8_t {
    PersonWithoutContact,  ///< active, and neither telephone nor e-mail is known
    SharedContact,         ///< active, and somebody else has the same telephone or e-mail
    AlertWithoutHome,      ///< officers are warned of somebody whose home is not known
    HomeWithoutUprn,
    HomeWithoutPatch,
    BadPostcode,           ///< a home's postcode has not the form of one
    TenancyWithoutPeople,  ///< present, and nobody is linked to it
    OldInteraction,        ///< in an area's tray for over a year, and still open
};
inline constexpr std::array kFlaws{Flaw::PersonWithoutContact, Flaw::SharedContact,    Flaw::AlertWithoutHome,
                                   Flaw::HomeWithoutUprn,      Flaw::HomeWithoutPatch, Flaw::BadPostcode,
                                   Flaw::TenancyWithoutPeople, Flaw::OldInteraction};

/// A record with a flaw.
struct Flawed {
    Uuid uuid;            ///< of the person, home, tenancy or interaction
    std::string name;     ///< what it is known by: a name, an address, a reference, a ticket number
    std::string details;  ///< where it is, or how old; may be empty
    std::optional<Instant> since = std::nullopt;
    struct Other {
        Uuid uuid;
        std::string name;
    };
    std::vector<Other> others = {};  ///< people who have the same contact
};

struct FlawedPage {
    std::vector<Flawed> records;  ///< the first kFlawedShown of those found
    std::int64_t found = 0;
    bool found_is_exact = true;         ///< false: there are more than were counted
    std::int64_t looked_at = 0;         ///< records that were gone through, about
    std::optional<std::int64_t> go_on;  ///< number after which to look next; nothing: this was the end
    bool is_through = true;  ///< false: there are records that no look reaches before these are mended
};

inline constexpr std::int64_t kFlawedShown = 50;
inline constexpr std::int64_t kFlawedCounted = 1000;
inline constexpr std::int64_t kFlawedLookedAt = 20'000;

/// What has this flaw among the records after a number. Journals whose records it shows.
[[nodiscard]] Result<FlawedPage> find_flawed(audit::Work& work, Flaw flaw, std::int64_t after);

}  // namespace tenantry::housing
