// A person with what stands beside them: where they live and get their letters, their household and tenancy.
// Hackney's contact is read, added and changed as a whole here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/address.hpp"
#include "register/next_of_kin.hpp"
#include "register/person.hpp"

namespace tenantry::housing {

struct Resident {
    Person person;
    Address home;     ///< of the property that they are assigned to
    Address address;  ///< where letters go: an address of their own, else home
    bool has_own_address = false;
    std::optional<Uuid> property;
    std::optional<std::int64_t> uprn;
    std::optional<std::string> house_reference;
    std::optional<Uuid> household;
    std::optional<Uuid> tenancy;
    std::optional<std::string> account_type;  ///< of the tenancy
    NextOfKin next_of_kin;                    ///< in find_resident() alone
};

/// All of one person. NotFound where there is none; Corrupt where a part does not hold. Journals the reading.
[[nodiscard]] Result<Resident> find_resident(audit::Work& work, const Uuid& uuid);
/// As find_resident(), but where a part is damaged the rest is shown: what does not open is empty and named
/// in Person::unreadable ("next_of_kin" for theirs), and reported.
[[nodiscard]] Result<Resident> find_resident_as_far_as_it_opens(audit::Work& work, const Uuid& uuid);
/// For a change: without the next of kin, unjournaled, because the change itself is. Write transactions only.
[[nodiscard]] Result<Resident> load_resident(audit::Work& work, const Uuid& uuid);
/// Everybody assigned to a home, in order of number. Who does not open is reported and left out. Journals
/// whose records it shows.
[[nodiscard]] Result<std::vector<Resident>> list_residents_at(audit::Work& work, std::int64_t uprn);
/// The people of these numbers, in this order. As list_residents_at() otherwise.
[[nodiscard]] Result<std::vector<Resident>> list_residents(audit::Work& work,
                                                           const std::vector<std::int64_t>& people);

struct NewResident {
    Person person;  ///< its property is found by the UPRN
    Address address;
    std::optional<std::int64_t> uprn;
    bool goes_to_citizen_index = false;
    std::optional<std::string> usn;  ///< their number in the citizen index
};
/// Stores a new person, and an entry of the citizen index where wished. A known UPRN assigns them to its
/// property; an unknown one makes a property of the address; without one the address is their own. Conflict:
/// the person's uuid or the usn is taken.
[[nodiscard]] Result<Resident> add_resident(audit::Work& work, NewResident resident);

/// Stores what changed between the resident as loaded and as they are to be, in person and address. An
/// address that is their home's is no longer their own. Conflict: changed meanwhile.
[[nodiscard]] Result<Resident> update_resident(audit::Work& work, const Resident& before, Resident after);

/// Whole years from birth to the day.
[[nodiscard]] int age_on(Date day, Date birth);

}  // namespace tenantry::housing
