#include "register/occupancy.hpp"

#include "register/property.hpp"
#include "register/sql.hpp"

namespace tenantry::housing {

Result<void> move_occupancy(audit::Work& work, Id<Person> person, std::optional<Id<Property>> to) {
    TRY(work.tx().execute(sql::occupancy::end_current, person, work.now()));
    if (to) {
        TRY(work.tx().execute(sql::occupancy::begin, person, *to, work.now()));
    }
    return {};
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

}  // namespace tenantry::housing
