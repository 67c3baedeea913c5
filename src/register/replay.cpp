#include "register/replay.hpp"

#include <algorithm>
#include <array>

#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

/// What an event says of its record besides the number.
enum class Says : std::uint8_t {
    Version,
    VersionOrFirst,  ///< an event of an earlier version said none, and there was only the first
    Time,
    Nothing,
    VersionOfAll,  ///< of one record that stands for all of the noun
};

/// Which table the events of a noun are about, and the column that their version is compared with: a row of
/// record/list_versions.sql.
struct Tracked {
    std::string_view noun;
    std::string_view table;
    Says says = Says::Version;
    bool goes_with_person = false;  ///< without an event of its own
};

constexpr std::array kTracked{
    Tracked{"tenant", "person"},
    Tracked{"address", "property"},
    Tracked{"tenancy", "tenancy"},
    Tracked{"household", "household", Says::VersionOrFirst},
    Tracked{"area", "area", Says::VersionOrFirst},
    Tracked{"officer", "officer", Says::Time},
    Tracked{"manager_area", "manager_area"},
    Tracked{"patch", "patch"},
    Tracked{"alert", "alert", Says::Version, true},
    Tracked{"next_of_kin", "next_of_kin", Says::Version, true},
    Tracked{"contact_address", "contact_address", Says::Version, true},
    Tracked{"citizen", "citizen"},
    Tracked{"job", "job"},
    Tracked{"job_links", "job_links"},
    Tracked{"case_note", "case_note"},
    Tracked{"association", "association"},
    Tracked{"representative", "representative"},
    Tracked{"incident", "incident"},
    Tracked{"incident_note", "incident_note"},
    Tracked{"interaction", "interaction"},
    Tracked{"issue", "issue"},
    Tracked{"meeting", "meeting"},
    Tracked{"mail", "mail", Says::Nothing},
    Tracked{"consent", "consent", Says::Nothing},
    Tracked{"legal_hold", "legal_hold", Says::Version, true},
    Tracked{"disclosure", "disclosure", Says::VersionOrFirst},
    Tracked{"ledger", "ledger_total"},
    Tracked{"role", "access_rights", Says::VersionOfAll},
    Tracked{"permission", "access_rights", Says::VersionOfAll},
    Tracked{"user", "account"},
};

/// Readings tell a version too, and may be journaled after a change that came after them.
constexpr std::array<std::string_view, 4> kReadings{"viewed", "listed", "read", "damaged"};
/// A letter that was sent is kept no longer.
constexpr std::array<std::string_view, 4> kRemovals{"deleted", "removed", "erased", "sent"};
/// Verbs after which a record is there, though one of its number was removed before.
constexpr std::string_view kPut = "put";
/// Of the ledger, what tells its digest's version; other events count lines.
constexpr std::string_view kSealed = "sealed";

template <class Field>
constexpr std::size_t index_of(Field field, std::string_view name) {
    const auto* found = std::find_if(kTracked.begin(), kTracked.end(),
                                     [&](const Tracked& one) { return one.*field == name; });
    return static_cast<std::size_t>(found - kTracked.begin());
}

constexpr std::size_t kPerson = index_of(&Tracked::table, "person");
constexpr std::size_t kInteraction = index_of(&Tracked::table, "interaction");
constexpr std::size_t kCitizen = index_of(&Tracked::table, "citizen");
constexpr std::size_t kIssue = index_of(&Tracked::table, "issue");
constexpr std::size_t kMeeting = index_of(&Tracked::table, "meeting");
constexpr std::size_t kJob = index_of(&Tracked::table, "job");
constexpr std::size_t kJobLinks = index_of(&Tracked::table, "job_links");
constexpr std::size_t kLedger = index_of(&Tracked::table, "ledger_total");
constexpr std::size_t kRights = index_of(&Tracked::table, "access_rights");

bool is_one_of(const auto& verbs, std::string_view verb) {
    return std::find(verbs.begin(), verbs.end(), verb) != verbs.end();
}

std::int64_t version_of(Says says, const audit::Recorded& event) {
    switch (says) {
        case Says::Time:
            return to_millis(event.at);
        case Says::Nothing:
            return 0;
        default:
            return event.version.value_or(1);
    }
}

void add(Replay::Outcome& outcome, const Departure& departure) {
    ++outcome.departures;
    if (outcome.first.size() < Replay::kMost) {
        outcome.first.push_back(departure);
    }
}

}  // namespace

Replay::Replay() : states_(kTracked.size()) {}

void Replay::note(std::size_t table, std::int64_t id, const audit::Recorded& event, std::int64_t version) {
    State& state = states_[table][id];
    state.event = event.id;
    state.version = std::max(state.version, version);
    state.person = event.person.value_or(state.person);
}

void Replay::take_away(std::size_t table, const audit::Recorded& event) {
    State& state = states_[table][*event.resource];
    state.event = event.id;
    state.removed = true;
    if (table == kPerson) {
        removed_people_.insert(*event.resource);
    }
}

void Replay::take_of_interaction(std::size_t table, std::string_view verb, const audit::Recorded& event) {
    if (verb == "raised" || verb == "held") {
        note(table, event, *event.version);
        return;
    }
    const auto known = states_[table].find(*event.resource);
    note(table, event, known == states_[table].end() ? 0 : known->second.version + 1);
    note(kInteraction, event, *event.version);
}

void Replay::take_of_links(std::string_view verb, const audit::Recorded& event) {
    if (verb == "created") {
        note(kJobLinks, event, 1);
    } else if (is_one_of(kRemovals, verb)) {
        take_away(kJobLinks, event);
    }
}

void Replay::take(const audit::Recorded& event) {
    if (event.action == kRowsSealed.view()) {
        sealed_at_ = event.id;
        people_removed_before_ = !removed_people_.empty();
    }
    if (event.action == kSetsSealed.view()) {
        note(kRights, 1, event, 1);
    }
    const auto dot = event.action.find('.');
    if (dot == std::string_view::npos || !event.resource) {
        return;
    }
    const std::string_view verb = event.action.substr(dot + 1);
    const std::size_t table = index_of(&Tracked::noun, event.action.substr(0, dot));
    const bool changes = !is_one_of(kReadings, verb) && event.outcome == audit::Outcome::Ok;
    if (table == kTracked.size() || !changes) {
        return;
    }
    if (table == kJob) {
        take_of_links(verb, event);
    }
    if (is_one_of(kRemovals, verb)) {
        take_away(table, event);
        if (table == kIssue) {
            take_away(kInteraction, event);
        }
        return;
    }
    const Says says = kTracked[table].says;
    const bool tells_of_beside = (says == Says::Version || says == Says::VersionOfAll) && !event.version;
    if (tells_of_beside || (table == kLedger && verb != kSealed)) {
        return;
    }
    if (says == Says::VersionOfAll) {
        note(kRights, 1, event, *event.version);
        return;
    }
    if (table == kIssue || table == kMeeting) {
        take_of_interaction(table, verb, event);
        return;
    }
    note(table, event, version_of(says, event));
    if (verb == kPut) {
        states_[table][*event.resource].removed = false;
    }
}

void Replay::hold(std::size_t table, std::int64_t id, std::int64_t version, Outcome& outcome) {
    ++outcome.records;
    const auto found = states_[table].find(id);
    Departure departure{kTracked[table].table, id, Difference::Inserted, 0, 0, version};
    if (found == states_[table].end()) {
        add(outcome, departure);
        return;
    }
    State& state = found->second;
    state.seen = true;
    departure.event = state.event;
    departure.journal = state.version;
    const bool gone = kTracked[table].goes_with_person && removed_people_.contains(state.person);
    if (state.removed || gone) {
        departure.difference = Difference::Returned;
    } else if (version < state.version) {
        departure.difference = Difference::Older;
    } else if (version > state.version) {
        departure.difference = Difference::Newer;
    } else {
        return;
    }
    add(outcome, departure);
}

void Replay::hold_missing(Outcome& outcome) const {
    for (std::size_t table = 0; table < kTracked.size(); ++table) {
        for (const auto& [id, state] : states_[table]) {
            const bool went_untold = table == kCitizen && people_removed_before_ && state.event < sealed_at_;
            const bool goes =
                went_untold || (kTracked[table].goes_with_person && removed_people_.contains(state.person));
            if (!state.seen && !state.removed && !goes) {
                add(outcome, {kTracked[table].table, id, Difference::Removed, state.event, state.version, 0});
            }
        }
    }
}

Result<Replay::Outcome> Replay::compare(db::Transaction& tx) {
    Outcome outcome;
    db::Rows rows = TRY(tx.query(sql::record::list_versions));
    while (TRY(rows.next())) {
        std::string_view table;
        std::int64_t id = 0;
        std::int64_t version = 0;
        rows.into(table, id, version);
        const std::size_t index = index_of(&Tracked::table, table);
        VERIFY(index < kTracked.size());
        hold(index, id, version, outcome);
    }
    hold_missing(outcome);
    return outcome;
}

}  // namespace tenantry::housing
