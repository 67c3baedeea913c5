// Jobs as people see them: with the names that their numbers stand for, and what a caller may choose from. A
// page takes the same few statements whatever its length.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "register/code_list.hpp"
#include "register/job.hpp"

namespace tenantry::housing {

struct NamedJob {
    Job job;
    std::optional<std::int64_t> status_id;  ///< nothing where the landlord's list has no such status any more
    std::optional<std::string> priority_name;
    std::optional<std::string> type_name;
    std::optional<std::string> agent_name;  ///< nothing where the account is gone or damaged
    std::optional<std::string> contractor_name;
    std::optional<std::string> full_address;
};

struct JobFilter {
    std::string search;  ///< letters of the reference, the title, or an order's, invoice's or quote's number
    std::optional<std::int64_t> status = std::nullopt;
    std::optional<std::int64_t> priority = std::nullopt;
    std::optional<std::int64_t> agent = std::nullopt;
    std::optional<std::int64_t> contractor = std::nullopt;
    std::optional<std::int64_t> created_by = std::nullopt;
    Paging paging = {};
};

struct JobPage {
    std::vector<NamedJob> jobs;
    std::int64_t total = 0;
    bool total_is_exact = true;
};

/// Jobs that match every filter, pinned ones first, then the newest first. Damaged ones are left out, and
/// that is journaled. One reading of everybody whom these jobs are for.
[[nodiscard]] Result<JobPage> list_jobs(audit::Work& work, const JobFilter& filter);

/// The jobs that are for a person, the newest first; otherwise as above.
[[nodiscard]] Result<JobPage> list_jobs_of_person(audit::Work& work, Id<Person> person, Paging paging);

struct FoundJob {
    NamedJob named;
    std::vector<Id<Person>> people;
};
/// NotFound where there is none; Corrupt where it is damaged. A reading of everybody whom it is for.
[[nodiscard]] Result<FoundJob> find_job(audit::Work& work, const Uuid& uuid);

/// The job with its names, for whoever has just written it: no reading.
[[nodiscard]] Result<NamedJob> name_job(db::Transaction& tx, const crypto::KeyRing& keys, Job job);

/// The word of a status that a caller chose by number. Invalid, naming status_id: the list has none.
[[nodiscard]] Result<std::string> status_of(db::Transaction& tx, std::int64_t status_id);
/// Whether a caller may make `before` into `after` (an empty Job into a new one). Invalid, naming the
/// parameter: a list has no such number, there is no such active agent or contractor, or the works end before
/// they start. NotFound: no such address.
[[nodiscard]] Result<void> check_choices(db::Transaction& tx, const crypto::KeyRing& keys, const Job& before,
                                         const Job& after);

/// Accounts that recorded a job, in order of number.
[[nodiscard]] Result<std::vector<std::int64_t>> list_job_creators(db::Transaction& tx);

}  // namespace tenantry::housing
