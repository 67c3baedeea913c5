#include "register/manager_area.hpp"

#include "crypto/random.hpp"
#include "register/officer.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Literal kTable = "manager_area";

/// What the row seal covers: every column.
RowFacts facts_of(const ManagerArea& a) {
    RowFacts facts;
    facts.add(a.id.value)
        .add(a.uuid)
        .add(a.version)
        .add(a.name)
        .add(a.area.value)
        .add(number_of(a.officer))
        .add(std::int64_t{a.active})
        .add(number_of(a.updated_by))
        .add(to_millis(a.created_at))
        .add(to_millis(a.updated_at));
    return facts;
}

FactRow read_into(const db::Rows& rows, ManagerArea& a) {
    std::optional<ByteView> seal;
    rows.into(a.id, a.uuid, a.version, a.name, a.area, a.officer, a.active, a.updated_by, a.created_at,
              a.updated_at, seal);
    return {a.id.value, facts_of(a), seal};
}

Result<ManagerArea> store(audit::Work& work, ManagerArea area, Literal action) {
    ++area.version;
    area.updated_at = work.now();
    const auto rows = TRY(work.tx().execute(
        sql::manager_area::update, area.id, area.version, area.name, area.area, area.officer, area.active,
        area.updated_by, area.updated_at, seal_facts(work.keys(), kTable, facts_of(area))));
    if (rows != 1) {
        return kStaleEdit;
    }
    TRY(work.changed({.action = action, .resource = area.id.value, .version = area.version}));
    return area;
}

}  // namespace

const SealedTable kManagerAreaRows{kTable, sql::manager_area::list_rows, sql::manager_area::set_seal,
                                   [](const db::Rows& rows) {
                                       ManagerArea area;
                                       return read_into(rows, area);
                                   }};

Result<ManagerArea> find_manager_area(db::Transaction& tx, const crypto::KeyRing& keys, const Uuid& uuid) {
    db::Rows rows = TRY(tx.query(sql::manager_area::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such manager area"};
    }
    ManagerArea area;
    TRY(check_facts(keys, kTable, read_into(rows, area)));
    return area;
}

Result<ManagerArea> create_manager_area(audit::Work& work, ManagerArea area) {
    area.id.value = TRY(next_id(work.tx(), "manager_area"));
    if (area.uuid == Uuid{}) {
        area.uuid = crypto::new_uuid();
    }
    area.version = 1;
    area.created_at = area.updated_at = work.now();
    TRY(work.tx().execute(sql::manager_area::insert, area.id, area.uuid, area.version, area.name, area.area,
                          area.officer, area.active, area.updated_by, area.created_at,
                          seal_facts(work.keys(), kTable, facts_of(area))));
    TRY(work.changed({.action = "manager_area.created", .resource = area.id.value, .version = area.version}));
    return area;
}

Result<ManagerArea> update_manager_area(audit::Work& work, ManagerArea area) {
    return store(work, std::move(area), "manager_area.updated");
}

Result<ManagerArea> assign_manager_area(audit::Work& work, const Uuid& uuid, const Uuid& officer,
                                        std::optional<Uuid> assigned_by) {
    ManagerArea area = TRY(find_manager_area(work.tx(), work.keys(), uuid));
    area.officer = TRY(find_officer_id(work.tx(), officer));
    area.updated_by =
        assigned_by ? std::optional{TRY(find_officer_id(work.tx(), *assigned_by))} : std::nullopt;
    return store(work, std::move(area), "manager_area.assigned");
}

Result<ManagerArea> vacate_manager_area(audit::Work& work, const Uuid& uuid) {
    ManagerArea area = TRY(find_manager_area(work.tx(), work.keys(), uuid));
    area.officer.reset();
    return store(work, std::move(area), "manager_area.vacated");
}

}  // namespace tenantry::housing
