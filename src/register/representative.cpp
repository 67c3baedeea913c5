#include "register/representative.hpp"

#include <algorithm>

#include "crypto/random.hpp"
#include "register/sealed_texts.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<1> kColumns{"representative", {"name"}};

RowIdentity identity(const Representative& r) {
    return {r.uuid, r.version,
            RowFacts{}
                .add(r.id.value)
                .add(r.uuid)
                .add(r.version)
                .add(r.association.value)
                .add(std::optional{r.role})
                .add(to_millis(r.created_at))};
}

/// A row as it is stored.
struct StoredRepresentative {
    Representative representative;  ///< without the name
    TextBlobs<1> name;
    ByteView row_seal;
};

StoredRepresentative read_stored(const db::Rows& rows) {
    StoredRepresentative stored;
    Representative& r = stored.representative;
    rows.into(r.id, r.uuid, r.version, r.association, r.role, stored.name[0], stored.row_seal, r.created_at);
    return stored;
}

Result<Representative> open_representative(StoredRepresentative stored, const crypto::KeyRing& keys) {
    Representative& r = stored.representative;
    auto texts = TRY(open_texts(keys, kColumns, identity(r), stored.name, stored.row_seal));
    r.name = std::move(texts[0]).value_or("");
    return std::move(r);
}

/// All that open; damage is journaled.
Result<std::vector<Representative>> load_representatives(audit::Work& work, Id<Association> association) {
    std::vector<Representative> all;
    db::Rows rows = TRY(work.tx().query(sql::representative::list_of_association, association));
    while (TRY(rows.next())) {
        const auto stored = read_stored(rows);
        auto opened = open_representative(stored, work.keys());
        if (opened.ok()) {
            all.push_back(std::move(opened).value());
        } else {
            TRY(work.read({.action = "representative.damaged",
                           .resource = stored.representative.id.value,
                           .version = stored.representative.version,
                           .outcome = audit::Outcome::Failed}));
        }
    }
    return all;
}

}  // namespace

Result<Representative> add_representative(audit::Work& work, Id<Association> association,
                                          std::string_view role, std::string_view name) {
    Representative r{{TRY(next_id(work.tx(), "representative"))},
                     crypto::new_uuid(),
                     1,
                     association,
                     std::string{role},
                     std::string{name},
                     work.now()};
    const auto sealed = seal_texts(work.keys(), kColumns, identity(r), PlainTexts<1>{std::optional{r.name}});
    const auto inserted =
        work.tx().execute(sql::representative::insert, r.id, r.uuid, r.version, r.association, r.role,
                          sealed.blobs[0], sealed.row_seal, r.created_at);
    if (!inserted.ok()) {
        return inserted.error().code == Code::Conflict
                   ? Error{Code::Conflict, "There is no such association or role"}
                   : inserted.error();
    }
    TRY(work.changed({.action = "representative.added", .resource = r.id.value, .version = r.version}));
    return r;
}

Result<std::int64_t> remove_representatives(audit::Work& work, Id<Association> association,
                                            std::string_view name) {
    PageOfIds named;
    for (const auto& r : TRY(load_representatives(work, association))) {
        if (r.name == name) {
            named.ids.push_back(r.id.value);
        }
    }
    const auto removed = TRY(work.tx().execute(sql::representative::remove, named.json()));
    for (const auto id : named.ids) {
        TRY(work.changed({.action = "representative.removed", .resource = id}));
    }
    return removed;
}

Result<std::vector<Representative>> list_representatives(audit::Work& work, Id<Association> association) {
    std::vector<Representative> all;
    for (auto& r : TRY(load_representatives(work, association))) {
        if (std::none_of(all.begin(), all.end(), [&](const Representative& other) {
                return other.name == r.name && other.role == r.role;
            })) {
            all.push_back(std::move(r));
        }
    }
    TRY(work.read({.action = "representative.listed", .resource = association.value}));
    return all;
}

Result<void> check_representatives(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::representative::list_after, 0));
    while (TRY(rows.next())) {
        const auto stored = read_stored(rows);
        report.add("representative", stored.representative.id.value,
                   open_representative(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_representatives(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::representative::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredRepresentative s = read_stored(rows);
        const Representative& r = s.representative;
        reseal(some, {r.id.value, r.version}, kColumns, identity(r), s.name, s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
