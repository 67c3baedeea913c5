#include "audit/person_index.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <tuple>

#include "audit/packed_people.hpp"
#include "audit/sql.hpp"

namespace tenantry::audit {

namespace {

/// The last event that the index has seen.
Result<std::int64_t> find_mark(db::Transaction& tx) {
    std::int64_t mark = 0;
    const auto found = tx.find(sql::person_index::find_mark, std::tie(mark));
    if (!found.ok() && found.error().code != Code::NotFound) {
        return found.error();
    }
    return mark;
}

Result<std::int64_t> find_last_event(db::Transaction& tx) {
    std::int64_t last = 0;
    TRY(tx.find(sql::person_index::find_last_event, std::tie(last)));
    return last;
}

/// Calls take(event, person) for everybody that an event after `mark` is about, up to the event `last` or
/// until it says that it has enough: then the event is finished. Returns the number of the last event that
/// was looked at.
template <class Take>
Result<std::int64_t> read_events(db::Transaction& tx, std::int64_t mark, std::int64_t last, Take take) {
    db::Rows rows = TRY(tx.query(sql::person_index::list_events, mark, last));
    while (TRY(rows.next())) {
        std::int64_t event = 0;
        std::optional<std::int64_t> person;
        std::optional<ByteView> people;
        rows.into(event, person, people);
        bool enough = person && take(event, *person);
        for (const auto one : unpack_people(people.value_or(ByteView{}))) {
            enough = (one != person && take(event, one)) || enough;
        }
        if (enough) {
            return event;
        }
    }
    return last;
}

}  // namespace

Result<bool> index_next_events(db::Transaction& tx) {
    struct Place {
        std::int64_t person;
        std::int64_t event;
    };
    const auto mark = TRY(find_mark(tx));
    const auto last = TRY(find_last_event(tx));
    if (last == mark) {
        return false;
    }
    // An engine may hand out all rows at once, so no more are asked for than one batch can need.
    std::vector<Place> places;
    const auto reached = TRY(read_events(tx, mark, std::min(last, mark + std::int64_t{kIndexBatch}),
                                         [&](std::int64_t event, std::int64_t person) {
                                             places.push_back({person, event});
                                             return places.size() >= kIndexBatch;
                                         }));
    // In the index's order, so that pages are filled one after the other.
    std::ranges::sort(places, {}, [](const Place& e) { return std::tuple{e.person, e.event}; });
    for (const Place& place : places) {
        TRY(tx.send(sql::person_index::insert, place.person, place.event));
    }
    TRY(tx.send(sql::person_index::move_mark, reached));
    return reached < last;
}

Result<std::vector<std::int64_t>> find_unindexed_events(db::Transaction& tx, std::int64_t person) {
    std::vector<std::int64_t> found;
    constexpr auto kAll = std::numeric_limits<std::int64_t>::max();
    TRY(read_events(tx, TRY(find_mark(tx)), kAll, [&](std::int64_t event, std::int64_t about) {
        if (about == person) {
            found.push_back(event);
        }
        return false;
    }));
    return found;
}

Result<std::vector<EventAbout>> list_events_about(db::Transaction& tx, std::int64_t person,
                                                  std::int64_t limit, std::int64_t offset) {
    // What is not in the index is newer than all that is.
    const auto unindexed = TRY(find_unindexed_events(tx, person));
    const auto newer = static_cast<std::int64_t>(unindexed.size());
    std::vector<std::int64_t> page;
    for (auto at = offset; at < std::min(newer, offset + limit); ++at) {
        page.push_back(unindexed[static_cast<std::size_t>(newer - 1 - at)]);
    }
    if (const auto missing = limit - static_cast<std::int64_t>(page.size()); missing > 0) {
        db::Rows rows = TRY(tx.query(sql::person_index::list_newest, person, missing,
                                     std::max<std::int64_t>(0, offset - newer)));
        while (TRY(rows.next())) {
            rows.into(page.emplace_back());
        }
    }
    std::vector<EventAbout> events;
    events.reserve(page.size());
    db::Rows rows = TRY(tx.query(sql::person_index::find_events, fmt::format("[{}]", fmt::join(page, ","))));
    while (TRY(rows.next())) {
        EventAbout& event = events.emplace_back();
        int outcome = 0;
        rows.into(event.id, event.at, event.action, outcome, event.account);
        event.outcome = static_cast<Outcome>(outcome);
    }
    return events;
}

}  // namespace tenantry::audit
