// The person page: who this is, what officers are warned of, how to reach them, where they live; on pages
// beside it their interactions, jobs and consents, and who has looked at their record.
#pragma once

#include "web/page.hpp"

namespace tenantry::web {

/// GET /people/{person}
[[nodiscard]] Result<http::Response> read_person(Call& call);
/// GET /people/{person}/interactions
[[nodiscard]] Result<http::Response> read_person_interactions(Call& call);
/// GET /people/{person}/jobs
[[nodiscard]] Result<http::Response> read_person_jobs(Call& call);
/// GET /people/{person}/activity
[[nodiscard]] Result<http::Response> read_person_activity(Call& call);

}  // namespace tenantry::web
