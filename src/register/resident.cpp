#include "register/resident.hpp"

#include <algorithm>
#include <unordered_map>

#include "register/citizen.hpp"
#include "register/contact_address.hpp"
#include "register/person_columns.hpp"
#include "register/property.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

/// What does not open is named in the person's unreadable.
Resident read_resident(const db::Rows& rows, const crypto::KeyRing& keys) {
    StoredPerson stored;
    StoredContactAddress own;
    Resident r;
    auto& p = own.parts;
    stored.read(rows, r.property, r.uprn, r.house_reference, r.household, r.tenancy, r.account_type,
                own.version, p[0], p[1], p[2], p[3], p[4], own.row_seal);
    r.home = stored.home;
    for (auto* part : {&r.home.line_1, &r.home.postcode}) {
        *part = none_if_empty(part->value_or(""));
    }
    r.person = open_person(std::move(stored), keys, Depth::Full);
    r.address = r.home;
    r.has_own_address = own.is_there();
    if (r.has_own_address) {
        auto address = open_contact_address(keys, r.person.id, r.person.uuid, own);
        if (address.ok()) {
            r.address = std::move(address).value();
        } else {
            r.person.unreadable.push_back("contact_address");
        }
    }
    return r;
}

/// Nothing of it is reported or journaled.
Result<Resident> read_one(audit::Work& work, const Uuid& uuid) {
    db::Rows rows = TRY(work.tx().query(sql::resident::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return kNoSuchTenant;
    }
    return read_resident(rows, work.keys());
}

Result<std::vector<Resident>> read_sound(audit::Work& work, Result<db::Rows> rows) {
    std::vector<Resident> sound;
    std::vector<Person> damaged;
    {
        db::Rows all = TRY(std::move(rows));
        while (TRY(all.next())) {
            Resident resident = read_resident(all, work.keys());
            if (resident.person.unreadable.empty()) {
                sound.push_back(std::move(resident));
            } else {
                damaged.push_back(std::move(resident.person));
            }
        }
    }
    for (const Person& person : damaged) {
        TRY(report_damage(work, person));
    }
    return sound;
}

Result<void> journal_list(audit::Work& work, const std::vector<Resident>& residents) {
    if (residents.empty()) {
        return {};
    }
    std::vector<std::int64_t> people;
    people.reserve(residents.size());
    for (const auto& resident : residents) {
        people.push_back(resident.person.id.value);
    }
    return work.read({.action = "tenant.listed", .people = std::move(people)});
}

Result<void> journal_reading(audit::Work& work, const Person& person) {
    return work.read({.action = "tenant.viewed",
                      .resource = person.id.value,
                      .version = person.version,
                      .person = person.id.value});
}

/// The property that the UPRN says; made of the address where there is none yet.
Result<Property> place_of(audit::Work& work, std::int64_t uprn, const Address& address) {
    if (const auto known = TRY(find_property_by_uprn(work.tx(), uprn))) {
        return find_property(work.tx(), work.keys(), *known);
    }
    Property property;
    property.uprn = uprn;
    property.address_line_1 = address.line_1.value_or("");
    property.address_line_2 = address.line_2;
    property.address_line_3 = address.line_3;
    property.city = address.city;
    property.postcode = address.postcode.value_or("");
    return create_property(work, std::move(property));
}

/// Brings the stored address of their own in line with where letters are to go.
Result<void> store_address(audit::Work& work, const Resident& before, Resident& after) {
    after.has_own_address = !(after.address == after.home);
    if (after.has_own_address) {
        return before.has_own_address && before.address == after.address
                   ? Result<void>{}
                   : put_contact_address(work, after.person, after.address);
    }
    return before.has_own_address ? remove_contact_address(work, after.person) : Result<void>{};
}

Result<void> add_to_citizen_index(audit::Work& work, const Resident& resident,
                                  const std::optional<std::string>& usn) {
    const Person& p = resident.person;
    Citizen citizen;
    citizen.usn = usn;
    citizen.uprn = resident.uprn;
    citizen.larn = p.larn;
    citizen.person = p.uuid;
    citizen.hackney_homes_id = p.hackney_homes_id;
    citizen.name = p.name;
    citizen.date_of_birth = p.date_of_birth;
    citizen.address = resident.address;
    TRY(create_citizen(work, std::move(citizen)));
    return {};
}

}  // namespace

Result<Resident> load_resident(audit::Work& work, const Uuid& uuid) {
    Resident resident = TRY(read_one(work, uuid));
    if (!resident.person.unreadable.empty()) {
        TRY(report_damage(work, resident.person));
        return kDamaged;
    }
    return resident;
}

Result<Resident> find_resident(audit::Work& work, const Uuid& uuid) {
    Resident resident = TRY(load_resident(work, uuid));
    resident.next_of_kin = TRY(load_next_of_kin(work, resident.person));
    TRY(journal_reading(work, resident.person));
    return resident;
}

Result<Resident> find_resident_as_far_as_it_opens(audit::Work& work, const Uuid& uuid) {
    Resident resident = TRY(read_one(work, uuid));
    Person& person = resident.person;
    auto kin = load_next_of_kin(work, person);
    if (!kin.ok() && kin.error().code != Code::Corrupt) {
        return kin.error();
    }
    if (kin.ok()) {
        resident.next_of_kin = std::move(kin).value();
    } else {
        person.unreadable.push_back("next_of_kin");
    }
    if (!person.unreadable.empty()) {
        TRY(report_damage(work, person));
    }
    TRY(journal_reading(work, person));
    return resident;
}

Result<std::vector<Resident>> list_residents_at(audit::Work& work, std::int64_t uprn) {
    auto residents = TRY(read_sound(work, work.tx().query(sql::resident::list_at_uprn, uprn)));
    TRY(journal_list(work, residents));
    return residents;
}

Result<std::vector<Resident>> list_residents(audit::Work& work, const std::vector<std::int64_t>& people) {
    if (people.empty()) {
        return std::vector<Resident>{};
    }
    PageOfIds wanted;
    wanted.ids = people;
    auto residents = TRY(read_sound(work, work.tx().query(sql::resident::find_all, wanted.json())));
    std::unordered_map<std::int64_t, std::size_t> place;
    for (std::size_t i = 0; i < people.size(); ++i) {
        place.emplace(people[i], i);
    }
    std::sort(residents.begin(), residents.end(), [&place](const Resident& a, const Resident& b) {
        return place[a.person.id.value] < place[b.person.id.value];
    });
    TRY(journal_list(work, residents));
    return residents;
}

Result<Resident> add_resident(audit::Work& work, NewResident wanted) {
    Resident resident;
    resident.person = std::move(wanted.person);
    if (wanted.uprn) {
        const Property property = TRY(place_of(work, *wanted.uprn, wanted.address));
        resident.person.property = property.id;
        resident.home = address_of(property);
        resident.property = property.uuid;
        resident.uprn = property.uprn;
        resident.house_reference = property.house_reference;
    }
    resident.person = TRY(create_person(work, std::move(resident.person)));
    resident.address = resident.home.with(wanted.address);
    TRY(store_address(work, Resident{}, resident));
    if (wanted.goes_to_citizen_index) {
        TRY(add_to_citizen_index(work, resident, wanted.usn));
    }
    return resident;
}

Result<Resident> update_resident(audit::Work& work, const Resident& before, Resident after) {
    after.person = TRY(update_person(work, before.person, std::move(after.person), "tenant.updated"));
    TRY(store_address(work, before, after));
    return after;
}

int age_on(Date day, Date birth) {
    const int years = static_cast<int>(day.year()) - static_cast<int>(birth.year());
    const bool birthday_is_to_come =
        std::pair{day.month(), day.day()} < std::pair{birth.month(), birth.day()};
    return years - (birthday_is_to_come ? 1 : 0);
}

}  // namespace tenantry::housing
