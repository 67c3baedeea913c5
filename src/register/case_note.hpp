// A note on a job: what was said and done, and who wrote it. Both are sealed. What is written or read there
// is about the people whom the job is for.
#pragma once

#include <string>
#include <vector>

#include "base/ids.hpp"
#include "register/check.hpp"
#include "register/record.hpp"

namespace tenantry::housing {

struct Job;

struct CaseNote {
    Id<CaseNote> id;
    Uuid uuid;
    std::int64_t version = 0;
    Id<Job> job;
    std::string text;
    std::string created_by;
    Instant created_at;
    bool send_email = false;  ///< whether the writer wished it sent on; this program sends no such letter
};

struct CaseNotePage {
    std::vector<CaseNote> notes;
    std::int64_t total = 0;
};

/// Stores a new note; id and version are given.
[[nodiscard]] Result<CaseNote> create_case_note(audit::Work& work, CaseNote note);
/// Stores the note as it is now over the version that it was read as. Conflict: changed meanwhile.
[[nodiscard]] Result<CaseNote> update_case_note(audit::Work& work, CaseNote note);
/// NotFound where there is none; Corrupt where it does not open.
[[nodiscard]] Result<CaseNote> find_case_note(audit::Work& work, const Uuid& uuid);
/// Notes of a job, in the order they were written. One that is damaged is left out, and that is journaled.
[[nodiscard]] Result<CaseNotePage> list_case_notes(audit::Work& work, Id<Job> job, Paging paging);
[[nodiscard]] Result<std::int64_t> count_case_notes(db::Transaction& tx, Id<Job> job);
/// Removes all notes of a job, which is for these people; one event each.
[[nodiscard]] Result<void> remove_case_notes(audit::Work& work, Id<Job> job,
                                             const std::vector<std::int64_t>& people);

/// Opens every note and tells the report.
[[nodiscard]] Result<void> check_case_notes(db::Transaction& tx, const crypto::KeyRing& keys,
                                            CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_case_notes(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
