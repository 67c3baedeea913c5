#include "register/association.hpp"

#include <algorithm>

#include "crypto/random.hpp"
#include "register/sealed_texts.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr TextColumns<2> kColumns{"association", {"email", "notes"}};

RowIdentity identity(const Association& a) {
    return {a.uuid, a.version,
            RowFacts{}
                .add(a.id.value)
                .add(a.uuid)
                .add(a.version)
                .add(std::optional{a.name})
                .add(a.area)
                .add(a.patch)
                .add(to_millis(a.created_at))
                .add(to_millis(a.updated_at))};
}

SealedTexts<2> seal_association(const crypto::KeyRing& keys, const Association& a) {
    return seal_texts(keys, kColumns, identity(a), PlainTexts<2>{a.email, a.notes});
}

/// A row as it is stored.
struct StoredAssociation {
    Association association;  ///< without e-mail and notes
    TextBlobs<2> texts;
    ByteView row_seal;
};

StoredAssociation read_stored(const db::Rows& rows) {
    StoredAssociation stored;
    Association& a = stored.association;
    rows.into(a.id, a.uuid, a.version, a.name, a.area, a.patch, stored.texts[0], stored.texts[1],
              stored.row_seal, a.created_at, a.updated_at);
    return stored;
}

Result<Association> open_association(StoredAssociation stored, const crypto::KeyRing& keys) {
    Association& a = stored.association;
    auto texts = TRY(open_texts(keys, kColumns, identity(a), stored.texts, stored.row_seal));
    a.email = std::move(texts[0]);
    a.notes = std::move(texts[1]);
    return std::move(a);
}

/// Opens the row; damage is journaled.
Result<Association> open_row(audit::Work& work, const db::Rows& rows) {
    const auto stored = read_stored(rows);
    auto opened = open_association(stored, work.keys());
    if (!opened.ok()) {
        TRY(work.read({.action = "association.damaged",
                       .resource = stored.association.id.value,
                       .version = stored.association.version,
                       .outcome = audit::Outcome::Failed}));
    }
    return opened;
}

/// Makes the association speak for these estates. The statement leaves an estate of another one as it is, so
/// that fewer rows are changed than there are estates.
Result<void> claim_estates(audit::Work& work, Id<Association> association, std::vector<std::string> estates) {
    std::sort(estates.begin(), estates.end());
    estates.erase(std::unique(estates.begin(), estates.end()), estates.end());
    if (estates.empty()) {
        return {};
    }
    const auto claimed =
        TRY(work.tx().execute(sql::association::add_estates, association, json_list(estates)));
    if (claimed != static_cast<std::int64_t>(estates.size())) {
        return kEstateTaken;
    }
    return {};
}

}  // namespace

Result<Association> create_association(audit::Work& work, Association a,
                                       const std::vector<std::string>& estates) {
    a.id.value = TRY(next_id(work.tx(), "association"));
    a.uuid = crypto::new_uuid();
    a.version = 1;
    a.created_at = a.updated_at = work.now();
    const auto sealed = seal_association(work.keys(), a);
    const auto inserted =
        work.tx().execute(sql::association::insert, a.id, a.uuid, a.version, a.name, a.area, a.patch,
                          sealed.blobs[0], sealed.blobs[1], sealed.row_seal, a.created_at, a.updated_at);
    if (!inserted.ok()) {
        return inserted.error().code == Code::Conflict ? kAssociationNameTaken : inserted.error();
    }
    TRY(claim_estates(work, a.id, estates));
    TRY(work.changed({.action = "association.created", .resource = a.id.value, .version = a.version}));
    return a;
}

Result<Association> update_association(audit::Work& work, Association a,
                                       const std::vector<std::string>& estates) {
    ++a.version;
    a.updated_at = work.now();
    const auto sealed = seal_association(work.keys(), a);
    const auto rows =
        TRY(work.tx().execute(sql::association::update, a.id, a.version, a.name, a.area, a.patch,
                              sealed.blobs[0], sealed.blobs[1], sealed.row_seal, a.updated_at));
    if (rows != 1) {
        return kStaleEdit;
    }
    TRY(claim_estates(work, a.id, estates));
    TRY(work.changed({.action = "association.updated", .resource = a.id.value, .version = a.version}));
    return a;
}

Result<void> add_estate(audit::Work& work, Id<Association> association, const std::string& estate) {
    const auto added = work.tx().execute(sql::association::add_estate, association, estate);
    if (!added.ok()) {
        return added.error().code == Code::Conflict ? kEstateTaken : added.error();
    }
    return work.changed({.action = "association.estate_added", .resource = association.value});
}

Result<Association> find_association(audit::Work& work, Id<Association> id) {
    auto found = TRY([&]() -> Result<Association> {
        db::Rows rows = TRY(work.tx().query(sql::association::find, id));
        if (!TRY(rows.next())) {
            return Error{Code::NotFound, "No such association"};
        }
        return open_row(work, rows);
    }());
    TRY(work.read({.action = "association.read", .resource = id.value, .version = found.version}));
    return found;
}

Result<std::vector<Association>> list_associations(audit::Work& work, const Uuid& patch) {
    std::vector<Association> associations;
    {
        db::Rows rows = TRY(work.tx().query(sql::association::list_of_patch, patch));
        while (TRY(rows.next())) {
            auto opened = open_row(work, rows);
            if (opened.ok()) {
                associations.push_back(std::move(opened).value());
            } else if (opened.error().code != Code::Corrupt) {
                return opened.error();
            }
        }
    }
    TRY(work.read({.action = "association.listed"}));
    return associations;
}

Result<std::vector<AssociationEstate>> list_association_estates(db::Transaction& tx,
                                                                Id<Association> association) {
    std::vector<AssociationEstate> estates;
    db::Rows rows = TRY(tx.query(sql::association::list_estates, association));
    while (TRY(rows.next())) {
        AssociationEstate& estate = estates.emplace_back();
        rows.into(estate.reference, estate.name);
    }
    return estates;
}

Result<std::vector<AssociationRole>> list_association_roles(db::Transaction& tx) {
    std::vector<AssociationRole> roles;
    db::Rows rows = TRY(tx.query(sql::association::list_roles));
    while (TRY(rows.next())) {
        AssociationRole& role = roles.emplace_back();
        rows.into(role.role, role.name);
    }
    return roles;
}

Result<void> check_associations(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::association::list_after, 0));
    while (TRY(rows.next())) {
        const auto stored = read_stored(rows);
        report.add("association", stored.association.id.value,
                   open_association(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

Result<void> reseal_associations(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::association::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const StoredAssociation s = read_stored(rows);
        const Association& a = s.association;
        reseal(some, {a.id.value, a.version}, kColumns, identity(a), s.texts, s.row_seal);
    }
    return {};
}

}  // namespace tenantry::housing
