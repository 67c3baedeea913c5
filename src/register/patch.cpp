#include "register/patch.hpp"

#include <algorithm>
#include <tuple>

#include "crypto/random.hpp"
#include "register/officer.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Error kNoPatch{Code::NotFound, "No such patch"};
constexpr Literal kTable = "patch";

/// What the row seal covers: every column.
RowFacts facts_of(const Patch& p) {
    RowFacts facts;
    facts.add(p.id.value)
        .add(p.uuid)
        .add(p.version)
        .add(p.name)
        .add(p.area.value)
        .add(number_of(p.manager_area))
        .add(number_of(p.officer))
        .add(std::int64_t{p.active})
        .add(number_of(p.updated_by))
        .add(to_millis(p.created_at))
        .add(to_millis(p.updated_at));
    return facts;
}

FactRow read_into(const db::Rows& rows, Patch& p) {
    std::optional<ByteView> seal;
    rows.into(p.id, p.uuid, p.version, p.name, p.area, p.manager_area, p.officer, p.active, p.updated_by,
              p.created_at, p.updated_at, seal);
    return {p.id.value, facts_of(p), seal};
}

Result<Patch> store(audit::Work& work, Patch patch, Literal action) {
    ++patch.version;
    patch.updated_at = work.now();
    const auto rows =
        TRY(work.tx().execute(sql::patch::update, patch.id, patch.version, patch.name, patch.area,
                              patch.manager_area, patch.officer, patch.active, patch.updated_by,
                              patch.updated_at, seal_facts(work.keys(), kTable, facts_of(patch))));
    if (rows != 1) {
        return kStaleEdit;
    }
    TRY(work.changed({.action = action, .resource = patch.id.value, .version = patch.version}));
    return patch;
}

}  // namespace

const SealedTable kPatchRows{kTable, sql::patch::list_rows, sql::patch::set_seal, [](const db::Rows& rows) {
                                 Patch patch;
                                 return read_into(rows, patch);
                             }};

Result<Patch> find_patch(db::Transaction& tx, const crypto::KeyRing& keys, const Uuid& uuid) {
    db::Rows rows = TRY(tx.query(sql::patch::find_by_uuid, uuid));
    if (!TRY(rows.next())) {
        return kNoPatch;
    }
    Patch patch;
    TRY(check_facts(keys, kTable, read_into(rows, patch)));
    return patch;
}

Result<Id<Patch>> find_patch_id(db::Transaction& tx, const Uuid& uuid) {
    Id<Patch> id;
    const auto found = tx.find(sql::patch::find_id, std::tie(id), uuid);
    if (!found.ok()) {
        return found.error().code == Code::NotFound ? kNoPatch : found.error();
    }
    return id;
}

Result<Patch> create_patch(audit::Work& work, Patch patch) {
    patch.id.value = TRY(next_id(work.tx(), "patch"));
    if (patch.uuid == Uuid{}) {
        patch.uuid = crypto::new_uuid();
    }
    patch.version = 1;
    patch.created_at = patch.updated_at = work.now();
    TRY(work.tx().execute(sql::patch::insert, patch.id, patch.uuid, patch.version, patch.name, patch.area,
                          patch.manager_area, patch.officer, patch.active, patch.updated_by, patch.created_at,
                          seal_facts(work.keys(), kTable, facts_of(patch))));
    TRY(work.changed({.action = "patch.created", .resource = patch.id.value, .version = patch.version}));
    return patch;
}

Result<Patch> update_patch(audit::Work& work, Patch patch) {
    return store(work, std::move(patch), "patch.updated");
}

Result<Patch> assign_patch(audit::Work& work, const Uuid& uuid, const Uuid& officer,
                           std::optional<Uuid> assigned_by) {
    Patch patch = TRY(find_patch(work.tx(), work.keys(), uuid));
    patch.officer = TRY(find_officer_id(work.tx(), officer));
    patch.updated_by =
        assigned_by ? std::optional{TRY(find_officer_id(work.tx(), *assigned_by))} : std::nullopt;
    return store(work, std::move(patch), "patch.assigned");
}

Result<Patch> vacate_patch(audit::Work& work, const Uuid& uuid) {
    Patch patch = TRY(find_patch(work.tx(), work.keys(), uuid));
    patch.officer.reset();
    return store(work, std::move(patch), "patch.vacated");
}

Result<PatchOfHome> find_patch_of_home(db::Transaction& tx, std::int64_t uprn, std::string_view postcode) {
    db::Rows rows = TRY(tx.query(sql::patch::find_of_home, uprn, postcode));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such address"};
    }
    PatchOfHome home;
    rows.into(home.uprn, home.property_reference, home.postcode, home.ward_id, home.ward_name, home.area,
              home.area_name, home.manager_area, home.manager, home.patch, home.officer, home.officer_uuid);
    return home;
}

Result<std::vector<Team>> list_teams(db::Transaction& tx, Id<Area> area) {
    std::vector<Team> teams;
    db::Rows rows = TRY(tx.query(sql::patch::list_of_area, area));
    while (TRY(rows.next())) {
        Team team;
        Team::Member member;
        rows.into(team.id, team.manager_area, team.name, team.manager, team.manager_uuid, member.patch,
                  member.patch_name, member.officer, member.officer_uuid);
        auto known = std::find_if(teams.begin(), teams.end(),
                                  [&team](const Team& other) { return other.id == team.id; });
        if (known == teams.end()) {
            known = teams.insert(teams.end(), std::move(team));
        }
        known->members.push_back(std::move(member));
    }
    return teams;
}

}  // namespace tenantry::housing
