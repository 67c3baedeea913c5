#include "rights/retention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "register/tenancy.hpp"
#include "rights/duty.hpp"
#include "rights/erasure.hpp"
#include "rights/period.hpp"
#include "rights/removal.hpp"
#include "rights/sql.hpp"

namespace tenantry::rights {

namespace {

constexpr std::array kStateNames{Literal{"proposed"}, Literal{"approved"}, Literal{"carried_out"},
                                 Literal{"refused"}};

template <class Facts>
std::vector<Verdict> judge_all(const std::vector<Facts>& facts, const RetentionRules& rules) {
    std::vector<Verdict> verdicts;
    for (const Facts& one : facts) {
        std::int64_t id = 0;
        if constexpr (requires { one.id.value; }) {
            id = one.id.value;
        } else {
            id = one.id;
        }
        verdicts.push_back({id, standing_of(one, rules)});
    }
    return verdicts;
}

/// A tenancy goes with the last of its people where they go. It goes before them only from people who stay
/// and of whom it is known without it how long.
Result<std::vector<Verdict>> judge_tenancies(db::Transaction& tx, const RetentionRules& rules,
                                             std::string_view ids, Date today) {
    auto verdicts = judge_all(TRY(read_tenancies(tx, ids)), rules);
    housing::PageOfIds people;
    {
        db::Rows rows = TRY(tx.query(sql::retention::list_people_of_tenancies, ids));
        while (TRY(rows.next())) {
            rows.into(people.ids.emplace_back());
        }
    }
    for (const PersonFacts& person : TRY(read_people(tx, people.json()))) {
        if (person.has_home_history() && !standing_of_whole(person, rules).is_due(today)) {
            continue;
        }
        const auto tenancy = std::ranges::lower_bound(verdicts, person.tenancy->value, {}, &Verdict::record);
        VERIFY(tenancy != verdicts.end() && tenancy->record == person.tenancy->value);
        tenancy->standing.blocked.push_back(Because::Shared);
    }
    return verdicts;
}

const db::Sql& next_ids_of(Kind kind) {
    switch (kind) {
        case Kind::Job:
            return sql::retention::next_jobs;
        case Kind::Interaction:
            return sql::retention::next_cases;
        case Kind::Citizen:
            return sql::retention::next_citizens;
        case Kind::Tenancy:
            return sql::retention::next_tenancies;
        case Kind::Person:
            return sql::retention::next_people;
    }
    VERIFY(false);
}

/// Nobody is linked to a tenancy that goes. One by one: each row has a seal of its own.
Result<void> leave_tenancy(audit::Work& work, std::int64_t tenancy) {
    std::vector<Id<housing::Person>> people;
    {
        db::Rows rows = TRY(work.tx().query(sql::retention::list_people_of_tenancy, tenancy));
        while (TRY(rows.next())) {
            rows.into(people.emplace_back());
        }
    }
    for (const auto id : people) {
        const auto before = TRY(housing::load_person(work, id));
        auto after = before;
        after.tenancy.reset();
        TRY(housing::update_person(work, before, std::move(after), "tenant.updated"));
    }
    return {};
}

Result<void> remove(audit::Work& work, Kind kind, std::int64_t record) {
    Tally tally;
    const housing::PageOfIds ids{{record}};
    switch (kind) {
        case Kind::Job:
            return remove_jobs(work, ids, tally);
        case Kind::Interaction:
            return remove_cases(work, ids, tally);
        case Kind::Citizen:
            return remove_citizens(work, ids, tally);
        case Kind::Tenancy:
            TRY(leave_tenancy(work, record));
            return remove_tenancy(work, record, tally);
        case Kind::Person:
            TRY(remove_whole_person(work, Id<housing::Person>{record}));
            return {};
    }
    VERIFY(false);
}

Result<std::optional<Proposal>> find_next(db::Transaction& tx, std::int64_t after) {
    Proposal next;
    const auto found =
        tx.find(sql::retention::find_next_approved, std::tie(next.id, next.what, next.record), after);
    if (!found.ok() && found.error().code == Code::NotFound) {
        return std::optional<Proposal>{};
    }
    if (!found.ok()) {
        return found.error();
    }
    return std::optional{std::move(next)};
}

Result<void> finish(audit::Work& work, std::int64_t proposal, ProposalState state, std::string_view outcome) {
    TRY(work.tx().execute(sql::retention::finish, proposal, static_cast<int>(state), work.now(), outcome));
    return work.changed({.action = state == ProposalState::CarriedOut ? Literal{"retention.carried_out"}
                                                                      : Literal{"retention.not_carried_out"},
                         .resource = proposal});
}

}  // namespace

Result<std::vector<Verdict>> judge(db::Transaction& tx, const RetentionRules& rules, Kind kind,
                                   std::string_view ids, Date today) {
    switch (kind) {
        case Kind::Job:
            return judge_all(TRY(read_jobs(tx, ids)), rules);
        case Kind::Interaction: {
            const auto cases = TRY(read_cases(tx, ids, std::nullopt));
            auto verdicts = judge_all(cases, rules);
            for (std::size_t i = 0; i < cases.size(); ++i) {
                if (cases[i].has_children_apart) {
                    verdicts[i].standing.blocked.push_back(Because::Shared);
                }
            }
            return verdicts;
        }
        case Kind::Citizen:
            return judge_all(TRY(read_citizens(tx, ids)), rules);
        case Kind::Tenancy:
            return judge_tenancies(tx, rules, ids, today);
        case Kind::Person: {
            std::vector<Verdict> verdicts;
            for (const PersonFacts& one : TRY(read_people(tx, ids))) {
                verdicts.push_back({one.id.value, standing_of_whole(one, rules)});
            }
            return verdicts;
        }
    }
    VERIFY(false);
}

Result<DueBatch> find_due(db::Transaction& tx, const RetentionRules& rules, Kind kind, std::int64_t after,
                          Date today) {
    housing::PageOfIds ids;
    {
        db::Rows rows = TRY(tx.query(next_ids_of(kind), after, kDueBatch));
        while (TRY(rows.next())) {
            rows.into(ids.ids.emplace_back());
        }
    }
    DueBatch batch;
    if (ids.ids.empty()) {
        return batch;
    }
    batch.last = ids.ids.back();
    for (const Verdict& one : TRY(judge(tx, rules, kind, ids.json(), today))) {
        if (one.standing.is_due(today)) {
            batch.due.push_back({one.record, one.standing.due});
        }
    }
    return batch;
}

Result<std::int64_t> propose(audit::Work& work, Kind kind, std::span<const DueRecord> due) {
    std::int64_t proposed = 0;
    auto id = TRY(housing::take_ids(work.tx(), "retention_proposal", static_cast<std::int64_t>(due.size())));
    for (const DueRecord& one : due) {
        proposed += TRY(work.tx().execute(sql::retention::propose, id++, name_of(kind).view(), one.record,
                                          one.due, work.now()));
    }
    if (proposed > 0) {
        TRY(work.changed({.action = "retention.proposed"}));
    }
    return proposed;
}

Literal name_of(ProposalState state) {
    return kStateNames[static_cast<std::size_t>(state)];
}

std::optional<ProposalState> parse_proposal_state(std::string_view name) {
    for (std::size_t i = 0; i < kStateNames.size(); ++i) {
        if (kStateNames[i].view() == name) {
            return static_cast<ProposalState>(i);
        }
    }
    return std::nullopt;
}

namespace {

Result<std::vector<Proposal>> read_proposals(db::Rows rows) {
    std::vector<Proposal> proposals;
    while (TRY(rows.next())) {
        Proposal& p = proposals.emplace_back();
        std::int64_t number = 0;
        rows.into(p.id, p.what, p.record, p.due, number, p.proposed_at, p.decided_by, p.decided_at,
                  p.finished_at, p.outcome);
        p.state = static_cast<ProposalState>(number);
    }
    return proposals;
}

Literal event_of(ProposalState decision) {
    return decision == ProposalState::Approved ? Literal{"retention.approved"} : Literal{"retention.refused"};
}

}  // namespace

Result<ProposalPage> list_proposals(db::Transaction& tx, std::optional<ProposalState> state,
                                    housing::Paging paging) {
    ProposalPage page;
    if (state) {
        page.total = TRY(count_proposals(tx, *state));
    } else {
        TRY(tx.find(sql::retention::count_all, std::tie(page.total)));
    }
    db::Rows rows = state ? TRY(tx.query(sql::retention::list_in_state, static_cast<int>(*state),
                                         paging.limit, paging.offset))
                          : TRY(tx.query(sql::retention::list_all, paging.limit, paging.offset));
    page.proposals = TRY(read_proposals(std::move(rows)));
    return page;
}

Result<ProposalPage> list_newest_proposals(db::Transaction& tx, ProposalState state, housing::Paging paging) {
    ProposalPage page;
    page.total = TRY(count_proposals(tx, state));
    page.proposals = TRY(read_proposals(TRY(tx.query(sql::retention::list_newest_in_state,
                                                     static_cast<int>(state), paging.limit, paging.offset))));
    return page;
}

Result<std::int64_t> count_proposals(db::Transaction& tx, ProposalState state) {
    std::int64_t count = 0;
    TRY(tx.find(sql::retention::count_in_state, std::tie(count), static_cast<int>(state)));
    return count;
}

Result<std::vector<Proposal>> list_waiting_of(db::Transaction& tx, const housing::PageOfIds& proposals) {
    return read_proposals(TRY(tx.query(sql::retention::list_waiting_of, proposals.json())));
}

Result<void> decide_proposal(audit::Work& work, std::int64_t proposal, ProposalState decision,
                             std::int64_t account) {
    if (TRY(work.tx().execute(sql::retention::decide, proposal, static_cast<int>(decision), account,
                              work.now())) != 1) {
        return Error{Code::NotFound, "No such proposal waits for a decision"};
    }
    return work.changed({.action = event_of(decision), .resource = proposal});
}

Result<std::int64_t> decide_proposals(audit::Work& work, const housing::PageOfIds& proposals,
                                      ProposalState decision, std::int64_t account) {
    std::vector<std::int64_t> decided;
    {
        db::Rows rows = TRY(work.tx().query(sql::retention::decide_several, proposals.json(),
                                            static_cast<int>(decision), account, work.now()));
        while (TRY(rows.next())) {
            rows.into(decided.emplace_back());
        }
    }
    for (const auto proposal : decided) {
        TRY(work.changed({.action = event_of(decision), .resource = proposal}));
    }
    return static_cast<std::int64_t>(decided.size());
}

Result<std::int64_t> approve_all(audit::Work& work, std::int64_t account) {
    const auto approved = TRY(work.tx().execute(sql::retention::approve_all, account, work.now()));
    if (approved > 0) {
        TRY(work.changed({.action = "retention.approved"}));
    }
    return approved;
}

Result<std::optional<Carried>> carry_out_next(audit::Work& work, std::int64_t after) {
    const auto next = TRY(find_next(work.tx(), after));
    if (!next) {
        return std::optional<Carried>{};
    }
    Carried carried{next->id, next->what, next->record, false};
    const auto kind = parse_kind(next->what);
    if (!kind) {
        return Error{Code::Corrupt, "a proposal is of no known kind"};
    }
    const auto rules = TRY(RetentionRules::read(work.tx()));
    const Date today = day_of(work.now());
    const auto verdicts =
        TRY(judge(work.tx(), rules, *kind, housing::PageOfIds{{next->record}}.json(), today));
    if (verdicts.empty()) {
        TRY(finish(work, next->id, ProposalState::CarriedOut, "gone before"));
        return std::optional{carried};
    }
    const Standing& standing = verdicts.front().standing;
    if (!standing.is_due(today)) {
        const auto why = key_of(standing.reasons(today).front().because);
        TRY(finish(work, next->id, ProposalState::Refused, fmt::format("stays: {}", why.view())));
        return std::optional{carried};
    }
    TRY(remove(work, *kind, next->record));
    TRY(want(work, Duty::Scrub));
    TRY(finish(work, next->id, ProposalState::CarriedOut, "erased"));
    carried.erased = true;
    return std::optional{carried};
}

Result<std::optional<std::int64_t>> give_up_next(audit::Work& work, std::int64_t after) {
    const auto next = TRY(find_next(work.tx(), after));
    if (!next) {
        return std::optional<std::int64_t>{};
    }
    TRY(finish(work, next->id, ProposalState::Refused, "failed: a record is damaged"));
    return std::optional{next->id};
}

}  // namespace tenantry::rights
