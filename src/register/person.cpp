#include "register/person.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "audit/resealing.hpp"
#include "base/text.hpp"
#include "crypto/random.hpp"
#include "register/job_links.hpp"
#include "register/legal_hold.hpp"
#include "register/person_columns.hpp"
#include "register/property.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

/// Corrupt, and the damage reported, where something does not open.
template <class Key>
Result<Person> read_one(audit::Work& work, const db::Sql& sql, const Key& key, Depth depth) {
    Person person;
    {
        db::Rows rows = TRY(work.tx().query(sql, key));
        if (!TRY(rows.next())) {
            return kNoSuchTenant;
        }
        person = read_person(rows, work.keys(), depth);
    }
    if (!person.unreadable.empty()) {
        TRY(report_damage(work, person));
        return kDamaged;
    }
    return person;
}

template <class Key>
Result<Person> find_one(audit::Work& work, const db::Sql& sql, const Key& key, Depth depth) {
    Person person = TRY(read_one(work, sql, key, depth));
    TRY(work.read({.action = "tenant.viewed",
                   .resource = person.id.value,
                   .version = person.version,
                   .person = person.id.value}));
    return person;
}

/// What the person is found by besides the name.
std::vector<ContactHash> contact_hashes(const crypto::KeyRing& keys, const Person& person) {
    std::vector<ContactHash> hashes;
    const auto add = [&hashes](const std::optional<ContactHash>& hash) {
        if (hash) {
            hashes.push_back(*hash);
        }
    };
    add(hash_email(keys, person.email.value_or("")));
    for (const auto* telephone : {&person.telephone_1, &person.telephone_2, &person.telephone_3}) {
        add(hash_telephone(keys, telephone->value_or("")));
    }
    return hashes;
}

Result<void> index_contacts(audit::Work& work, const Person& person, const std::vector<ContactHash>& hashes) {
    for (const auto& hash : hashes) {
        TRY(work.tx().send(sql::person::index_contact, hash, person.id));
    }
    return {};
}

/// The property's address, which also proves that it exists.
Result<std::optional<std::string>> address_of(audit::Work& work, const Person& person) {
    if (!person.property) {
        return std::optional<std::string>{};
    }
    return std::optional{TRY(find_property(work.tx(), work.keys(), *person.property)).full_address()};
}

/// Calls use() with what an insert and an update take.
template <class Use>
auto with_row(const crypto::KeyRing& keys, const Person& p, Use use) {
    const SealedPerson sealed = seal_person(keys, p);
    const auto& b = sealed.blobs;
    return use(p.id, p.uuid, p.version, p.active, p.property, p.household, p.tenancy, b[0], b[1], b[2], b[3],
               b[4], b[5], b[6], p.larn, p.hackney_homes_id, p.member_id, p.person_number, p.responsible,
               p.relationship, p.extended_relationship, p.cautionary_alert, p.property_cautionary_alert,
               sealed.row_seal, p.created_at, p.updated_at);
}

/// What the citizen index has from nobody but this register.
Result<void> remove_citizens_of(audit::Work& work, const Uuid& person) {
    TRY(work.tx().execute(sql::citizen::unindex_of_person, person));
    std::vector<std::pair<std::int64_t, std::int64_t>> removed;
    {
        db::Rows rows = TRY(work.tx().query(sql::citizen::remove_of_person, person));
        while (TRY(rows.next())) {
            auto& [id, version] = removed.emplace_back();
            rows.into(id, version);
        }
    }
    for (const auto& [id, version] : removed) {
        TRY(work.changed({.action = "citizen.removed", .resource = id, .version = version}));
    }
    return {};
}

}  // namespace

std::string Name::full() const {
    if (first.empty() || last.empty()) {
        return first + last;
    }
    std::string joined;
    joined.reserve(first.size() + 1 + last.size());
    joined += first;
    joined += ' ';
    joined += last;
    return joined;
}

Name split_name(std::string_view full) {
    const auto end = full.find_last_not_of(' ');
    const auto space = end == std::string_view::npos ? end : full.substr(0, end + 1).rfind(' ');
    if (space == std::string_view::npos || space == 0) {
        return {std::nullopt, "", std::string{full}};
    }
    return {std::nullopt, std::string{full.substr(0, space)}, std::string{full.substr(space + 1)}};
}

Result<Person> find_person(audit::Work& work, Id<Person> id, Depth depth) {
    return find_one(work, sql::person::find_by_id, id, depth);
}
Result<Person> find_person(audit::Work& work, const Uuid& uuid, Depth depth) {
    return find_one(work, sql::person::find_by_uuid, uuid, depth);
}
Result<void> expect_person(db::Transaction& tx, const Uuid& uuid) {
    return tx.expect(sql::person::find_by_uuid, uuid);
}
Result<Person> load_person(audit::Work& work, Id<Person> id) {
    return read_one(work, sql::person::find_by_id, id, Depth::Full);
}
Result<Person> load_person(audit::Work& work, const Uuid& uuid) {
    return read_one(work, sql::person::find_by_uuid, uuid, Depth::Full);
}

Result<Person> find_person_by_hackney_homes_id(audit::Work& work, std::string_view hackney_homes_id) {
    return find_one(work, sql::person::find_by_hackney_homes_id, hackney_homes_id, Depth::Contact);
}

Result<std::vector<Person>> load_people_at(audit::Work& work, std::int64_t uprn) {
    std::vector<Person> people;
    std::vector<Person> damaged;
    {
        db::Rows rows = TRY(work.tx().query(sql::person::list_at_uprn, uprn));
        while (TRY(rows.next())) {
            Person person = read_person(rows, work.keys(), Depth::Full);
            (person.unreadable.empty() ? people : damaged).push_back(std::move(person));
        }
    }
    for (const Person& person : damaged) {
        TRY(report_damage(work, person));
    }
    return people;
}

Result<Id<Person>> find_person_id(db::Transaction& tx, const Uuid& uuid) {
    Id<Person> id;
    const auto found = tx.find(sql::person::find_id, std::tie(id), uuid);
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? kNoSuchTenant : found.error();
    }
    return id;
}

Result<void> expect_creation(db::Transaction& tx, std::optional<Id<Property>> property) {
    TRY(expect_next_id(tx, "person"));
    return property ? expect_property(tx, *property) : Result<void>{};
}

Result<Person> create_person(audit::Work& work, Person p) {
    p.full_address = TRY(address_of(work, p));
    p.id.value = TRY(next_id(work.tx(), "person"));
    if (p.uuid == Uuid{}) {
        p.uuid = crypto::new_uuid();
    }
    p.version = 1;
    p.created_at = p.created_at == Instant{} ? work.now() : p.created_at;
    p.updated_at = p.updated_at == Instant{} ? p.created_at : p.updated_at;
    TRY(with_row(work.keys(), p,
                 [&](const auto&... row) { return work.tx().send(sql::person::insert, row...); }));
    TRY(work.tx().send(sql::person::index_new_name, p.id, fold(p.name.full())));
    TRY(index_contacts(work, p, contact_hashes(work.keys(), p)));
    if (p.property) {
        TRY(begin_first_occupancy(work, p.id, *p.property));
    }
    TRY(work.changed(
        {.action = "tenant.created", .resource = p.id.value, .version = p.version, .person = p.id.value}));
    return p;
}

Result<Person> update_person(audit::Work& work, const Person& before, Person p, Literal action) {
    if (p.property != before.property) {
        p.full_address = TRY(address_of(work, p));
    }
    p.version = before.version + 1;
    p.updated_at = work.now();
    const auto rows = TRY(with_row(
        work.keys(), p, [&](const auto&... row) { return work.tx().execute(sql::person::update, row...); }));
    if (rows != 1) {
        return kStaleEdit;
    }
    TRY(work.tx().send(sql::person::index_name, p.id, fold(p.name.full())));
    const auto hashes = contact_hashes(work.keys(), p);
    if (hashes != contact_hashes(work.keys(), before)) {
        TRY(work.tx().send(sql::person::unindex_contacts, p.id));
        TRY(index_contacts(work, p, hashes));
    }
    if (p.property != before.property) {
        TRY(move_occupancy(work, p.id, p.property));
    }
    TRY(work.changed({.action = action, .resource = p.id.value, .version = p.version, .person = p.id.value}));
    return p;
}

Result<void> remove_person(audit::Work& work, const Person& person) {
    if (TRY(is_under_legal_hold(work.tx(), person.id))) {
        return kUnderLegalHold;
    }
    if (TRY(count_active_jobs(work.tx(), person.id)) > 0) {
        return Error{Code::Conflict, "This tenant has active jobs"};
    }
    TRY(unlink_jobs_of(work, person.id));
    for (const db::Sql* statement :
         {&sql::occupancy::remove_of_person, &sql::alert::remove_of_person, &sql::next_of_kin::remove,
          &sql::contact_address::remove, &sql::legal_hold::remove_of_person, &sql::person::unindex_contacts,
          &sql::person::unindex_name}) {
        TRY(work.tx().execute(*statement, person.id));
    }
    TRY(remove_citizens_of(work, person.uuid));
    const auto removed = work.tx().execute(sql::person::remove, person.id);
    if (!removed.ok()) {
        return removed.error().code == Code::Conflict
                   ? Error{Code::Conflict, "This tenant has interactions on record"}
                   : removed.error();
    }
    return work.changed({.action = "tenant.deleted",
                         .resource = person.id.value,
                         .version = person.version,
                         .person = person.id.value});
}

Result<std::int64_t> index_people(audit::Work& work) {
    std::int64_t unreadable = 0;
    db::Rows rows =
        TRY(work.tx().query(sql::person::list_names_between, 0, std::numeric_limits<std::int64_t>::max()));
    while (TRY(rows.next())) {
        Id<Person> id;
        Uuid uuid;
        std::int64_t version = 0;
        ByteView blob;
        rows.into(id, uuid, version, blob);
        const auto name = open_name(work.keys(), uuid, version, blob);
        if (name.ok()) {
            TRY(work.tx().send(sql::person::index_name, id, fold(name->full())));
        } else {
            ++unreadable;
        }
    }
    return unreadable;
}

Result<void> check_people(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::person::list_after, 0));
    while (TRY(rows.next())) {
        const Person person = read_person(rows, keys, Depth::Full);
        report.add("person", person.id.value,
                   person.unreadable.empty() ? Literal{""} : person.unreadable.front());
    }
    return {};
}

Result<void> reseal_people(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::person::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        StoredPerson s;
        s.read(rows);
        const Person& p = s.person;
        some.row({p.id.value, p.version, p.id.value}, s.blobs, s.row_seal,
                 [&] { return reseal_person(some.keys(), s); });
    }
    return {};
}

}  // namespace tenantry::housing
