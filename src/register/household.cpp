#include "register/household.hpp"

#include <tuple>

#include "crypto/random.hpp"
#include "register/person_columns.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

template <class Key>
Result<std::optional<Id<Household>>> find_household(db::Transaction& tx, const db::Sql& sql, const Key& key) {
    Id<Household> id;
    const auto found = tx.find(sql, std::tie(id), key);
    if (found.ok()) {
        return std::optional{id};
    }
    if (found.error().code == Code::NotFound) {
        return std::optional<Id<Household>>{};
    }
    return found.error();
}

Result<Id<Household>> create_household(audit::Work& work, const std::string& tag_reference,
                                       const Uuid& uuid) {
    const Id<Household> id{TRY(next_id(work.tx(), "household"))};
    TRY(work.tx().execute(sql::household::insert, id, uuid, tag_reference, work.now()));
    TRY(work.changed({.action = "household.created", .resource = id.value}));
    return id;
}

}  // namespace

Result<Id<Household>> ensure_household(audit::Work& work, const std::string& tag_reference) {
    const auto known = TRY(find_household(work.tx(), sql::household::find_by_tag, tag_reference));
    return known ? *known : create_household(work, tag_reference, crypto::new_uuid());
}

Result<Id<Household>> ensure_household(audit::Work& work, const std::string& tag_reference,
                                       const Uuid& uuid) {
    if (const auto known = TRY(find_household(work.tx(), sql::household::find_by_uuid, uuid))) {
        return *known;
    }
    const auto of_tag = TRY(find_household(work.tx(), sql::household::find_by_tag, tag_reference));
    if (!of_tag) {
        return create_household(work, tag_reference, uuid);
    }
    TRY(work.tx().execute(sql::household::identify, *of_tag, uuid));
    TRY(work.changed({.action = "household.updated", .resource = of_tag->value}));
    return *of_tag;
}

Result<std::vector<Id<Person>>> list_household_members(db::Transaction& tx, Id<Household> household) {
    std::vector<Id<Person>> members;
    db::Rows rows = TRY(tx.query(sql::household::list_members, household));
    while (TRY(rows.next())) {
        rows.into(members.emplace_back());
    }
    return members;
}

Result<std::vector<Person>> list_household(audit::Work& work, Id<Household> household) {
    std::vector<Person> members;
    {
        db::Rows rows = TRY(work.tx().query(sql::household::list_people, household, kMembersMost));
        while (TRY(rows.next())) {
            members.push_back(read_person(rows, work.keys(), Depth::Contact));
        }
    }
    std::vector<std::int64_t> shown;
    for (const Person& person : members) {
        if (!person.unreadable.empty()) {
            TRY(report_damage(work, person));
        }
        shown.push_back(person.id.value);
    }
    if (!shown.empty()) {
        TRY(work.read({.action = "tenant.listed", .people = std::move(shown)}));
    }
    return members;
}

}  // namespace tenantry::housing
