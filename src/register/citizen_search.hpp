// The citizen index search: officers look for somebody by parts of name, address and postcode, among people
// with a present tenancy and, where they ask for more, in the citizen index.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/citizen.hpp"
#include "register/resident.hpp"

namespace tenantry::housing {

/// What to look for. Every part given must match; without regard to case, accents, apostrophes and hyphens.
struct CitizenCriteria {
    std::optional<std::string> first_name = {};  ///< stands somewhere in the first name
    std::optional<std::string> last_name = {};   ///< stands somewhere in the last name
    std::optional<std::string> postcode = {};    ///< stands somewhere in the postcode, its space or not
    std::optional<std::string> address = {};  ///< each word stands somewhere in lines 1 and 2, run together
    bool with_citizen_index = false;
    std::size_t most = 1000;  ///< records in all
};

struct CitizenMatches {
    std::vector<Resident> residents;  ///< with a present tenancy
    /// Those whom residents does not have already, by the person's uuid or the LARN.
    std::vector<Citizen> citizens;
};

/// Each by address, then by full name backwards; the first of them where there are more than `most`. Who does
/// not open is reported and left out. Journals whose records it shows. In mode memory the names are searched
/// in `names`, to the same answers.
[[nodiscard]] Result<CitizenMatches> search_citizens(audit::Work& work, NamesInMemory& names,
                                                     const CitizenCriteria& criteria);

}  // namespace tenantry::housing
