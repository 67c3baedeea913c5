#include "register/contact_address.hpp"

#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<5> kColumns{"contact_address", {"line_1", "line_2", "line_3", "city", "postcode"}};

RowIdentity identity(Id<Person> person, const Uuid& uuid, std::int64_t version) {
    return {uuid, version, RowFacts{}.add(person.value).add(uuid).add(version)};
}

}  // namespace

Result<Address> open_contact_address(const crypto::KeyRing& keys, Id<Person> person, const Uuid& uuid,
                                     const StoredContactAddress& stored) {
    VERIFY(stored.is_there());
    auto parts = TRY(open_texts(keys, kColumns, identity(person, uuid, *stored.version), stored.parts,
                                stored.row_seal.value_or(ByteView{})));
    return Address{std::move(parts[0]), std::move(parts[1]), std::move(parts[2]), std::move(parts[3]),
                   std::move(parts[4])};
}

Result<void> put_contact_address(audit::Work& work, const Person& person, const Address& address) {
    const auto sealed = seal_texts(
        work.keys(), kColumns, identity(person.id, person.uuid, person.version),
        PlainTexts<5>{address.line_1, address.line_2, address.line_3, address.city, address.postcode});
    const auto& b = sealed.blobs;
    TRY(work.tx().execute(sql::contact_address::put, person.id, person.version, b[0], b[1], b[2], b[3], b[4],
                          sealed.row_seal));
    return work.changed({.action = "contact_address.put",
                         .resource = person.id.value,
                         .version = person.version,
                         .person = person.id.value});
}

Result<void> remove_contact_address(audit::Work& work, const Person& person) {
    TRY(work.tx().execute(sql::contact_address::remove, person.id));
    return work.changed({.action = "contact_address.removed",
                         .resource = person.id.value,
                         .version = person.version,
                         .person = person.id.value});
}

Result<void> check_contact_addresses(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::contact_address::list_after, 0));
    while (TRY(rows.next())) {
        Id<Person> person;
        Uuid uuid;
        StoredContactAddress stored;
        auto& p = stored.parts;
        rows.into(person, uuid, stored.version, p[0], p[1], p[2], p[3], p[4], stored.row_seal);
        report.add("contact_address", person.value,
                   open_contact_address(keys, person, uuid, stored).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_contact_addresses(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::contact_address::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        Id<Person> person;
        Uuid uuid;
        StoredContactAddress s;
        auto& p = s.parts;
        rows.into(person, uuid, s.version, p[0], p[1], p[2], p[3], p[4], s.row_seal);
        reseal(some, {person.value, s.version, person.value}, kColumns,
               identity(person, uuid, s.version.value_or(0)), p, s.row_seal.value_or(ByteView{}));
    }
    return {};
}

}  // namespace tenantry::housing
