// The records desk of the data protection officer: what its pages share, the page that they begin at, and how
// a person is chosen for one of them.
#pragma once

#include <optional>

#include "register/person.hpp"
#include "register/record.hpp"
#include "web/page.hpp"

namespace tenantry::web {

enum class RecordsPart : std::uint8_t {
    Overview,
    Report,
    Consents,
    Activity,
    Chain,
    Retention,
    Holds,
    Erasure,
    Quality
};

/// The page with the desk's own menu, of what the visitor may open.
[[nodiscard]] http::Response show_records(Call& call, const Visitor& visitor, RecordsPart here, Page page);

/// GET /records
[[nodiscard]] Result<http::Response> read_records(Call& call);
/// POST /records/find: who has this name, telephone or e-mail, to go on with one of them
[[nodiscard]] Result<http::Response> find_for_records(Call& call);

/// Sets what templates/person_search.mustache needs, for the pages that begin with a person.
void set_person_search(View& content, RecordsPart part);

struct ChosenPerson {
    Id<housing::Person> id;
    Uuid uuid;
    std::string name;
};
/// Whom the parameter "person" names; nothing where it is left out. NotFound: nobody. Journals the reading. A
/// name that does not open is said to be unreadable: their rights remain.
[[nodiscard]] Result<std::optional<ChosenPerson>> chosen_person(Call& call);
/// Likewise, where there must be one.
[[nodiscard]] Result<ChosenPerson> required_person(Call& call);
/// "person" for templates/chosen_person.mustache: who it is, with a link to them and one to choose another.
void set_person(View& content, const ChosenPerson& person, RecordsPart part);

}  // namespace tenantry::web
