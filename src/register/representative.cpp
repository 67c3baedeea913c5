#include "register/representative.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "crypto/random.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

crypto::FieldContext context(const Representative& r) {
    return {"representative", "name", r.uuid, r.version};
}

std::string sealed_facts(const Representative& r) {
    return fmt::format("{}|{}|{}|{}|{}|{}", r.id.value, r.uuid.text(), r.version, r.association.value, r.role,
                       to_millis(r.created_at));
}

/// A row as it is stored.
struct StoredRepresentative {
    Representative representative;  ///< without the name
    ByteView name;
    ByteView row_seal;
};

StoredRepresentative read_stored(const db::Rows& rows) {
    StoredRepresentative stored;
    Representative& r = stored.representative;
    rows.into(r.id, r.uuid, r.version, r.association, r.role, stored.name, stored.row_seal, r.created_at);
    return stored;
}

Result<Representative> open_representative(StoredRepresentative stored, const crypto::KeyRing& keys) {
    Representative& r = stored.representative;
    const std::string facts = sealed_facts(r);
    TRY(keys.check_row_seal("representative", stored.row_seal,
                            {bytes_of(facts), crypto::KeyRing::blob_tag(stored.name)}));
    r.name = TRY(keys.open(context(r), stored.name));
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
    const std::string facts = sealed_facts(r);
    const Bytes sealed = work.keys().seal(context(r), r.name);
    const Bytes row_seal =
        work.keys().row_seal("representative", {bytes_of(facts), crypto::KeyRing::blob_tag(sealed)});
    const auto inserted = work.tx().execute(sql::representative::insert, r.id, r.uuid, r.version,
                                            r.association, r.role, sealed, row_seal, r.created_at);
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
    db::Rows rows = TRY(tx.query(sql::representative::list_all));
    while (TRY(rows.next())) {
        const auto stored = read_stored(rows);
        report.add("representative", stored.representative.id.value,
                   open_representative(stored, keys).ok() ? Literal{""} : Literal{"record"});
    }
    return {};
}

}  // namespace tenantry::housing
