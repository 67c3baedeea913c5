#include "rights/removal.hpp"

#include "rights/sql.hpp"

namespace tenantry::rights {

namespace {

struct Step {
    const db::Sql* statement;
    std::string_view table;
};

template <class Key>
Result<void> run_steps(audit::Work& work, std::initializer_list<Step> steps, const Key& key, Tally& tally) {
    for (const Step& step : steps) {
        tally.erased(step.table, TRY(work.tx().execute(*step.statement, key)));
    }
    return {};
}

}  // namespace

Result<void> remove_cases(audit::Work& work, const housing::PageOfIds& incidents, Tally& tally) {
    return run_steps(work,
                     {{&sql::removal::incident_notes, "incident_note"},
                      {&sql::removal::issues, "issue"},
                      {&sql::removal::signatures, "signature"},
                      {&sql::removal::meetings, "meeting"},
                      {&sql::removal::interactions, "interaction"},
                      {&sql::removal::incidents, "incident"}},
                     incidents.json(), tally);
}

Result<void> remove_jobs(audit::Work& work, const housing::PageOfIds& jobs, Tally& tally) {
    return run_steps(work,
                     {{&sql::removal::case_notes, "case_note"},
                      {&sql::removal::job_people, "job_person"},
                      {&sql::removal::jobs, "job"}},
                     jobs.json(), tally);
}

Result<void> remove_citizens(audit::Work& work, const housing::PageOfIds& citizens, Tally& tally) {
    // The index is the entry's, and there may be none (search mode memory).
    TRY(work.tx().execute(sql::removal::citizen_texts, citizens.json()));
    return run_steps(work, {{&sql::removal::citizens, "citizen"}}, citizens.json(), tally);
}

Result<void> remove_tenancy(audit::Work& work, std::int64_t tenancy, Tally& tally) {
    return run_steps(work,
                     {{&sql::removal::ledger_lines, "ledger_line"}, {&sql::removal::tenancy, "tenancy"}},
                     tenancy, tally);
}

}  // namespace tenantry::rights
