#include "register/my_patch.hpp"

#include "register/address.hpp"
#include "register/officer.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

Result<std::vector<FreshTenancy>> list_fresh_tenancies(audit::Work& work, Id<Officer> officer, Date since,
                                                       std::int64_t most) {
    std::vector<FreshTenancy> fresh;
    PageOfIds ids;
    {
        db::Rows rows = TRY(work.tx().query(sql::my_patch::list_new_tenancies, officer, since, most));
        while (TRY(rows.next())) {
            FreshTenancy& tenancy = fresh.emplace_back();
            Address home;
            rows.into(tenancy.id, tenancy.uuid, tenancy.tag_reference, tenancy.started, tenancy.home,
                      home.line_1, home.line_2, home.line_3, home.city, home.postcode);
            tenancy.address = join_address(home.line_1, home.line_2, home.line_3, home.city, home.postcode);
            ids.ids.push_back(tenancy.id.value);
        }
    }
    for (auto& person : TRY(list_people_of_tenancies(work, ids))) {
        for (auto& tenancy : fresh) {
            if (person.tenancy == tenancy.id) {
                tenancy.people.push_back(std::move(person));
                break;
            }
        }
    }
    return fresh;
}

Result<FlaggedPage> list_flagged_in_patches(audit::Work& work, Id<Officer> officer, Paging paging) {
    FlaggedPage page;
    std::vector<std::int64_t> ids;
    {
        db::Rows rows =
            TRY(work.tx().query(sql::my_patch::list_flagged, officer, paging.limit + 1, paging.offset));
        while (TRY(rows.next())) {
            rows.into(ids.emplace_back());
        }
    }
    if (static_cast<std::int64_t>(ids.size()) > paging.limit) {
        page.has_more = true;
        ids.pop_back();
    }
    page.people = TRY(read_person_lines(work, ids));
    if (!page.people.empty()) {
        TRY(work.read({.action = "tenant.listed", .people = std::move(ids)}));
    }
    return page;
}

}  // namespace tenantry::housing
