#include "register/occupancy.hpp"

#include <tuple>

#include "register/property.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

namespace {

constexpr Literal kTable = "occupancy";

/// A row as its seal covers it. Its number is not known before it is stored; the place among the person's is,
/// and a row that is taken away moves all later ones up.
struct Stay {
    Id<Person> person;
    Id<Property> property;
    Instant from;
    std::optional<Instant> to;
    std::int64_t place = 0;  ///< how many the person had before

    [[nodiscard]] RowFacts facts() const {
        RowFacts facts;
        facts.add(person.value)
            .add(property.value)
            .add(to_millis(from))
            .add(to ? std::optional{to_millis(*to)} : std::nullopt)
            .add(place);
        return facts;
    }
};

Result<void> begin(audit::Work& work, const Stay& stay) {
    TRY(work.tx().send(sql::occupancy::begin, stay.person, stay.property, stay.from,
                       seal_facts(work.keys(), kTable, stay.facts())));
    return {};
}

}  // namespace

const SealedTable kOccupancyRows{
    kTable, sql::occupancy::list_rows, sql::occupancy::set_seal, [](const db::Rows& rows) {
        std::int64_t id = 0;
        Stay stay;
        std::optional<ByteView> seal;
        rows.into(id, stay.person, stay.property, stay.from, stay.to, seal, stay.place);
        return FactRow{id, stay.facts(), seal};
    }};

Result<void> begin_first_occupancy(audit::Work& work, Id<Person> person, Id<Property> at) {
    return begin(work, {person, at, work.now(), std::nullopt, 0});
}

Result<void> move_occupancy(audit::Work& work, Id<Person> person, std::optional<Id<Property>> to) {
    std::int64_t had = 0;
    std::optional<std::int64_t> current;
    Stay stay{person, {}, {}, std::nullopt, 0};
    Bytes seal;
    TRY(work.tx().find(sql::occupancy::find_current, std::tie(had, current, stay.property, stay.from, seal),
                       person));
    stay.place = had - 1;  // nobody begins another while one goes on
    if (current) {
        // What was changed behind the program's back must not get a new seal.
        TRY(check_facts(work.keys(), kTable, {*current, stay.facts(), ByteView{seal}}));
        stay.to = work.now();
        TRY(work.tx().execute(sql::occupancy::end, *current, *stay.to,
                              seal_facts(work.keys(), kTable, stay.facts())));
    }
    return to ? begin(work, {person, *to, work.now(), std::nullopt, had}) : Result<void>{};
}

Result<std::vector<Occupancy>> list_occupancies(db::Transaction& tx, Id<Person> person) {
    std::vector<Occupancy> all;
    db::Rows rows = TRY(tx.query(sql::occupancy::list_of_person, person));
    while (TRY(rows.next())) {
        Occupancy& one = all.emplace_back();
        Property home;
        rows.into(one.property, one.from, one.to, home.address_line_1, home.address_line_2,
                  home.address_line_3, home.city, home.postcode);
        one.full_address = home.full_address();
    }
    return all;
}

Result<std::vector<Id<Person>>> list_occupants_at(db::Transaction& tx, Id<Property> property, Instant at) {
    std::vector<Id<Person>> people;
    db::Rows rows = TRY(tx.query(sql::occupancy::list_of_property_at, property, at));
    while (TRY(rows.next())) {
        rows.into(people.emplace_back());
    }
    return people;
}

Result<void> check_homes(db::Transaction& tx, CheckReport& report) {
    db::Rows rows = TRY(tx.query(sql::occupancy::list_misplaced));
    while (TRY(rows.next())) {
        std::int64_t person = 0;
        rows.into(person);
        report.add("person", person, "occupancy");
    }
    return {};
}

}  // namespace tenantry::housing
