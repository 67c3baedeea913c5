// What is decided about everything that leads to a person before anything is changed. Only erasure.cpp needs
// it.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "db/sql.hpp"
#include "rights/erasure.hpp"

namespace tenantry::rights {

/// A table whose rows go with the person: how they are counted and removed, by its declared link.
struct Satellite {
    std::string_view table;
    GoesWith with;
    std::string count_text;
    std::string remove_text;
    Literal event = "";  ///< of each row that is removed; empty where rows of the table have none
    db::Sql count;
    db::Sql remove;
};

[[nodiscard]] const std::deque<Satellite>& satellites();

enum class Leaves : std::uint8_t { No, Pseudonymised, Whole };

/// What is decided about everything that leads to a person.
struct Decision {
    PersonFacts person;
    Leaves leaves = Leaves::No;
    housing::PageOfIds jobs;  ///< to be removed
    housing::PageOfIds jobs_to_unlink;
    housing::PageOfIds cases;  ///< to be removed
    std::vector<CaseFacts> cases_to_unlink;
    housing::PageOfIds citizens;  ///< to be removed
    std::vector<std::string> citizens_to_unlink;
    std::optional<Id<housing::Tenancy>> tenancy;  ///< to be removed
    bool household = false;                       ///< to be removed
    ErasurePlan plan;
};

/// As it is today. NotFound: no such person.
[[nodiscard]] Result<Decision> decide(audit::Work& work, Id<housing::Person> person);

/// How many consents lead to the person alone: under their uuid, or with an e-mail that nobody else has.
[[nodiscard]] Result<std::int64_t> count_consents_of(db::Transaction& tx, Id<housing::Person> person);

}  // namespace tenantry::rights
