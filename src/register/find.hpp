// The search box on every page: whatever a caller says of themselves finds them, their home, their tenancy or
// their case. What was typed is read as everything that it may be, each by its own index: an e-mail or a
// telephone by their keyed hash, references, ticket numbers and UPRNs as they stand, addresses and names by
// their words. Bounded: nothing is counted, and of what very many match only the first are looked at.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "register/names_in_memory.hpp"
#include "register/person_line.hpp"
#include "register/tray.hpp"

namespace tenantry::housing {

/// What is found of each kind, at most.
inline constexpr std::size_t kFoundMost = 20;

template <class Item>
struct FoundOf {
    std::vector<Item> items;  ///< what was typed as a whole comes first
    bool has_more = false;
};

struct FoundHome {
    Uuid uuid;
    std::string address;
    std::optional<std::int64_t> uprn;
    bool alert = false;  ///< officers are warned of somebody there
};

struct FoundTenancy {
    Uuid uuid;
    std::string tag_reference;
    std::optional<std::string> payment_reference;
    bool present = false;
    std::optional<Date> start_on;
    std::optional<Date> end_on;
    std::optional<Uuid> home;
    std::string address;
    bool alert = false;  ///< officers are warned of somebody at the home
};

struct Found {
    FoundOf<PersonLine> people;
    FoundOf<FoundHome> homes;
    FoundOf<FoundTenancy> tenancies;
    FoundOf<TrayItem> cases;
    bool too_short = false;  ///< nothing was looked for: names and addresses are found from three letters on

    [[nodiscard]] bool empty() const {
        return people.items.empty() && homes.items.empty() && tenancies.items.empty() && cases.items.empty();
    }
};

/// What who searches may see beside people and homes.
struct FindScope {
    bool tenancies = true;
    bool cases = true;
};

/// Whoever and whatever the text may mean. People of a tenancy that was found by its reference, and of the
/// one home that was found, are among the people. In mode memory names are searched in `names`, to the same
/// answers. Journals whose records it shows.
[[nodiscard]] Result<Found> find_anything(audit::Work& work, NamesInMemory& names, std::string_view typed,
                                          FindScope scope);

}  // namespace tenantry::housing
