#include "register/household.hpp"

#include <tuple>

#include "crypto/random.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

Result<Id<Household>> ensure_household(audit::Work& work, const std::string& tag_reference) {
    Id<Household> id;
    const auto found = work.tx().find(sql::household::find_by_tag, std::tie(id), tag_reference);
    if (found.ok()) {
        return id;
    }
    if (found.error().code != Code::NotFound) {
        return found.error();
    }
    id.value = TRY(next_id(work.tx(), "household"));
    TRY(work.tx().execute(sql::household::insert, id, crypto::new_uuid(), tag_reference, work.now()));
    TRY(work.changed({.action = "household.created", .resource = id.value}));
    return id;
}

Result<std::vector<Id<Person>>> list_household_members(db::Transaction& tx, Id<Household> household) {
    std::vector<Id<Person>> members;
    db::Rows rows = TRY(tx.query(sql::household::list_members, household));
    while (TRY(rows.next())) {
        rows.into(members.emplace_back());
    }
    return members;
}

}  // namespace tenantry::housing
