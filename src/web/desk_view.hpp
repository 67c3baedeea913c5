// What the pages of the manager's desk share: the area that is looked at, the officers' names, the counts.
#pragma once

#include <map>
#include <set>

#include "register/workload.hpp"
#include "web/page.hpp"

namespace tenantry::web {

/// The area that the query names, else the visitor's own; nothing: they must choose one. NotFound: no such
/// area.
[[nodiscard]] Result<std::optional<housing::ManagedArea>> chosen_area(Call& call);

enum class DeskPart : std::uint8_t { Work, Patches, Officers, Areas };
/// Sets "parts" for {{>desk_parts}}: links to the parts of the desk that the visitor may open, about that
/// area.
void show_desk_parts_in(View& view, const Visitor& visitor, DeskPart here, const housing::ManagedArea* area);

/// What officers are called.
class OfficersByNumber {
  public:
    static Result<OfficersByNumber> find(audit::Work& work, const std::set<Id<housing::Officer>>& officers);

    /// "First Last"; "Nobody" for nobody.
    [[nodiscard]] std::string name_of(std::optional<Id<housing::Officer>> officer) const;
    /// "name", "nobody" and "left", that they do not work here any more, for {{>desk_holder}}.
    [[nodiscard]] View view_of(std::optional<Id<housing::Officer>> officer) const;

  private:
    struct Known {
        std::string name;
        bool active = true;
    };
    std::map<Id<housing::Officer>, Known> known_;
};
template <class Held>
void add_holders(std::set<Id<housing::Officer>>& officers, const Held& held) {
    for (const auto& one : held) {
        if (one.officer) {
            officers.insert(*one.officer);
        }
    }
}

/// "homes", "tenancies", "alerts", "open", "call_backs" and "oldest", which is an age.
void show_workload_in(View& view, const housing::Workload& work, Instant now);

}  // namespace tenantry::web
