// A repair or other job at a property, for people who live there. The description is sealed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/check.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct Person;
struct Property;

struct Job {
    Id<Job> id;
    Uuid uuid;
    std::int64_t version = 0;
    std::string reference;
    std::string title;
    std::string description;
    std::string status;
    std::optional<Id<Property>> property;
    Instant created_at;
    Instant updated_at;
};

/// Stores a new job with the people that it is for; id and version are given.
[[nodiscard]] Result<Job> create_job(audit::Work& work, Job job, const std::vector<Id<Person>>& people);
/// Stores the job as it is now over the version that it was read as, and exactly these people. Conflict:
/// changed meanwhile.
[[nodiscard]] Result<Job> update_job(audit::Work& work, Job job, const std::vector<Id<Person>>& people);
/// NotFound where there is none; Corrupt where the description or the row's seal does not hold.
[[nodiscard]] Result<Job> find_job(audit::Work& work, const Uuid& uuid);
/// Jobs whose reference or title holds the text, the newest first. Rows that are damaged are left out.
[[nodiscard]] Result<std::vector<Job>> search_jobs(audit::Work& work, std::string_view text,
                                                   std::int64_t limit);

/// Jobs linked to the person that are not Complete, Closed or Archived.
[[nodiscard]] Result<std::int64_t> count_active_jobs(db::Transaction& tx, Id<Person> person);

/// Opens every job and tells the report.
[[nodiscard]] Result<void> check_jobs(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_jobs(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
