// The job as PropOps shows it (contract section 7.3).
#pragma once

#include "api/route.hpp"
#include "json/writer.hpp"
#include "register/job_list.hpp"

namespace tenantry::api::propops {

/// Exactly the documented keys. There are no files in this register, and so none of a job.
void write_job(json::Writer& w, const housing::NamedJob& named);

/// What stands beside "data" where the answer is one job: whom it is for, and the version that a change may
/// name.
void write_beside_job(json::Writer& w, const housing::Job& job,
                      const std::vector<Id<housing::Person>>& people);

}  // namespace tenantry::api::propops
