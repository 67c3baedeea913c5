// A repair or other job at a property, for people who live there. The description, how to get in and whom to
// ask are sealed. Reading a job is a reading of the people that it is for; so is a change of it a change of
// theirs.
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
    std::optional<std::int64_t> priority;      ///< a code of the list job_priority
    std::optional<std::int64_t> type;          ///< a code of the list job_type
    std::optional<std::int64_t> agent;         ///< the account that looks after it
    std::optional<std::int64_t> contractor;    ///< the account that carries it out
    std::optional<std::int64_t> created_by;    ///< the account that recorded it
    std::optional<std::int64_t> total_budget;  ///< pence, without VAT
    std::optional<std::int64_t> contractor_budget;
    std::optional<std::int64_t> vat_percentage;  ///< hundredths of a percent
    std::optional<Date> works_start_on;
    std::optional<Date> works_end_on;
    std::optional<std::string> invoice_no;
    std::optional<std::string> quote_no;
    std::optional<std::string> works_order_ref;
    std::optional<std::string> access_details;
    std::optional<std::string> private_contact_name;
    std::optional<std::string> private_contact_email;
    bool is_pinned = false;  ///< lists show it first

    /// The budget with VAT, to the nearest penny; nothing without a budget.
    [[nodiscard]] std::optional<std::int64_t> total_amount() const;
};

/// Stores a new job with the people that it is for; id and version are given, times where they are not set,
/// and the reference JOB-<id> where it has none. Invalid, naming tenants_ids: no such person. Conflict: the
/// reference or uuid is taken.
[[nodiscard]] Result<Job> create_job(audit::Work& work, Job job, const std::vector<Id<Person>>& people);
/// Stores the job as it is now over the version that it was read as, and exactly these people. Conflict:
/// changed meanwhile, or the reference is taken. Invalid as above.
[[nodiscard]] Result<Job> update_job(audit::Work& work, Job job, const std::vector<Id<Person>>& people);
/// Removes the job in the version that it was read as, with its notes and links. Conflict: changed meanwhile.
[[nodiscard]] Result<void> remove_job(audit::Work& work, const Job& job);

/// The job, to be changed or to lead to its notes: no reading. NotFound where there is none; Corrupt where a
/// sealed field or the row's seal does not hold, which is journaled.
[[nodiscard]] Result<Job> load_job(audit::Work& work, const Uuid& uuid);
/// Jobs whose reference or title holds the text, the newest first. Rows that are damaged are left out, and
/// that is journaled.
[[nodiscard]] Result<std::vector<Job>> search_jobs(audit::Work& work, std::string_view text,
                                                   std::int64_t limit);
/// Those of these jobs that there are, pinned ones first, then the newest first. Damaged ones as above.
[[nodiscard]] Result<std::vector<Job>> find_jobs(audit::Work& work, const PageOfIds& ids);

/// Whom the job is for, in order of number.
[[nodiscard]] Result<std::vector<Id<Person>>> list_people_of_job(db::Transaction& tx, Id<Job> job);
/// Whom these jobs are for, in order of number and each once.
[[nodiscard]] Result<std::vector<std::int64_t>> list_people_of_jobs(db::Transaction& tx,
                                                                    const PageOfIds& jobs);
/// The deed, said to be about these people: one by name, several as a list.
[[nodiscard]] audit::Work::Deed about(audit::Work::Deed deed, std::vector<std::int64_t> people);

/// Jobs linked to the person that are not Complete, Closed or Archived, whatever the landlord calls these.
[[nodiscard]] Result<std::int64_t> count_active_jobs(db::Transaction& tx, Id<Person> person);

/// Opens every job and tells the report.
[[nodiscard]] Result<void> check_jobs(db::Transaction& tx, const crypto::KeyRing& keys, CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_jobs(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
