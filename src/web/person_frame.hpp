// What all pages about a person have: whom they are about, and the way from one to the other.
#pragma once

#include "register/resident.hpp"
#include "web/page.hpp"

namespace tenantry::web {

/// The pages about a person.
enum class PersonPart : std::uint8_t { Overview, Interactions, Jobs, Activity };

/// The person of the path, shown as far as their record opens. NotFound: nobody has the uuid.
[[nodiscard]] Result<housing::Resident> resident_of(Call& call);
/// "/people/<uuid>".
[[nodiscard]] std::string path_of(const housing::Person& person);
/// "Mrs Ada O'Sample"; what to say of a name that does not open.
[[nodiscard]] std::string name_of(const housing::Person& person);
/// Whether the column did not open.
[[nodiscard]] bool is_damaged(const housing::Person& person, std::string_view column);

/// Sets what {{>person_head}} shows, the alerts among it. Journals whom those name.
[[nodiscard]] Result<void> show_head_in(View& content, Call& call, const Visitor& visitor,
                                        const housing::Person& person, PersonPart part);

}  // namespace tenantry::web
