#include "register/uuids.hpp"

#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

Result<Uuids> read_uuids(db::Rows rows) {
    Uuids uuids;
    while (TRY(rows.next())) {
        std::int64_t id = 0;
        Uuid uuid;
        rows.into(id, uuid);
        uuids.emplace(id, uuid);
    }
    return uuids;
}

}  // namespace

Result<Uuids> find_person_uuids(db::Transaction& tx, const PageOfIds& people) {
    return read_uuids(TRY(tx.query(sql::person::list_uuids, people.json())));
}

Result<Uuids> find_tenancy_uuids(db::Transaction& tx, const PageOfIds& tenancies) {
    return read_uuids(TRY(tx.query(sql::tenancy::list_uuids, tenancies.json())));
}

}  // namespace tenantry::housing
