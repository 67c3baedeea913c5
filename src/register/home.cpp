#include "register/home.hpp"

#include <tuple>
#include <unordered_map>

#include "register/alert.hpp"
#include "register/person_columns.hpp"
#include "register/sql.hpp"
#include "register/tenancy.hpp"

namespace tenantry::housing {

namespace {

using Kind = HomeEvent::Kind;

std::optional<std::string> name_of(const Person& person) {
    return person.unreadable.empty() ? std::optional{person.name.full()} : std::nullopt;
}

/// An event and the number of the record that it comes from, by which its details are found.
struct FoundEvent {
    HomeEvent event;
    std::int64_t record = 0;
};
using FoundEvents = std::vector<FoundEvent>;

PageOfIds records_of(const FoundEvents& events, Kind kind, Kind or_kind) {
    PageOfIds records;
    for (const auto& one : events) {
        if (one.event.kind == kind || one.event.kind == or_kind) {
            records.ids.push_back(one.record);
        }
    }
    return records;
}

/// Calls give(event, details) for each event of these kinds whose record has details.
template <class Details, class Give>
void give_details(FoundEvents& events, Kind kind, Kind or_kind,
                  const std::unordered_map<std::int64_t, Details>& details, Give give) {
    for (auto& one : events) {
        if (one.event.kind == kind || one.event.kind == or_kind) {
            if (const auto found = details.find(one.record); found != details.end()) {
                give(one.event, found->second);
            }
        }
    }
}

Result<void> name_movers(audit::Work& work, FoundEvents& events) {
    const auto wanted = records_of(events, Kind::MovedIn, Kind::MovedOut);
    std::unordered_map<std::int64_t, Person> people;
    {
        db::Rows rows = TRY(work.tx().query(sql::occupancy::find_all, wanted.json()));
        while (TRY(rows.next())) {
            StoredPerson stored;
            std::int64_t stay = 0;
            stored.read(rows, stay);
            people.emplace(stay, open_person(std::move(stored), work.keys(), Depth::Contact));
        }
    }
    give_details(events, Kind::MovedIn, Kind::MovedOut, people, [](HomeEvent& event, const Person& person) {
        event.person = person.uuid;
        event.person_name = name_of(person);
    });
    return journal_people(work, people, [](const auto& mover) -> const Person& { return mover.second; });
}

Result<void> name_tenancies(db::Transaction& tx, FoundEvents& events) {
    struct Brief {
        Uuid uuid;
        std::string tag_reference;
        std::optional<std::string> tenure_code;
    };
    const auto wanted = records_of(events, Kind::TenancyBegan, Kind::TenancyEnded);
    std::unordered_map<std::int64_t, Brief> tenancies;
    db::Rows rows = TRY(tx.query(sql::home::find_tenancies, wanted.json()));
    while (TRY(rows.next())) {
        std::int64_t id = 0;
        Brief brief;
        rows.into(id, brief.uuid, brief.tag_reference, brief.tenure_code);
        tenancies.emplace(id, std::move(brief));
    }
    give_details(events, Kind::TenancyBegan, Kind::TenancyEnded, tenancies,
                 [](HomeEvent& event, const Brief& brief) {
                     event.record = brief.uuid;
                     event.what = brief.tag_reference;
                     event.detail = tenure_label(brief.tenure_code);
                 });
    return {};
}

Result<void> name_alerts(audit::Work& work, FoundEvents& events) {
    std::unordered_map<std::int64_t, AlertAtHome> alerts;
    for (auto& alert : TRY(find_alerts(work, records_of(events, Kind::AlertRaised, Kind::AlertRaised)))) {
        alerts.emplace(alert.alert.id.value, std::move(alert));
    }
    give_details(events, Kind::AlertRaised, Kind::AlertRaised, alerts,
                 [](HomeEvent& event, const AlertAtHome& alert) {
                     event.what = alert.label;
                     event.person = alert.person;
                     event.person_name = alert.person_name;
                 });
    return {};
}

Result<void> name_interactions(audit::Work& work, FoundEvents& events) {
    const auto list = TRY(list_interactions(work, records_of(events, Kind::Logged, Kind::Logged).ids));
    std::unordered_map<std::int64_t, const ListedInteraction*> items;
    for (const auto& item : list.items) {
        items.emplace(item.interaction.id.value, &item);
    }
    give_details(events, Kind::Logged, Kind::Logged, items,
                 [&list](HomeEvent& event, const ListedInteraction* item) {
                     event.record = item->interaction.uuid;
                     event.what = item->ticket_number;
                     event.detail = item->enquiry_subject ? item->enquiry_subject : item->nature_of_enquiry;
                     event.by = list.name_of(item->interaction.created_by);
                     if (const auto* contact = list.contact_of(*item)) {
                         event.person = contact->person.uuid;
                         event.person_name = name_of(contact->person);
                     }
                 });
    return {};
}

}  // namespace

Result<std::vector<Stay>> list_stays(audit::Work& work, Id<Property> home, Instant from, Instant until,
                                     Depth depth) {
    std::vector<Stay> stays;
    {
        db::Rows rows = TRY(work.tx().query(sql::occupancy::list_stays, home, from, until, kStaysMost));
        while (TRY(rows.next())) {
            StoredPerson stored;
            Stay& stay = stays.emplace_back();
            stored.read(rows, stay.from, stay.to);
            stay.person = open_person(std::move(stored), work.keys(), depth);
        }
    }
    TRY(journal_people(work, stays, &Stay::person));
    return stays;
}

Result<std::optional<Instant>> find_first_stay(db::Transaction& tx, Id<Property> home) {
    std::optional<Instant> first;
    TRY(tx.find(sql::occupancy::find_first, std::tie(first), home));
    return first;
}

Result<InteractionList> list_open_work_at(audit::Work& work, Id<Property> home) {
    std::vector<std::int64_t> numbers;
    {
        db::Rows rows = TRY(work.tx().query(sql::interaction::list_open_of_property, home, kOpenWorkMost));
        while (TRY(rows.next())) {
            rows.into(numbers.emplace_back());
        }
    }
    return list_interactions(work, numbers);
}

Result<HomeTimeline> read_home_timeline(audit::Work& work, Id<Property> home, HomePast past, Paging paging) {
    HomeTimeline timeline;
    FoundEvents events;
    {
        db::Rows rows = TRY(work.tx().query(sql::home::list_events, home, work.now(), paging.limit + 1,
                                            paging.offset, past.tenancies, past.interactions));
        while (TRY(rows.next())) {
            FoundEvent& one = events.emplace_back();
            std::int64_t kind = 0;
            rows.into(one.event.at, kind, one.record);
            one.event.kind = static_cast<Kind>(kind);
        }
    }
    if (events.size() > static_cast<std::size_t>(paging.limit)) {
        events.pop_back();
        timeline.has_older = true;
    }
    TRY(name_movers(work, events));
    TRY(name_tenancies(work.tx(), events));
    TRY(name_alerts(work, events));
    TRY(name_interactions(work, events));
    timeline.events.reserve(events.size());
    for (auto& one : events) {
        timeline.events.push_back(std::move(one.event));
    }
    return timeline;
}

}  // namespace tenantry::housing
