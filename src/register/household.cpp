#include "register/household.hpp"

#include <tuple>

#include "crypto/random.hpp"
#include "register/person_columns.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Literal kTable = "household";

struct Row {
    Id<Household> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::optional<std::string> tag_reference;
    Instant created_at;

    /// What the row seal covers: every column.
    [[nodiscard]] RowFacts facts() const {
        return RowFacts{}.add(id.value).add(uuid).add(version).add(tag_reference).add(to_millis(created_at));
    }
};

FactRow read_into(const db::Rows& rows, Row& row) {
    std::optional<ByteView> seal;
    rows.into(row.id, row.uuid, row.version, row.tag_reference, row.created_at, seal);
    return {row.id.value, row.facts(), seal};
}

Result<std::optional<Id<Household>>> find_household(db::Transaction& tx, const Uuid& uuid) {
    Id<Household> id;
    const auto found = tx.find(sql::household::find_by_uuid, std::tie(id), uuid);
    if (!found.ok() && found.error().code != Code::NotFound) {
        return found.error();
    }
    return found.ok() ? std::optional{id} : std::nullopt;
}

/// Corrupt where it is not as it was sealed and that matters: it is to be changed.
Result<std::optional<Row>> find_household(audit::Work& work, const std::string& tag_reference,
                                          bool to_change) {
    db::Rows rows = TRY(work.tx().query(sql::household::find_by_tag, tag_reference));
    if (!TRY(rows.next())) {
        return std::optional<Row>{};
    }
    Row row;
    const FactRow facts = read_into(rows, row);
    if (to_change) {
        TRY(check_facts(work.keys(), kTable, facts));
    }
    return std::optional{std::move(row)};
}

Result<Id<Household>> create_household(audit::Work& work, const std::string& tag_reference,
                                       const Uuid& uuid) {
    const Row row{{TRY(next_id(work.tx(), "household"))}, uuid, 1, tag_reference, work.now()};
    TRY(work.tx().execute(sql::household::insert, row.id, row.uuid, row.version, row.tag_reference,
                          row.created_at, seal_facts(work.keys(), kTable, row.facts())));
    TRY(work.changed({.action = "household.created", .resource = row.id.value, .version = row.version}));
    return row.id;
}

}  // namespace

const SealedTable kHouseholdRows{kTable, sql::household::list_rows, sql::household::set_seal,
                                 [](const db::Rows& rows) {
                                     Row row;
                                     return read_into(rows, row);
                                 }};

Result<Id<Household>> ensure_household(audit::Work& work, const std::string& tag_reference) {
    const auto known = TRY(find_household(work, tag_reference, false));
    return known ? known->id : create_household(work, tag_reference, crypto::new_uuid());
}

Result<Id<Household>> ensure_household(audit::Work& work, const std::string& tag_reference,
                                       const Uuid& uuid) {
    if (const auto known = TRY(find_household(work.tx(), uuid))) {
        return *known;
    }
    auto of_tag = TRY(find_household(work, tag_reference, true));
    if (!of_tag) {
        return create_household(work, tag_reference, uuid);
    }
    of_tag->uuid = uuid;
    ++of_tag->version;
    TRY(work.tx().execute(sql::household::identify, of_tag->id, of_tag->uuid, of_tag->version,
                          seal_facts(work.keys(), kTable, of_tag->facts())));
    TRY(work.changed(
        {.action = "household.updated", .resource = of_tag->id.value, .version = of_tag->version}));
    return of_tag->id;
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
    TRY(journal_people(work, members));
    return members;
}

}  // namespace tenantry::housing
