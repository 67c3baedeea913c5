#include "register/legal_hold.hpp"

#include <tuple>

#include "crypto/random.hpp"
#include "register/job.hpp"
#include "register/sealed_texts.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<1> kColumns{"legal_hold", {"reason"}};

RowIdentity identity(const LegalHold& h) {
    return {h.uuid, h.version,
            RowFacts{}
                .add(h.id.value)
                .add(h.uuid)
                .add(h.version)
                .add(h.person.value)
                .add(h.placed_by)
                .add(to_millis(h.placed_at))
                .add(h.lifted_by)
                .add(h.lifted_at ? std::optional{to_millis(*h.lifted_at)} : std::nullopt)};
}

/// A row as it is stored. Its views live as long as the row is current.
struct StoredHold {
    LegalHold hold;  ///< without its reason
    TextBlobs<1> texts;
    ByteView row_seal;
};

StoredHold read_stored(const db::Rows& rows) {
    StoredHold s;
    LegalHold& h = s.hold;
    rows.into(h.id, h.uuid, h.version, h.person, s.texts[0], h.placed_by, h.placed_at, h.lifted_by,
              h.lifted_at, s.row_seal);
    return s;
}

Result<LegalHold> open_hold(StoredHold stored, const crypto::KeyRing& keys) {
    auto texts = TRY(open_texts(keys, kColumns, identity(stored.hold), stored.texts, stored.row_seal));
    stored.hold.reason = std::move(texts[0]);
    return std::move(stored.hold);
}

SealedTexts<1> seal_hold(const crypto::KeyRing& keys, const LegalHold& hold) {
    return seal_texts(keys, kColumns, identity(hold), PlainTexts<1>{hold.reason});
}

}  // namespace

Result<LegalHold> place_legal_hold(audit::Work& work, Id<Person> person, std::string reason) {
    const LegalHold h{{TRY(next_id(work.tx(), "legal_hold"))},
                      crypto::new_uuid(),
                      1,
                      person,
                      std::move(reason),
                      work.actor().account,
                      work.now(),
                      std::nullopt,
                      std::nullopt};
    const auto sealed = seal_hold(work.keys(), h);
    const auto placed = work.tx().execute(sql::legal_hold::insert, h.id, h.uuid, h.version, h.person,
                                          sealed.blobs[0], h.placed_by, h.placed_at, sealed.row_seal);
    if (!placed.ok()) {
        return placed.error().code == Code::Conflict ? kNoSuchTenant : placed.error();
    }
    TRY(work.changed({.action = "legal_hold.placed",
                      .resource = h.id.value,
                      .version = h.version,
                      .person = h.person.value}));
    return h;
}

Result<LegalHold> find_legal_hold(audit::Work& work, const Uuid& uuid) {
    db::Rows rows = TRY(work.tx().query(sql::legal_hold::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such legal hold"};
    }
    return open_hold(read_stored(rows), work.keys());
}

Result<LegalHold> lift_legal_hold(audit::Work& work, const Uuid& uuid) {
    LegalHold h = TRY(find_legal_hold(work, uuid));
    if (h.lifted_at) {
        return Error{Code::Conflict, "This legal hold was lifted before"};
    }
    ++h.version;
    h.lifted_by = work.actor().account;
    h.lifted_at = work.now();
    const auto sealed = seal_hold(work.keys(), h);
    if (TRY(work.tx().execute(sql::legal_hold::lift, h.id, h.version, sealed.blobs[0], h.lifted_by,
                              h.lifted_at, sealed.row_seal)) != 1) {
        return kStaleEdit;
    }
    TRY(work.changed({.action = "legal_hold.lifted",
                      .resource = h.id.value,
                      .version = h.version,
                      .person = h.person.value}));
    return h;
}

namespace {

/// One that does not open is there without its reason.
Result<std::vector<LegalHold>> read_holds(db::Rows rows, const crypto::KeyRing& keys) {
    std::vector<LegalHold> holds;
    while (TRY(rows.next())) {
        StoredHold stored = read_stored(rows);
        auto hold = open_hold(stored, keys);
        holds.push_back(hold.ok() ? std::move(hold).value() : std::move(stored.hold));
    }
    return holds;
}

}  // namespace

Result<HoldPage> list_holds_in_force(audit::Work& work, Paging paging) {
    const PageOfIds ids = TRY(
        read_page(TRY(work.tx().query(sql::legal_hold::list_ids_in_force, rows_to_count(paging))), paging));
    HoldPage page{{}, ids.total, ids.total_is_exact};
    page.holds = TRY(read_holds(TRY(work.tx().query(sql::legal_hold::find_all, ids.json())), work.keys()));
    std::vector<std::int64_t> people;
    for (const LegalHold& hold : page.holds) {
        people.push_back(hold.person.value);
    }
    TRY(work.read(about({.action = "legal_hold.listed"}, std::move(people))));
    return page;
}

Result<std::int64_t> count_holds_in_force(db::Transaction& tx) {
    std::int64_t count = 0;
    TRY(tx.find(sql::legal_hold::count_in_force, std::tie(count)));
    return count;
}

Result<std::vector<LegalHold>> list_legal_holds(audit::Work& work, Id<Person> person) {
    auto holds = TRY(read_holds(TRY(work.tx().query(sql::legal_hold::list_of_person, person)), work.keys()));
    TRY(work.read({.action = "legal_hold.listed", .resource = person.value, .person = person.value}));
    return holds;
}

Result<bool> is_under_legal_hold(db::Transaction& tx, Id<Person> person) {
    bool held = false;
    TRY(tx.find(sql::legal_hold::has_person, std::tie(held), person));
    return held;
}

Result<void> check_legal_holds(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::legal_hold::list_after, 0));
    while (TRY(rows.next())) {
        const StoredHold stored = read_stored(rows);
        report.add("legal_hold", stored.hold.id.value,
                   open_hold(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_legal_holds(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::legal_hold::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredHold s = read_stored(rows);
        const LegalHold& h = s.hold;
        reseal(some, {h.id.value, h.version, h.person.value}, kColumns, identity(h), s.texts, s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
