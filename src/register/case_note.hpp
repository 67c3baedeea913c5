// A note on a job: what was said and done, and who wrote it. Both are sealed.
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
};

/// Stores a new note; id and version are given.
[[nodiscard]] Result<CaseNote> create_case_note(audit::Work& work, CaseNote note);
/// Stores the note as it is now over the version that it was read as. Conflict: changed meanwhile.
[[nodiscard]] Result<CaseNote> update_case_note(audit::Work& work, CaseNote note);
/// NotFound where there is none; Corrupt where it does not open.
[[nodiscard]] Result<CaseNote> find_case_note(audit::Work& work, const Uuid& uuid);
/// All notes of a job, in the order they were written. Corrupt where one does not open.
[[nodiscard]] Result<std::vector<CaseNote>> list_case_notes(audit::Work& work, Id<Job> job);

/// Opens every note and tells the report.
[[nodiscard]] Result<void> check_case_notes(db::Transaction& tx, const crypto::KeyRing& keys,
                                            CheckReport& report);
/// Gives rows to a resealing.
[[nodiscard]] Result<void> reseal_case_notes(db::Transaction& tx, audit::Resealing& some);

}  // namespace tenantry::housing
