#include "web/desk_holding.hpp"

#include <algorithm>

#include "web/format.hpp"

namespace tenantry::web {

namespace {

using housing::Officer;

/// How many are listed with what they have; the others are in a select.
constexpr std::size_t kNearMost = 50;

Result<std::optional<Officer>> holder_of(Call& call, std::optional<Id<Officer>> officer) {
    if (!officer) {
        return std::optional<Officer>{};
    }
    auto found = TRY(housing::find_officers(call.work, {*officer}));
    if (found.empty()) {
        return Error{Code::Corrupt, "The officer's record is damaged"};
    }
    return std::optional{std::move(found.front())};
}

Result<HoldingPage> find_patch_holding(Call& call, const Uuid& uuid) {
    const auto patch = TRY(housing::find_patch(call.work.tx(), call.work.keys(), uuid));
    HoldingPage holding{.kind = HoldingKind::Patch,
                        .uuid = uuid,
                        .version = patch.version,
                        .name = patch.name,
                        .holder = {},
                        .area = patch.manager_area};
    holding.holder = TRY(holder_of(call, patch.officer));
    return holding;
}

Result<HoldingPage> find_area_holding(Call& call, const Uuid& uuid) {
    const auto area = TRY(housing::find_managed_area(call.work.tx(), uuid));
    HoldingPage holding{.kind = HoldingKind::ManagerArea,
                        .uuid = uuid,
                        .version = area.version,
                        .name = area.name,
                        .holder = {},
                        .area = area.id};
    holding.holder = TRY(holder_of(call, area.officer));
    return holding;
}

/// What an officer holds, in words; empty for nothing.
struct HeldNow {
    std::string text;
    bool near = false;
};

/// What officers hold in the area: their patches' names and their work.
std::map<Id<Officer>, HeldNow> hold_now(const std::vector<housing::PatchWorkload>& patches) {
    std::map<Id<Officer>, housing::Workload> sums;
    std::map<Id<Officer>, HeldNow> held;
    for (const auto& patch : patches) {
        if (patch.officer) {
            auto& one = held[*patch.officer];
            one.near = true;
            one.text += (one.text.empty() ? "" : ", ") + patch.name;
            sums[*patch.officer] += patch.work;
        }
    }
    for (auto& [officer, one] : held) {
        const auto& sum = sums[officer];
        one.text += ": " + say_count(sum.homes, "home", "homes") + ", " +
                    say_count(sum.open, "open interaction", "open interactions");
    }
    return held;
}

std::map<Id<Officer>, HeldNow> manage_now(const std::vector<housing::ManagedArea>& areas) {
    std::map<Id<Officer>, HeldNow> held;
    for (const auto& area : areas) {
        if (area.officer) {
            auto& one = held[*area.officer];
            one.near = true;
            one.text += (one.text.empty() ? "Manages " : ", ") + area.name;
        }
    }
    return held;
}

Result<std::map<Id<Officer>, HeldNow>> held_around(Call& call, const HoldingPage& holding) {
    auto& tx = call.work.tx();
    if (holding.kind == HoldingKind::ManagerArea) {
        return manage_now(TRY(housing::list_managed_areas(tx)));
    }
    if (!holding.area) {
        return std::map<Id<Officer>, HeldNow>{};
    }
    constexpr std::int64_t kMostLookedAt = 50;
    return hold_now(TRY(housing::list_patch_workloads(tx, *holding.area, {kMostLookedAt, 0})).patches);
}

}  // namespace

std::string HoldingPage::path() const {
    return (kind == HoldingKind::Patch ? "/desk/patches/" : "/desk/areas/") + uuid.text();
}

Link HoldingPage::list() const {
    return kind == HoldingKind::Patch ? Link{"/desk/patches", "Patches"}
                                      : Link{"/desk/areas", "Managers’ areas"};
}

Result<HoldingPage> find_holding(Call& call, HoldingKind kind, const Uuid& uuid) {
    return kind == HoldingKind::Patch ? find_patch_holding(call, uuid) : find_area_holding(call, uuid);
}

Result<housing::Workload> moving_work(Call& call, const HoldingPage& holding) {
    auto& tx = call.work.tx();
    if (holding.kind == HoldingKind::Patch) {
        return TRY(housing::find_patch_workload(tx, holding.uuid)).work;
    }
    return housing::count_managed_areas(tx, {*holding.area});
}

Result<housing::Workload> workload_of(Call& call, HoldingKind kind, const Officer& officer) {
    auto& tx = call.work.tx();
    if (kind == HoldingKind::Patch) {
        return housing::sum_of(TRY(housing::list_patches_held(tx, officer.id)));
    }
    return housing::count_managed_areas(tx, TRY(housing::list_managed_areas_held(tx, officer.id)));
}

Result<Candidates> list_candidates(Call& call, const HoldingPage& holding) {
    const auto held = TRY(held_around(call, holding));
    std::set<Id<Officer>> idle;
    for (const auto& officer : TRY(housing::list_unassigned_officers(call.work))) {
        idle.insert(officer.id);
    }
    Candidates candidates;
    for (const auto& officer : TRY(housing::list_active_officers(call.work))) {
        if (holding.holder && officer.id == holding.holder->id) {
            continue;
        }
        const auto around = held.find(officer.id);
        Candidate one{officer.uuid, officer.account.full_name(), "Nothing yet"};
        if (around != held.end()) {
            one.has_now = around->second.text;
        }
        (around != held.end() || idle.count(officer.id) > 0 ? candidates.near : candidates.all)
            .push_back(std::move(one));
    }
    const auto by_name = [](const Candidate& a, const Candidate& b) { return a.name < b.name; };
    std::sort(candidates.near.begin(), candidates.near.end(), by_name);
    while (candidates.near.size() > kNearMost) {
        candidates.all.push_back(std::move(candidates.near.back()));
        candidates.near.pop_back();
    }
    std::sort(candidates.all.begin(), candidates.all.end(), by_name);
    return candidates;
}

}  // namespace tenantry::web
