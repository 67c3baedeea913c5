// Taking away whose word a consent was. Erasure calls this one until the register has consents as a noun.
#pragma once

#include <cstdint>

#include "audit/work.hpp"
#include "register/person.hpp"

namespace tenantry::rights {

/// How many consents lead to the person alone: under their uuid, or with an e-mail that nobody else has.
[[nodiscard]] Result<std::int64_t> count_consents_of(db::Transaction& tx, Id<housing::Person> person);
/// Takes from them whose they were: uuid, keyed hashes and single choices. Of one under another uuid it takes
/// the e-mail alone. What was said stays. To be called while the register still has the person and their
/// contacts. Answers how many there were.
[[nodiscard]] Result<std::int64_t> forget_consents_of(audit::Work& work, const housing::Person& person);

}  // namespace tenantry::rights
