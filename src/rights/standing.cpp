#include "rights/standing.hpp"

#include <algorithm>

#include "rights/period.hpp"
#include "rights/sql.hpp"

namespace tenantry::rights {

namespace {

void block(Standing& standing, Because because, bool really) {
    if (really) {
        standing.blocked.push_back(because);
    }
}

Date due_after(Date event, Kind kind, const RetentionRules& rules) {
    return after_months(event, rules.of(kind).months);
}

/// A tenancy that was ended without a date ended when that was recorded, at the latest.
Date end_of(std::optional<Date> end, Instant changed_at) {
    return end.value_or(day_of(changed_at));
}

void put_off(Standing& standing, Date due, Kind rule) {
    if (standing.due < due) {
        standing.due = due;
        standing.rule = rule;
    }
}

/// Reads every row with read(rows, facts).
template <class Facts, class Read>
Result<std::vector<Facts>> read_all(db::Rows rows, Read read) {
    std::vector<Facts> all;
    while (TRY(rows.next())) {
        read(rows, all.emplace_back());
    }
    return all;
}

}  // namespace

Literal key_of(Because because) {
    switch (because) {
        case Because::LegalHold:
            return "legal_hold";
        case Because::RunningTenancy:
            return "running_tenancy";
        case Because::CurrentHome:
            return "current_home";
        case Because::Debt:
            return "debt";
        case Because::OpenJob:
            return "open_job";
        case Because::OpenCase:
            return "open_case";
        case Because::Period:
            return "retention_period";
        case Because::Shared:
            return "shared";
        case Because::Journal:
            return "journal";
    }
    VERIFY(false);
}

Literal text_of(Because because) {
    switch (because) {
        case Because::LegalHold:
            return "a legal hold is on the records";
        case Because::RunningTenancy:
            return "the tenancy is running";
        case Because::CurrentHome:
            return "the person lives in one of the homes";
        case Because::Debt:
            return "rent is owed";
        case Because::OpenJob:
            return "a job is open";
        case Because::OpenCase:
            return "a case is open";
        case Because::Period:
            return "the period for which it must be kept is not over";
        case Because::Shared:
            return "it is other people's as well";
        case Because::Journal:
            return "the journal is never changed; it holds numbers only";
    }
    VERIFY(false);
}

std::vector<Reason> Standing::reasons(Date today) const {
    std::vector<Reason> all;
    for (const Because because : blocked) {
        all.push_back({because});
    }
    if (all.empty() && today < due) {
        all.push_back({Because::Period, due, rule});
    }
    return all;
}

Result<std::vector<PersonFacts>> read_people(db::Transaction& tx, std::string_view ids) {
    return read_all<PersonFacts>(
        TRY(tx.query(sql::standing::people, ids)), [](const db::Rows& rows, PersonFacts& p) {
            rows.into(p.id, p.uuid, p.version, p.created_at, p.household, p.tenancy, p.is_held, p.has_home,
                      p.last_moved_out, p.tenancy_is_running, p.owes, p.tenancy_end, p.tenancy_changed_at,
                      p.has_open_job, p.last_job_at, p.has_open_case, p.last_case_at, p.last_entry_at);
        });
}

Result<std::vector<TenancyFacts>> read_tenancies(db::Transaction& tx, std::string_view ids) {
    return read_all<TenancyFacts>(
        TRY(tx.query(sql::standing::tenancies, ids)), [](const db::Rows& rows, TenancyFacts& t) {
            rows.into(t.id, t.is_held, t.is_running, t.owes, t.end, t.changed_at, t.people);
        });
}

Result<std::vector<JobFacts>> read_jobs(db::Transaction& tx, std::string_view ids) {
    return read_all<JobFacts>(TRY(tx.query(sql::standing::jobs, ids)), [](const db::Rows& rows, JobFacts& j) {
        rows.into(j.id, j.is_held, j.is_open, j.changed_at, j.people, j.notes);
    });
}

Result<std::vector<CaseFacts>> read_cases(db::Transaction& tx, std::string_view ids,
                                          std::optional<Id<housing::Person>> person) {
    return read_all<CaseFacts>(TRY(tx.query(sql::standing::cases, ids, person)),
                               [](const db::Rows& rows, CaseFacts& c) {
                                   rows.into(c.id, c.is_held, c.is_open, c.closed_at, c.interactions, c.notes,
                                             c.is_persons, c.own, c.has_others, c.has_children_apart);
                               });
}

Result<std::vector<CitizenFacts>> read_citizens(db::Transaction& tx, std::string_view ids) {
    return read_all<CitizenFacts>(TRY(tx.query(sql::standing::citizens, ids)),
                                  [](const db::Rows& rows, CitizenFacts& c) {
                                      rows.into(c.id, c.usn, c.is_of_register, c.changed_at);
                                  });
}

Standing standing_of(const PersonFacts& p, const RetentionRules& rules) {
    Standing standing;
    block(standing, Because::LegalHold, p.is_held);
    block(standing, Because::RunningTenancy, p.tenancy_is_running);
    block(standing, Because::CurrentHome, p.has_home);
    block(standing, Because::Debt, p.owes);
    block(standing, Because::OpenJob, p.has_open_job);
    block(standing, Because::OpenCase, p.has_open_case);
    std::optional<Date> left;
    if (p.last_moved_out) {
        left = day_of(*p.last_moved_out);
    }
    if (p.tenancy) {
        const Date end = end_of(p.tenancy_end, p.tenancy_changed_at.value_or(p.created_at));
        left = left ? std::max(*left, end) : end;
    }
    standing.due = due_after(left.value_or(day_of(p.last_entry_at)), Kind::Person, rules);
    return standing;
}

Standing standing_of_whole(const PersonFacts& p, const RetentionRules& rules) {
    Standing standing = standing_of(p, rules);
    if (p.tenancy) {
        const Date end = end_of(p.tenancy_end, p.tenancy_changed_at.value_or(p.created_at));
        put_off(standing, due_after(end, Kind::Tenancy, rules), Kind::Tenancy);
    }
    if (p.last_job_at) {
        put_off(standing, due_after(day_of(*p.last_job_at), Kind::Job, rules), Kind::Job);
    }
    if (p.last_case_at) {
        put_off(standing, due_after(day_of(*p.last_case_at), Kind::Interaction, rules), Kind::Interaction);
    }
    return standing;
}

Standing standing_of(const TenancyFacts& t, const RetentionRules& rules) {
    Standing standing{{}, due_after(end_of(t.end, t.changed_at), Kind::Tenancy, rules), Kind::Tenancy};
    block(standing, Because::LegalHold, t.is_held);
    block(standing, Because::RunningTenancy, t.is_running);
    block(standing, Because::Debt, t.owes);
    return standing;
}

Standing standing_of(const JobFacts& j, const RetentionRules& rules) {
    Standing standing{{}, due_after(day_of(j.changed_at), Kind::Job, rules), Kind::Job};
    block(standing, Because::LegalHold, j.is_held);
    block(standing, Because::OpenJob, j.is_open);
    return standing;
}

Standing standing_of(const CaseFacts& c, const RetentionRules& rules) {
    Standing standing{{}, due_after(day_of(c.closed_at), Kind::Interaction, rules), Kind::Interaction};
    block(standing, Because::LegalHold, c.is_held);
    block(standing, Because::OpenCase, c.is_open);
    return standing;
}

Standing standing_of(const CitizenFacts& c, const RetentionRules& rules) {
    Standing standing{{}, due_after(day_of(c.changed_at), Kind::Citizen, rules), Kind::Citizen};
    block(standing, Because::Shared, c.is_of_register);
    return standing;
}

}  // namespace tenantry::rights
