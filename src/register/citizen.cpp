#include "register/citizen.hpp"

#include "base/log.hpp"
#include "base/text.hpp"
#include "crypto/random.hpp"
#include "register/person_columns.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<7> kColumns{
    "citizen",
    {"name", "date_of_birth", "address_line_1", "address_line_2", "address_line_3", "city", "postcode"}};

/// What earlier versions sealed; the address stood in clear, as facts of the row.
constexpr TextColumns<2> kOldColumns{"citizen", {"name", "date_of_birth"}};

RowIdentity identity(const Citizen& c, const Address* in_clear = nullptr) {
    RowFacts facts;
    facts.add(c.id.value).add(c.uuid).add(c.version).add(c.uprn).add(c.person);
    facts.add(c.usn).add(c.larn).add(c.hackney_homes_id);
    if (in_clear != nullptr) {
        for (const auto* text : parts_of(*in_clear)) {
            facts.add(*text);
        }
    }
    facts.add(to_millis(c.created_at)).add(to_millis(c.updated_at));
    return {c.uuid, c.version, std::move(facts)};
}

Result<std::int64_t> write_row(audit::Work& work, const db::Sql& sql, const Citizen& c) {
    const Address& a = c.address;
    const auto sealed = seal_texts(
        work.keys(), kColumns, identity(c),
        PlainTexts<7>{std::optional{name_text(c.name)},
                      c.date_of_birth ? std::optional{format_date(*c.date_of_birth)} : std::nullopt, a.line_1,
                      a.line_2, a.line_3, a.city, a.postcode});
    const auto& b = sealed.blobs;
    return work.tx().execute(sql, c.id, c.uuid, c.version, c.usn, c.uprn, c.larn, c.person,
                             c.hackney_homes_id, b[0], b[1], b[2], b[3], b[4], b[5], b[6], sealed.row_seal,
                             c.created_at, c.updated_at);
}

Result<void> index_texts(audit::Work& work, const Citizen& c) {
    const SearchTexts texts = search_texts(c);
    TRY(work.tx().execute(sql::citizen::index_texts, c.id, texts.name, texts.address));
    return {};
}

/// The row of an earlier version, which a statement selects with its address in clear. Its seal is made anew
/// where the old one holds; else the row stays damaged, but not in clear.
Result<void> seal_in_clear(audit::Work& work, const db::Rows& rows) {
    StoredCitizen stored;
    Citizen& c = stored.citizen;
    Address& a = c.address;
    auto& t = stored.texts;
    rows.into(c.id, c.uuid, c.version, c.usn, c.uprn, c.larn, c.person, c.hackney_homes_id, t[0], t[1],
              a.line_1, a.line_2, a.line_3, a.city, a.postcode, stored.row_seal, c.created_at, c.updated_at);
    const bool holds =
        check_texts(work.keys(), kOldColumns, identity(c, &a), {t[0], t[1]}, stored.row_seal).ok();
    SealedTexts<7> sealed = seal_texts(
        work.keys(), kColumns, identity(c),
        PlainTexts<7>{std::nullopt, std::nullopt, a.line_1, a.line_2, a.line_3, a.city, a.postcode});
    for (std::size_t i = 2; i < t.size(); ++i) {
        t[i] = sealed.blobs[i] ? std::optional{ByteView{*sealed.blobs[i]}} : std::nullopt;
    }
    TRY(work.tx().execute(
        sql::citizen::seal_address, c.id, t[2], t[3], t[4], t[5], t[6],
        holds ? std::optional{row_seal_of(work.keys(), kColumns, identity(c), t)} : std::nullopt));
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
    auto& t = s.texts;
    rows.into(c.id, c.uuid, c.version, c.usn, c.uprn, c.larn, c.person, c.hackney_homes_id, t[0], t[1], t[2],
              t[3], t[4], t[5], t[6], s.row_seal, c.created_at, c.updated_at);
    return s;
}

Result<Citizen> open_citizen(StoredCitizen stored, const crypto::KeyRing& keys) {
    Citizen& c = stored.citizen;
    auto texts = TRY(open_texts(keys, kColumns, identity(c), stored.texts, stored.row_seal));
    auto name = parse_name(texts[0].value_or(""));
    c.date_of_birth = texts[1] ? parse_date(*texts[1]) : std::nullopt;
    if (!name || c.date_of_birth.has_value() != texts[1].has_value()) {
        return kDamaged;
    }
    c.name = *std::move(name);
    c.address = {std::move(texts[2]), std::move(texts[3]), std::move(texts[4]), std::move(texts[5]),
                 std::move(texts[6])};
    return std::move(c);
}

SearchTexts search_texts(const Citizen& c) {
    return {fold(c.name.full()), fold(c.address.on_one_line()) + ' ' +
                                     fold_together(c.address.postcode.value_or("")) + ' ' + c.address.key()};
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

Result<std::int64_t> index_citizens(audit::Work& work) {
    std::int64_t unreadable = 0;
    db::Rows rows = TRY(work.tx().query(sql::citizen::list_after, 0));
    while (TRY(rows.next())) {
        const auto citizen = open_citizen(read_citizen(rows), work.keys());
        if (citizen.ok()) {
            TRY(index_texts(work, *citizen));
        } else {
            ++unreadable;
        }
    }
    return unreadable;
}

Result<bool> seal_citizens_in_clear(audit::Work& work) {
    bool any = false;
    TRY(work.tx().find(sql::citizen::has_in_clear, std::tie(any)));
    if (!any) {
        return false;
    }
    {
        db::Rows rows = TRY(work.tx().query(sql::citizen::list_in_clear));
        while (TRY(rows.next())) {
            TRY(seal_in_clear(work, rows));
        }
    }
    TRY(work.tx().execute(sql::citizen::remove_in_clear));
    TRY(work.changed({.action = "citizen.addresses_sealed"}));
    return true;
}

}  // namespace tenantry::housing
