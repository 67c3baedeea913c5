#include "access/rights_seal.hpp"

#include <array>
#include <string>

#include "access/sql.hpp"
#include "base/log.hpp"

namespace tenantry::access {

namespace {

constexpr std::string_view kTable = "access_rights";
constexpr std::int64_t kOnly = 1;

/// All permissions as JSON, and their seal, which is valid until the next row is read.
struct Rights {
    std::int64_t id = 0;
    std::int64_t version = 0;
    std::optional<ByteView> seal;
    std::string roles;
    std::string of_roles;
    std::string of_accounts;

    [[nodiscard]] static Rights of(const db::Rows& rows) {
        Rights r;
        rows.into(r.id, r.version, r.seal, r.roles, r.of_roles, r.of_accounts);
        return r;
    }
    [[nodiscard]] bool holds(const crypto::KeyRing& keys) const {
        const std::string number = std::to_string(version);
        return seal && keys.check_row_seal(
                               kTable, *seal,
                               {bytes_of(number), bytes_of(roles), bytes_of(of_roles), bytes_of(of_accounts)})
                           .ok();
    }
    [[nodiscard]] Bytes sealed_as(std::int64_t as, const crypto::KeyRing& keys) const {
        const std::string number = std::to_string(as);
        return keys.row_seal(kTable,
                             {bytes_of(number), bytes_of(roles), bytes_of(of_roles), bytes_of(of_accounts)});
    }
};

Result<void> store(audit::Work& work, std::int64_t version) {
    Bytes seal;
    {
        db::Rows rows = TRY(work.tx().query(sql::rights::list_after, 0));
        if (!TRY(rows.next())) {
            return {};
        }
        seal = Rights::of(rows).sealed_as(version, work.keys());
    }
    TRY(work.tx().execute(sql::rights::seal, kOnly, version, seal));
    return {};
}

}  // namespace

Result<RightsChange> RightsChange::begin(audit::Work& work) {
    RightsChange change;
    db::Rows rows = TRY(work.tx().query(sql::rights::list_after, 0));
    if (TRY(rows.next())) {
        const Rights before = Rights::of(rows);
        change.version_ = before.version;
        change.holds_ = before.holds(work.keys());
    }
    if (!change.holds_) {
        log(LogLevel::Error, "permissions are not as they were sealed", {});
    }
    return change;
}

Result<std::int64_t> RightsChange::finish(audit::Work& work) const {
    if (!holds_) {
        return version_;  // whoever goes on from them would seal what somebody else did
    }
    TRY(store(work, version_ + 1));
    return version_ + 1;
}

Result<void> seal_rights(audit::Work& work) {
    return store(work, 1);
}

Result<bool> check_rights(db::Transaction& tx, const crypto::KeyRing& keys) {
    db::Rows rows = TRY(tx.query(sql::rights::list_after, 0));
    return TRY(rows.next()) && Rights::of(rows).holds(keys);
}

Result<void> reseal_rights(db::Transaction& tx, audit::Resealing& some) {
    struct Sealed {
        std::array<std::optional<Bytes>, 0> blobs;
        Bytes row_seal;
    };
    db::Rows rows = TRY(tx.query(sql::rights::list_after, some.reached()));
    while (TRY(some.next(rows))) {
        const Rights r = Rights::of(rows);
        some.row({r.id, r.version}, std::array<std::optional<ByteView>, 0>{}, r.seal.value_or(ByteView{}),
                 [&]() -> Result<Sealed> {
                     if (!r.holds(some.keys())) {
                         return Error{Code::Corrupt, "permissions are not as they were sealed"};
                     }
                     return Sealed{{}, r.sealed_as(r.version, some.keys())};
                 });
    }
    return {};
}

}  // namespace tenantry::access
