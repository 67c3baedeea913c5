#include "rights/forgotten_consents.hpp"

#include "rights/sql.hpp"

namespace tenantry::rights {

Result<std::int64_t> count_consents_of(db::Transaction& tx, Id<housing::Person> person) {
    std::int64_t count = 0;
    TRY(tx.find(sql::consent::count_of_person, std::tie(count), person));
    return count;
}

Result<std::int64_t> forget_consents_of(audit::Work& work, const housing::Person& person) {
    const auto count = TRY(count_consents_of(work.tx(), person.id));
    if (count > 0) {
        TRY(work.tx().execute(sql::consent::forget_email, person.id));
        TRY(work.tx().execute(sql::consent::forget_subject, person.uuid));
        TRY(work.changed({.action = "consent.forgotten", .person = person.id.value}));
    }
    return count;
}

}  // namespace tenantry::rights
