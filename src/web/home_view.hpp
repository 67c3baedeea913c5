// What the pages about a home share: its address and who answers for it, the work that is open there, a
// person in a list.
#pragma once

#include <string>

#include "register/home.hpp"
#include "register/property.hpp"
#include "web/page.hpp"

namespace tenantry::web {

/// The home of the path's first place. NotFound: there is none.
[[nodiscard]] Result<housing::Property> home_of(Call& call);

/// "/homes/{uuid}", and what comes below.
[[nodiscard]] std::string path_of(const housing::Property& home, std::string_view below = {});

/// Sets "address", "home", "uprn", "reference", "patch" and "officer".
[[nodiscard]] Result<void> show_home_in(View& view, Call& call, const housing::Property& home);

/// "name", "href" and "alert" of a person in a list.
[[nodiscard]] View view_of_person_in_list(const housing::Person& person);

/// Sets "work" for a list of what is open at the home, the oldest first, off for who may not see it; "work?"
/// and "sees_work".
[[nodiscard]] Result<void> show_open_work_in(View& view, Call& call, const Visitor& visitor,
                                             const housing::Property& home);

}  // namespace tenantry::web
