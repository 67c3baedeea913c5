// A person as the lists of the officers' pages show them: the name, where they live, and whether to be warned
// before knocking there.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "register/person.hpp"

namespace tenantry::housing {

struct PersonLine {
    Person person;  ///< to Depth::Contact; what does not open is empty and named in Person::unreadable
    std::optional<Uuid> home;  ///< the property that they are assigned to
    std::optional<std::int64_t> uprn;
    std::optional<Uuid> tenancy;
    std::optional<std::string> tag_reference;
};

/// The people of these numbers, in this order; those that there are not are left out. Damage is reported, and
/// shown without what does not open: officers must see that there is a mark. Journals no reading: the list
/// that takes them in says as one whose records it shows.
[[nodiscard]] Result<std::vector<PersonLine>> read_person_lines(audit::Work& work,
                                                                const std::vector<std::int64_t>& people);

/// Sorts records as their numbers come in the list. Each has a place there.
template <class Record, class NumberOf>
void sort_as_listed(std::vector<Record>& records, const std::vector<std::int64_t>& listed,
                    NumberOf number_of_record) {
    const auto place = [&](const Record& record) {
        return std::find(listed.begin(), listed.end(), number_of_record(record));
    };
    std::sort(records.begin(), records.end(),
              [&](const Record& a, const Record& b) { return place(a) < place(b); });
}

}  // namespace tenantry::housing
