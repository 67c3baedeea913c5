// Whom a job is for: its links to people, and the one seal over all of a job's. A job that is made has links
// of version 1; a change of them is an event of its own ("job_links.changed").
#pragma once

#include <vector>

#include "register/job.hpp"
#include "register/row_seals.hpp"

namespace tenantry::housing {

/// How they are sealed, as rows of job_links.
extern const SealedTable kJobLinkRows;

/// Links a new job to these people. Invalid, naming tenants_ids: no such person.
[[nodiscard]] Result<void> link_new_job(audit::Work& work, Id<Job> job,
                                        const std::vector<Id<Person>>& people);
/// From now on the job is for exactly these people. Invalid as above.
[[nodiscard]] Result<void> link_job(audit::Work& work, Id<Job> job, std::vector<Id<Person>> people);
/// The job is no longer for this person, if it was. Links that were not as they were sealed stay so.
[[nodiscard]] Result<void> unlink_job(audit::Work& work, Id<Job> job, Id<Person> person);
/// No job is for this person any more.
[[nodiscard]] Result<void> unlink_jobs_of(audit::Work& work, Id<Person> person);
/// Before the job goes.
[[nodiscard]] Result<void> remove_job_links(audit::Work& work, Id<Job> job);

/// Tells the report of links of jobs that have no seal for them.
[[nodiscard]] Result<void> check_stray_links(db::Transaction& tx, CheckReport& report);

}  // namespace tenantry::housing
