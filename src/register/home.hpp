// A home as officers look at it before they go there: who lives there or lived there on a day, what is open
// there, what has happened there. Each list takes the same few statements whatever its length.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/interaction_list.hpp"
#include "register/person.hpp"

namespace tenantry::housing {

/// Somebody who is or was assigned to the home.
struct Stay {
    Person person;  ///< what does not open is empty and named in Person::unreadable
    Instant from;
    std::optional<Instant> to;  ///< absent: still there
};
inline constexpr std::int64_t kStaysMost = 200;

/// Who was assigned to the home at any time from the one instant until just before the other, in the order in
/// which they came; of more than kStaysMost the first ones. Journals whose records it shows.
[[nodiscard]] Result<std::vector<Stay>> list_stays(audit::Work& work, Id<Property> home, Instant from,
                                                   Instant until, Depth depth);
/// Since when it is recorded who lives there; nothing where nobody ever did.
[[nodiscard]] Result<std::optional<Instant>> find_first_stay(db::Transaction& tx, Id<Property> home);

/// The work that is open for the people who are assigned to the home and for their households; of more than
/// kOpenWorkMost the oldest.
inline constexpr std::int64_t kOpenWorkMost = 50;
[[nodiscard]] Result<InteractionList> list_open_work_at(audit::Work& work, Id<Property> home);

struct HomeEvent {
    enum class Kind : std::int64_t {
        MovedIn = 1,
        MovedOut = 2,
        TenancyBegan = 3,
        TenancyEnded = 4,
        AlertRaised = 5,
        Logged = 6,  ///< an interaction
    };

    Kind kind = Kind::MovedIn;
    Instant at;                         ///< of a tenancy, midnight of its day
    std::optional<Uuid> record;         ///< of the tenancy or the interaction
    std::string what;                   ///< the tag reference, what the alert warns of, or the ticket number
    std::optional<std::string> detail;  ///< what the tenure or the subject of the enquiry is called
    std::optional<Uuid> person;         ///< whom it is about
    std::optional<std::string> person_name;  ///< absent where the person's record is damaged
    std::optional<std::string> by;           ///< the officer who logged it
};
struct HomeTimeline {
    std::vector<HomeEvent> events;  ///< the latest first
    bool has_older = false;
};
/// What of a home's past is asked for, besides who moved and of whom alerts warn.
struct HomePast {
    bool tenancies = true;
    bool interactions = true;
};
/// What happened at the home up to now. Interactions are those with people while they lived there, and for a
/// first stay those from before it: a landlord's earlier work comes in with an import, the day on which
/// people moved in does not. Journals whose records it shows.
[[nodiscard]] Result<HomeTimeline> read_home_timeline(audit::Work& work, Id<Property> home, HomePast past,
                                                      Paging paging);

}  // namespace tenantry::housing
