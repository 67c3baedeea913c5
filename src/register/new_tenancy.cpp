#include "register/new_tenancy.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <unordered_map>

#include "register/officer.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr std::string_view kWatermark = "new_tenancies";
constexpr std::chrono::hours kFirstTime{24};

Result<Instant> last_asked(audit::Work& work) {
    Instant at;
    const auto found = work.tx().find(sql::watermark::find, std::tie(at), kWatermark);
    if (!found.ok() && found.error().code != Code::NotFound) {
        return found.error();
    }
    return found.ok() ? at : work.now() - kFirstTime;
}

using Homes = std::unordered_map<Id<Property>, Property>;
using Patches = std::unordered_map<Id<Property>, HomePatch>;

/// Where a person of the tenancy is met.
std::optional<Id<Property>> home_of(const Tenancy& tenancy, const Tenant& tenant) {
    return tenant.home ? std::optional{tenant.home->id} : tenancy.property;
}

/// The homes of the tenancies and of their people.
Result<Homes> find_homes(audit::Work& work, const std::vector<RentAccount>& accounts) {
    Homes homes;
    std::vector<std::int64_t> ids;
    for (const auto& [tenancy, tenants] : accounts) {
        if (tenancy.property) {
            ids.push_back(tenancy.property->value);
        }
        for (const auto& tenant : tenants) {
            if (tenant.home) {
                homes.emplace(tenant.home->id, *tenant.home);
            }
        }
    }
    for (auto& home : TRY(find_properties(work.tx(), std::move(ids)))) {
        homes.emplace(home.id, std::move(home));
    }
    return homes;
}

Result<Patches> find_patches(audit::Work& work, const Homes& homes) {
    Patches patches;
    if (homes.empty()) {
        return patches;
    }
    PageOfIds ids;
    for (const auto& [id, home] : homes) {
        ids.ids.push_back(id.value);
    }
    std::set<Id<Officer>> officers;
    {
        db::Rows rows = TRY(work.tx().query(sql::patch::list_of_homes, ids.json()));
        while (TRY(rows.next())) {
            Id<Property> home;
            HomePatch patch;
            rows.into(home, patch.patch, patch.area, patch.manager_area, patch.officer, patch.officer_uuid);
            if (patch.officer) {
                officers.insert(*patch.officer);
            }
            patches.emplace(home, patch);
        }
    }
    const auto names = TRY(name_officers(work, officers));
    for (auto& [home, patch] : patches) {
        const auto name = patch.officer ? names.find(*patch.officer) : names.end();
        if (name != names.end()) {
            patch.officer_name = name->second;
        }
    }
    return patches;
}

/// One entry for each home, the tenancy's own where it has no people.
std::vector<NewTenancy> part_by_home(RentAccount account, const Homes& homes, const Patches& patches) {
    std::vector<NewTenancy> entries;
    const auto entry_at = [&](std::optional<Id<Property>> id) -> NewTenancy& {
        const auto known = std::find_if(entries.begin(), entries.end(), [&](const NewTenancy& entry) {
            return (entry.home ? std::optional{entry.home->id} : std::nullopt) == id;
        });
        if (known != entries.end()) {
            return *known;
        }
        NewTenancy& entry = entries.emplace_back();
        entry.tenancy = account.tenancy;
        if (id) {
            entry.home = homes.at(*id);
            const auto patch = patches.find(*id);
            entry.patch = patch == patches.end() ? std::nullopt : std::optional{patch->second};
        }
        return entry;
    };
    for (Tenant& tenant : account.tenants) {
        auto& people = entry_at(home_of(account.tenancy, tenant)).people;
        const auto place = tenant.person.responsible ? people.begin() : people.end();
        people.insert(place, std::move(tenant.person));
    }
    if (entries.empty()) {
        entry_at(account.tenancy.property);
    }
    return entries;
}

}  // namespace

Result<std::vector<NewTenancy>> take_new_tenancies(audit::Work& work) {
    const Instant last = TRY(last_asked(work));
    auto accounts = TRY(list_accounts_created(work.tx(), work.keys(), last, work.now()));
    TRY(add_tenants(work, accounts));
    const auto homes = TRY(find_homes(work, accounts));
    const auto patches = TRY(find_patches(work, homes));
    std::vector<NewTenancy> entries;
    for (RentAccount& account : accounts) {
        auto parts = part_by_home(std::move(account), homes, patches);
        std::move(parts.begin(), parts.end(), std::back_inserter(entries));
    }
    TRY(work.tx().execute(sql::watermark::move, kWatermark, work.now()));
    TRY(work.changed({.action = "tenancy.new_taken"}));
    return entries;
}

}  // namespace tenantry::housing
