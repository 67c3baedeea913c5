#include "register/citizen.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "crypto/random.hpp"
#include "register/person_columns.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<2> kColumns{"citizen", {"name", "date_of_birth"}};

RowIdentity identity(const Citizen& c) {
    RowFacts facts;
    facts.add(c.id.value).add(c.uuid).add(c.version).add(c.uprn).add(c.person);
    for (const auto* text : {&c.usn, &c.larn, &c.hackney_homes_id, &c.address.line_1, &c.address.line_2,
                             &c.address.line_3, &c.address.city, &c.address.postcode}) {
        facts.add(*text);
    }
    facts.add(to_millis(c.created_at)).add(to_millis(c.updated_at));
    return {c.uuid, c.version, std::move(facts)};
}

Result<std::int64_t> write_row(audit::Work& work, const db::Sql& sql, const Citizen& c) {
    const auto sealed =
        seal_texts(work.keys(), kColumns, identity(c),
                   Texts<2>{std::optional{name_text(c.name)},
                            c.date_of_birth ? std::optional{format_date(*c.date_of_birth)} : std::nullopt});
    const Address& a = c.address;
    return work.tx().execute(sql, c.id, c.uuid, c.version, c.usn, c.uprn, c.larn, c.person,
                             c.hackney_homes_id, sealed.blobs[0], sealed.blobs[1], a.line_1, a.line_2,
                             a.line_3, a.city, a.postcode, sealed.row_seal, c.created_at, c.updated_at);
}

/// What the entry is found by: the postcode with and without its space, lines 1 and 2 also run together.
Result<void> index_texts(audit::Work& work, const Citizen& c) {
    TRY(work.tx().execute(sql::citizen::index_texts, c.id, fold(c.name.full()),
                          fold(c.address.on_one_line()) + ' ' +
                              fold_together(c.address.postcode.value_or("")) + ' ' + c.address.key()));
    return {};
}

}  // namespace

Result<Citizen> create_citizen(audit::Work& work, Citizen c) {
    c.id.value = TRY(next_id(work.tx(), "citizen"));
    c.uuid = crypto::new_uuid();
    c.version = 1;
    c.created_at = c.updated_at = work.now();
    TRY(write_row(work, sql::citizen::insert, c));
    TRY(index_texts(work, c));
    TRY(work.changed({.action = "citizen.created", .resource = c.id.value, .version = c.version}));
    return c;
}

Result<Citizen> update_citizen(audit::Work& work, Citizen c) {
    ++c.version;
    c.updated_at = work.now();
    if (TRY(write_row(work, sql::citizen::update, c)) != 1) {
        return kStaleEdit;
    }
    TRY(index_texts(work, c));
    TRY(work.changed({.action = "citizen.updated", .resource = c.id.value, .version = c.version}));
    return c;
}

Result<Citizen> find_citizen(audit::Work& work, const std::string& usn) {
    db::Rows rows = TRY(work.tx().query(sql::citizen::find_by_usn, usn));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such entry of the citizen index"};
    }
    return open_citizen(read_citizen(rows), work.keys());
}

StoredCitizen read_citizen(const db::Rows& rows) {
    StoredCitizen s;
    Citizen& c = s.citizen;
    Address& a = c.address;
    rows.into(c.id, c.uuid, c.version, c.usn, c.uprn, c.larn, c.person, c.hackney_homes_id, s.texts[0],
              s.texts[1], a.line_1, a.line_2, a.line_3, a.city, a.postcode, s.row_seal, c.created_at,
              c.updated_at);
    return s;
}

Result<Citizen> open_citizen(StoredCitizen stored, const crypto::KeyRing& keys) {
    Citizen& c = stored.citizen;
    const auto texts = TRY(open_texts(keys, kColumns, identity(c), stored.texts, stored.row_seal));
    auto name = parse_name(texts[0].value_or(""));
    c.date_of_birth = texts[1] ? parse_date(*texts[1]) : std::nullopt;
    if (!name || c.date_of_birth.has_value() != texts[1].has_value()) {
        return kDamaged;
    }
    c.name = *std::move(name);
    return std::move(c);
}

Result<void> report_damage(audit::Work& work, const Citizen& citizen) {
    log(LogLevel::Error, "a sealed record did not open",
        {{"table", kColumns.table}, {"id", citizen.id.value}});
    return work.read({.action = "citizen.damaged",
                      .resource = citizen.id.value,
                      .version = citizen.version,
                      .outcome = audit::Outcome::Failed});
}

Result<void> check_citizens(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::citizen::list_after, 0));
    while (TRY(rows.next())) {
        const StoredCitizen stored = read_citizen(rows);
        report.add("citizen", stored.citizen.id.value,
                   open_citizen(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_citizens(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::citizen::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredCitizen s = read_citizen(rows);
        const Citizen& c = s.citizen;
        reseal(some, {c.id.value, c.version}, kColumns, identity(c), s.texts, s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
