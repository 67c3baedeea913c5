#include "register/workload.hpp"

#include <algorithm>
#include <tuple>

#include "register/patch.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

using Numbers = std::vector<std::int64_t>;

/// The counts of these patches in one statement, in the order of the numbers.
Result<std::vector<PatchWorkload>> count_patches(db::Transaction& tx, const Numbers& numbers) {
    std::vector<PatchWorkload> patches;
    if (numbers.empty()) {
        return patches;
    }
    db::Rows rows = TRY(tx.query(sql::workload::count, PageOfIds{numbers}.json()));
    while (TRY(rows.next())) {
        PatchWorkload& p = patches.emplace_back();
        rows.into(p.id, p.uuid, p.version, p.name, p.officer, p.officer_uuid, p.work.homes, p.work.tenancies,
                  p.work.alerts, p.work.open, p.work.call_backs, p.work.oldest);
    }
    const auto place_of = [&](const PatchWorkload& patch) {
        return std::find(numbers.begin(), numbers.end(), patch.id.value) - numbers.begin();
    };
    std::sort(patches.begin(), patches.end(),
              [&](const PatchWorkload& a, const PatchWorkload& b) { return place_of(a) < place_of(b); });
    return patches;
}

Result<std::vector<PatchEntry>> read_patches(Result<db::Rows> found) {
    std::vector<PatchEntry> patches;
    db::Rows rows = TRY(std::move(found));
    while (TRY(rows.next())) {
        PatchEntry& p = patches.emplace_back();
        rows.into(p.id, p.uuid, p.version, p.name, p.officer, p.officer_uuid);
    }
    return patches;
}

template <class Iterator>
Numbers numbers_of(Iterator first, Iterator end) {
    Numbers numbers;
    for (; first != end; ++first) {
        numbers.push_back(first->id.value);
    }
    return numbers;
}

/// What lies with the managers of these areas, as a list.
Result<Workload> count_with_managers(db::Transaction& tx, const std::string& areas) {
    Workload work;
    TRY(tx.find(sql::workload::count_with_manager, std::tie(work.open, work.call_backs, work.oldest), areas));
    return work;
}

ManagedArea read_area(const db::Rows& rows) {
    ManagedArea area;
    rows.into(area.id, area.uuid, area.version, area.name, area.area_name, area.officer, area.officer_uuid,
              area.patches);
    return area;
}

}  // namespace

Workload& Workload::operator+=(const Workload& more) {
    homes += more.homes;
    tenancies += more.tenancies;
    alerts += more.alerts;
    open += more.open;
    call_backs += more.call_backs;
    if (more.oldest && (!oldest || *more.oldest < *oldest)) {
        oldest = more.oldest;
    }
    return *this;
}

Workload& Workload::operator-=(const Workload& less) {
    homes -= less.homes;
    tenancies -= less.tenancies;
    alerts -= less.alerts;
    open -= less.open;
    call_backs -= less.call_backs;
    return *this;
}

Workload sum_of(const std::vector<PatchWorkload>& patches) {
    Workload sum;
    for (const auto& patch : patches) {
        sum += patch.work;
    }
    return sum;
}

Result<std::vector<PatchEntry>> list_patches(db::Transaction& tx, Id<ManagerArea> area) {
    return read_patches(tx.query(sql::workload::list_patches, PageOfIds{{area.value}}.json()));
}

Result<PatchWorkloads> list_patch_workloads(db::Transaction& tx, Id<ManagerArea> area, Paging paging) {
    const auto all = TRY(list_patches(tx, area));
    PatchWorkloads page;
    page.total = static_cast<std::int64_t>(all.size());
    const auto first = std::min(paging.offset, page.total);
    const auto end = first + std::min(paging.limit, page.total - first);
    page.patches = TRY(count_patches(tx, numbers_of(all.begin() + first, all.begin() + end)));
    return page;
}

Result<std::vector<PatchWorkload>> list_patches_held(db::Transaction& tx, Id<Officer> officer) {
    const auto held = TRY(read_patches(tx.query(sql::workload::list_patches_held, officer)));
    return count_patches(tx, numbers_of(held.begin(), held.end()));
}

Result<PatchWorkload> find_patch_workload(db::Transaction& tx, const Uuid& patch) {
    auto found = TRY(count_patches(tx, {TRY(find_patch_id(tx, patch)).value}));
    VERIFY(found.size() == 1);
    return std::move(found.front());
}

Result<std::vector<ManagedArea>> list_managed_areas(db::Transaction& tx) {
    std::vector<ManagedArea> areas;
    db::Rows rows = TRY(tx.query(sql::workload::list_manager_areas));
    while (TRY(rows.next())) {
        areas.push_back(read_area(rows));
    }
    return areas;
}

Result<ManagedArea> find_managed_area(db::Transaction& tx, const Uuid& area) {
    db::Rows rows = TRY(tx.query(sql::workload::find_manager_area, area));
    if (!TRY(rows.next())) {
        return Error{Code::NotFound, "No such manager area"};
    }
    return read_area(rows);
}

Result<Workload> count_with_manager(db::Transaction& tx, Id<ManagerArea> area) {
    return count_with_managers(tx, PageOfIds{{area.value}}.json());
}

Result<Workload> count_managed_areas(db::Transaction& tx, const std::vector<Id<ManagerArea>>& areas) {
    PageOfIds numbers;
    for (const auto area : areas) {
        numbers.ids.push_back(area.value);
    }
    const std::string list = numbers.json();
    Workload work = TRY(count_with_managers(tx, list));
    const auto patches = TRY(read_patches(tx.query(sql::workload::list_patches, list)));
    work += sum_of(TRY(count_patches(tx, numbers_of(patches.begin(), patches.end()))));
    return work;
}

Result<std::vector<Id<ManagerArea>>> list_managed_areas_held(db::Transaction& tx, Id<Officer> officer) {
    std::vector<Id<ManagerArea>> areas;
    db::Rows rows = TRY(tx.query(sql::workload::list_manager_areas_held, officer));
    while (TRY(rows.next())) {
        rows.into(areas.emplace_back());
    }
    return areas;
}

}  // namespace tenantry::housing
