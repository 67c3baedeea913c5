#include "register/signature.hpp"

#include "audit/resealing.hpp"
#include "base/log.hpp"
#include "crypto/random.hpp"
#include "register/person.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

struct Signature;

/// A picture is never edited, so it has one version.
crypto::FieldContext context(const Uuid& uuid) {
    return {"signature", "image", uuid, 1};
}

Result<void> report_damage(audit::Work& work, Id<Signature> id) {
    log(LogLevel::Error, "a sealed field did not open",
        {{"table", Literal{"signature"}}, {"id", id.value}, {"column", Literal{"image"}}});
    return work.read(
        {.action = "signature.damaged", .resource = id.value, .outcome = audit::Outcome::Failed});
}

}  // namespace

Result<Uuid> store_signature(audit::Work& work, std::string_view image) {
    const Id<Signature> id{TRY(next_id(work.tx(), "signature"))};
    const Uuid uuid = crypto::new_uuid();
    TRY(work.tx().execute(sql::signature::insert, id, uuid, work.keys().seal(context(uuid), image),
                          work.now()));
    TRY(work.changed({.action = "signature.stored", .resource = id.value}));
    return uuid;
}

Result<std::string> find_signature(audit::Work& work, const Uuid& uuid) {
    Id<Signature> id;
    std::string image;
    {
        db::Rows rows = TRY(work.tx().query(sql::signature::find, uuid));
        if (!TRY(rows.next())) {
            return Error{Code::NotFound, "No such signature"};
        }
        ByteView sealed;
        rows.into(id, sealed);
        auto opened = work.keys().open(context(uuid), sealed);
        if (!opened.ok()) {
            TRY(report_damage(work, id));
            return kDamaged;
        }
        image = std::move(opened).value();
    }
    TRY(work.read({.action = "signature.read", .resource = id.value}));
    return image;
}

Result<void> remove_signature(audit::Work& work, const Uuid& uuid) {
    if (TRY(work.tx().execute(sql::signature::remove, uuid)) == 0) {
        return {};
    }
    return work.changed({.action = "signature.removed"});
}

Result<void> check_signatures(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::signature::list_after, 0));
    while (TRY(rows.next())) {
        std::int64_t id = 0;
        Uuid uuid;
        ByteView sealed;
        rows.into(id, uuid, sealed);
        report.add("signature", id, keys.open(context(uuid), sealed).ok() ? Literal{""} : Literal{"image"});
    }
    return {};
}

Result<void> reseal_signatures(db::Transaction& tx, audit::Resealing& some) {
    db::Rows rows = TRY(tx.query(sql::signature::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        std::int64_t id = 0;
        Uuid uuid;
        ByteView sealed;
        rows.into(id, uuid, sealed);
        some.fields(audit::SealedRow{id}, uuid, std::array{std::optional{sealed}});
    }
    return {};
}

}  // namespace tenantry::housing
