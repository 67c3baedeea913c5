// What an officer should know of their patches besides the work that lies there: who has just moved in, and
// of whom they are warned.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/person_line.hpp"
#include "register/tenancy.hpp"

namespace tenantry::housing {

struct Officer;

/// A tenancy that has just begun, or is about to.
struct FreshTenancy {
    Id<Tenancy> id;
    Uuid uuid;
    std::string tag_reference;
    Date started;
    Uuid home;
    std::string address;
    std::vector<Person> people;  ///< to Depth::Contact, in order of number
};
/// Those at the homes of the officer's patches that began on that day or later, the newest first, at most so
/// many. Journals whose records it shows.
[[nodiscard]] Result<std::vector<FreshTenancy>> list_fresh_tenancies(audit::Work& work, Id<Officer> officer,
                                                                     Date since, std::int64_t most);

struct FlaggedPage {
    std::vector<PersonLine> people;
    bool has_more = false;  ///< after these
};
/// The people at the homes of the officer's patches whom officers are warned of, in order of home and number.
/// Journals whose records it shows.
[[nodiscard]] Result<FlaggedPage> list_flagged_in_patches(audit::Work& work, Id<Officer> officer,
                                                          Paging paging);

}  // namespace tenantry::housing
