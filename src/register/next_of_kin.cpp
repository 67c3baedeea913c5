#include "register/next_of_kin.hpp"

#include "base/log.hpp"
#include "register/sealed_texts.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<6> kColumns{"next_of_kin",
                                  {"name", "relationship", "address", "mobile", "other_phone", "email"}};

RowIdentity identity(Id<Person> person, const Uuid& uuid, std::int64_t version) {
    return {uuid, version, RowFacts{}.add(person.value).add(uuid).add(version)};
}

/// A row as it is stored.
struct StoredKin {
    std::int64_t version = 0;
    TextBlobs<6> parts;
    ByteView row_seal;
};

Result<NextOfKin> open_kin(const crypto::KeyRing& keys, Id<Person> person, const Uuid& uuid,
                           const StoredKin& stored) {
    auto t = TRY(
        open_texts(keys, kColumns, identity(person, uuid, stored.version), stored.parts, stored.row_seal));
    return NextOfKin{std::move(t[0]), std::move(t[1]), std::move(t[2]),
                     std::move(t[3]), std::move(t[4]), std::move(t[5])};
}

struct KnownKin {
    std::int64_t version = 0;  ///< 0 where none was named
    NextOfKin kin;
};

Result<KnownKin> read_kin(audit::Work& work, Id<Person> person, const Uuid& uuid) {
    db::Rows rows = TRY(work.tx().query(sql::next_of_kin::find, person));
    if (!TRY(rows.next())) {
        return KnownKin{};
    }
    StoredKin stored;
    auto& p = stored.parts;
    rows.into(stored.version, p[0], p[1], p[2], p[3], p[4], p[5], stored.row_seal);
    return KnownKin{stored.version, TRY(open_kin(work.keys(), person, uuid, stored))};
}

Result<void> write_kin(audit::Work& work, Id<Person> person, const Uuid& uuid, std::int64_t version,
                       const NextOfKin& kin) {
    const auto sealed = seal_texts(
        work.keys(), kColumns, identity(person, uuid, version),
        PlainTexts<6>{kin.name, kin.relationship, kin.address, kin.mobile, kin.other_phone, kin.email});
    const auto& b = sealed.blobs;
    const auto rows = TRY(work.tx().execute(sql::next_of_kin::put, person, version, b[0], b[1], b[2], b[3],
                                            b[4], b[5], sealed.row_seal));
    if (rows != 1) {
        return kStaleEdit;
    }
    return work.changed(
        {.action = "next_of_kin.put", .resource = person.value, .version = version, .person = person.value});
}

}  // namespace

Result<NextOfKin> load_next_of_kin(audit::Work& work, const Person& person) {
    return TRY(read_kin(work, person.id, person.uuid)).kin;
}

Result<std::unordered_map<std::int64_t, std::optional<NextOfKin>>> load_all_next_of_kin(
    audit::Work& work, const PageOfIds& people) {
    std::unordered_map<std::int64_t, std::optional<NextOfKin>> all;
    std::vector<std::int64_t> damaged;
    {
        db::Rows rows = TRY(work.tx().query(sql::next_of_kin::find_all, people.json()));
        while (TRY(rows.next())) {
            Id<Person> person;
            Uuid uuid;
            StoredKin stored;
            auto& p = stored.parts;
            rows.into(person, uuid, stored.version, p[0], p[1], p[2], p[3], p[4], p[5], stored.row_seal);
            auto kin = open_kin(work.keys(), person, uuid, stored);
            if (kin.ok()) {
                all.emplace(person.value, std::move(kin).value());
            } else {
                all.emplace(person.value, std::nullopt);
                damaged.push_back(person.value);
            }
        }
    }
    for (const auto person : damaged) {
        log(LogLevel::Error, "a sealed record did not open", {{"table", kColumns.table}, {"id", person}});
        TRY(work.read({.action = "next_of_kin.damaged",
                       .resource = person,
                       .person = person,
                       .outcome = audit::Outcome::Failed}));
    }
    return all;
}

Result<void> update_next_of_kin(audit::Work& work, const Uuid& uuid, const NextOfKin& parts) {
    const auto person = TRY(find_person_id(work.tx(), uuid));
    const auto known = TRY(read_kin(work, person, uuid));
    const auto pick = [](const auto& theirs, const auto& ours) { return theirs ? theirs : ours; };
    return write_kin(work, person, uuid, known.version + 1,
                     {pick(parts.name, known.kin.name), pick(parts.relationship, known.kin.relationship),
                      pick(parts.address, known.kin.address), pick(parts.mobile, known.kin.mobile),
                      pick(parts.other_phone, known.kin.other_phone), pick(parts.email, known.kin.email)});
}

Result<void> put_next_of_kin(audit::Work& work, const Uuid& uuid, const NextOfKin& wanted) {
    const auto person = TRY(find_person_id(work.tx(), uuid));
    const auto known = TRY(read_kin(work, person, uuid));
    return wanted == known.kin ? Result<void>{} : write_kin(work, person, uuid, known.version + 1, wanted);
}

Result<void> check_next_of_kin(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::next_of_kin::list_after, 0));
    while (TRY(rows.next())) {
        Id<Person> person;
        Uuid uuid;
        StoredKin stored;
        auto& p = stored.parts;
        rows.into(person, uuid, stored.version, p[0], p[1], p[2], p[3], p[4], p[5], stored.row_seal);
        report.add("next_of_kin", person.value,
                   open_kin(keys, person, uuid, stored).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_next_of_kin(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::next_of_kin::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        Id<Person> person;
        Uuid uuid;
        StoredKin s;
        auto& p = s.parts;
        rows.into(person, uuid, s.version, p[0], p[1], p[2], p[3], p[4], p[5], s.row_seal);
        reseal(some, {person.value, s.version, person.value}, kColumns, identity(person, uuid, s.version), p,
               s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
