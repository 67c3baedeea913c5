#include "rights/removal.hpp"

#include "register/ledger_digest.hpp"
#include "rights/sql.hpp"

namespace tenantry::rights {

namespace {

struct Step {
    const db::Sql* statement;
    std::string_view table;
    Literal event = "";  ///< of each row; empty where rows of the table have none
};

template <class Key>
Result<void> run_steps(audit::Work& work, std::initializer_list<Step> steps, const Key& key, Tally& tally) {
    for (const Step& step : steps) {
        const auto rows = step.event.empty() ? TRY(work.tx().execute(*step.statement, key))
                                             : TRY(remove_records(work, *step.statement, step.event, key));
        tally.erased(step.table, rows);
    }
    return {};
}

}  // namespace

Result<void> remove_cases(audit::Work& work, const housing::PageOfIds& incidents, Tally& tally) {
    return run_steps(work,
                     {{&sql::removal::incident_notes, "incident_note", "incident_note.erased"},
                      {&sql::removal::issues, "issue", "issue.erased"},
                      {&sql::removal::signatures, "signature"},
                      {&sql::removal::meetings, "meeting", "meeting.erased"},
                      {&sql::removal::interactions, "interaction", "interaction.erased"},
                      {&sql::removal::incidents, "incident", "incident.erased"}},
                     incidents.json(), tally);
}

Result<void> remove_jobs(audit::Work& work, const housing::PageOfIds& jobs, Tally& tally) {
    // The seals over the links, which are no records of their own.
    TRY(work.tx().execute(sql::removal::job_links, jobs.json()));
    return run_steps(work,
                     {{&sql::removal::case_notes, "case_note", "case_note.erased"},
                      {&sql::removal::job_people, "job_person"},
                      {&sql::removal::jobs, "job", "job.erased"}},
                     jobs.json(), tally);
}

Result<void> remove_citizens(audit::Work& work, const housing::PageOfIds& citizens, Tally& tally) {
    // The index is the entry's, and there may be none (search mode memory).
    TRY(work.tx().execute(sql::removal::citizen_texts, citizens.json()));
    return run_steps(work, {{&sql::removal::citizens, "citizen", "citizen.erased"}}, citizens.json(), tally);
}

Result<void> remove_tenancy(audit::Work& work, std::int64_t tenancy, Tally& tally) {
    TRY(housing::remove_ledger_digest(work, tenancy));
    return run_steps(
        work,
        {{&sql::removal::ledger_lines, "ledger_line"}, {&sql::removal::tenancy, "tenancy", "tenancy.erased"}},
        tenancy, tally);
}

}  // namespace tenantry::rights
