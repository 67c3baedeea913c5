#include "register/interaction_list.hpp"

#include <algorithm>

#include "base/log.hpp"
#include "register/contact_address.hpp"
#include "register/incident_columns.hpp"
#include "register/interaction_columns.hpp"
#include "register/person_columns.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

using Numbers = std::vector<std::int64_t>;

std::string json_of(const Numbers& numbers) {
    return PageOfIds{numbers}.json();
}

void sort_once(Numbers& numbers) {
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

Result<Numbers> read_numbers(Result<db::Rows> found) {
    db::Rows rows = TRY(std::move(found));
    Numbers numbers;
    while (TRY(rows.next())) {
        rows.into(numbers.emplace_back());
    }
    return numbers;
}

/// An officer must not miss work because its row was tampered with: it is shown, and reported.
Result<void> report_damage(audit::Work& work, Literal table, Literal action, const Interaction& interaction,
                           std::int64_t record) {
    log(LogLevel::Error, "a row does not hold together",
        {{"table", table}, {"id", record}, {"column", Literal{"row_seal"}}});
    return work.read({.action = action,
                      .resource = record,
                      .person = number_of(interaction.person),
                      .outcome = audit::Outcome::Failed});
}

struct Damaged {
    std::vector<const ListedInteraction*> interactions;
    std::vector<const ListedInteraction*> incidents;
};

Result<std::vector<ListedInteraction>> read_items(audit::Work& work, const Numbers& numbers) {
    std::vector<ListedInteraction> items;
    items.reserve(numbers.size());
    Damaged damaged;
    {
        db::Rows rows = TRY(work.tx().query(sql::interaction::find_all, json_of(numbers)));
        while (TRY(rows.next())) {
            StoredInteraction stored;
            StoredIncident incident;
            ListedInteraction& item = items.emplace_back();
            read_row(rows,
                     std::tuple_cat(
                         columns_of(stored), columns_of(incident),
                         std::tie(item.household, item.patch, item.patch_officer, item.manager_area,
                                  item.manager, item.area_name, item.parent, item.created_by, item.updated_by,
                                  item.nature_of_enquiry, item.enquiry_subject, item.source)));
            if (!check_row(work.keys(), stored).ok()) {
                damaged.interactions.push_back(&item);
            }
            if (!check_row(work.keys(), incident).ok()) {
                damaged.incidents.push_back(&item);
            }
            item.interaction = std::move(stored.interaction);
            item.incident = incident.incident.uuid;
            item.ticket_number = std::move(incident.incident.ticket_number);
            item.request_callback = incident.incident.request_callback;
        }
    }
    for (const auto* item : damaged.interactions) {
        TRY(report_damage(work, "interaction", "interaction.damaged", item->interaction,
                          item->interaction.id.value));
    }
    for (const auto* item : damaged.incidents) {
        TRY(report_damage(work, "incident", "incident.damaged", item->interaction,
                          item->interaction.incident.value));
    }
    return items;
}

InteractionContact read_contact(const db::Rows& rows, const crypto::KeyRing& keys) {
    StoredPerson stored;
    StoredContactAddress own;
    InteractionContact contact;
    auto& p = own.parts;
    stored.read(rows, contact.uprn, contact.tenancy_created_at, own.version, p[0], p[1], p[2], p[3], p[4],
                own.row_seal);
    contact.address = stored.home;
    contact.person = open_person(std::move(stored), keys, Depth::Full);
    if (own.is_there()) {
        auto address = open_contact_address(keys, contact.person.id, contact.person.uuid, own);
        if (address.ok()) {
            contact.address = std::move(address).value();
        } else {
            contact.address = {};
            contact.person.unreadable.push_back("contact_address");
        }
    }
    return contact;
}

Result<std::vector<InteractionContact>> read_contacts(audit::Work& work, const std::string& people) {
    std::vector<InteractionContact> contacts;
    {
        db::Rows rows = TRY(work.tx().query(sql::interaction::find_contacts, people));
        while (TRY(rows.next())) {
            contacts.push_back(read_contact(rows, work.keys()));
        }
    }
    for (const auto& contact : contacts) {
        if (!contact.person.unreadable.empty()) {
            TRY(report_damage(work, contact.person));
        }
    }
    return contacts;
}

/// The notes are in order of the case's number.
void give_notes(std::vector<ListedInteraction>& items, const std::vector<IncidentNote>& notes) {
    for (auto& item : items) {
        const auto by_incident = [](const IncidentNote& note, Id<Incident> incident) {
            return note.incident < incident;
        };
        auto at = std::lower_bound(notes.begin(), notes.end(), item.interaction.incident, by_incident);
        for (; at != notes.end() && at->incident == item.interaction.incident; ++at) {
            item.notes.push_back(*at);
        }
    }
}

std::set<Id<Officer>> officers_in(const std::vector<ListedInteraction>& items) {
    std::set<Id<Officer>> officers;
    for (const auto& item : items) {
        for (const auto& officer :
             {item.interaction.created_by, item.interaction.updated_by, item.patch_officer, item.manager}) {
            if (officer) {
                officers.insert(*officer);
            }
        }
    }
    return officers;
}

Result<InteractionList> read_list(audit::Work& work, Result<db::Rows> found) {
    return list_interactions(work, TRY(read_numbers(std::move(found))));
}

}  // namespace

Result<InteractionList> list_interactions(audit::Work& work, const std::vector<std::int64_t>& numbers) {
    InteractionList list;
    if (numbers.empty()) {
        return list;
    }
    list.items = TRY(read_items(work, numbers));
    Numbers people;
    Numbers incidents;
    for (const auto& item : list.items) {
        incidents.push_back(item.interaction.incident.value);
        if (item.interaction.person) {
            people.push_back(item.interaction.person->value);
        }
    }
    sort_once(people);
    if (!people.empty()) {
        list.contacts = TRY(read_contacts(work, json_of(people)));
    }
    give_notes(list.items, TRY(list_incident_notes(work, json_of(incidents))));
    list.officers = TRY(name_officers(work, officers_in(list.items)));
    TRY(work.read({.action = "interaction.listed", .people = std::move(people)}));
    return list;
}

const InteractionContact* InteractionList::contact_of(const ListedInteraction& item) const {
    if (!item.interaction.person) {
        return nullptr;
    }
    const auto at = std::lower_bound(
        contacts.begin(), contacts.end(), *item.interaction.person,
        [](const InteractionContact& contact, Id<Person> id) { return contact.person.id < id; });
    return at != contacts.end() && at->person.id == *item.interaction.person ? &*at : nullptr;
}

std::optional<std::string> InteractionList::name_of(std::optional<Id<Officer>> officer) const {
    const auto at = officer ? officers.find(*officer) : officers.end();
    return at != officers.end() ? std::optional{at->second} : std::nullopt;
}

Result<InteractionList> list_interactions_of_person(audit::Work& work, const Uuid& person) {
    return read_list(work, work.tx().query(sql::interaction::list_of_person, person));
}
Result<InteractionPage> page_interactions_of_person(audit::Work& work, Id<Person> person, WorkState state,
                                                    Paging paging) {
    const auto& statement = state == WorkState::Open ? sql::interaction::list_open_of_person
                                                     : sql::interaction::list_closed_of_person;
    const auto page = TRY(read_page(TRY(work.tx().query(statement, person, rows_to_count(paging))), paging));
    return InteractionPage{TRY(list_interactions(work, page.ids)), page.total, page.total_is_exact};
}
Result<InteractionList> list_interactions_of_patch(audit::Work& work, const Uuid& patch,
                                                   Instant closed_since) {
    return read_list(work, work.tx().query(sql::interaction::list_of_patch, patch, closed_since));
}
Result<InteractionList> list_interactions_of_manager_area(audit::Work& work, const Uuid& manager_area,
                                                          Instant closed_since) {
    return read_list(work,
                     work.tx().query(sql::interaction::list_of_manager_area, manager_area, closed_since));
}
Result<InteractionList> list_interactions_of_area(audit::Work& work, Id<Area> area, Instant closed_since) {
    return read_list(work, work.tx().query(sql::interaction::list_of_area, area, closed_since));
}

}  // namespace tenantry::housing
