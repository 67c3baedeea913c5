#include "rights/erasure_decision.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "register/consent.hpp"
#include "rights/period.hpp"
#include "rights/sql.hpp"

namespace tenantry::rights {

namespace {

// clang-format off
constexpr ErasureRule kRules[] = {
    {"person",              GoesWith::PersonRow},
    {"person_name",         GoesWith::Person},
    {"person_name_trigram", GoesWith::Index},
    {"person_contact",      GoesWith::Person},
    {"occupancy",           GoesWith::Person},
    {"contact_address",     GoesWith::Person},
    {"next_of_kin",         GoesWith::Person},
    {"alert",               GoesWith::Person},
    {"legal_hold",          GoesWith::Person},
    {"event_of_person",     GoesWith::WholePerson},
    {"household",           GoesWith::Household},
    {"tenancy",             GoesWith::Tenancy},
    {"ledger_line",         GoesWith::Tenancy},
    {"job",                 GoesWith::Job},
    {"case_note",           GoesWith::Job},
    {"job_person",          GoesWith::JobLink},
    {"incident",            GoesWith::Case},
    {"incident_note",       GoesWith::Case},
    {"interaction",         GoesWith::Case},
    {"citizen",             GoesWith::Citizen},
    {"consent",             GoesWith::Consent},
    {"disclosure",          GoesWith::Disclosure},
    {"audit_event",         GoesWith::Nothing, "the journal is never changed; it holds numbers only"},
    {"erasure",             GoesWith::Nothing, "the proof that the person was erased; it holds numbers only"},
    {"property",            GoesWith::Nothing, "a home's address is about nobody whom no occupancy leads to"},
};
// clang-format on

Result<housing::PageOfIds> read_ids(db::Rows rows) {
    housing::PageOfIds page;
    while (TRY(rows.next())) {
        rows.into(page.ids.emplace_back());
    }
    return page;
}

class Judge {
  public:
    Judge(db::Transaction& tx, const RetentionRules& rules, Date today)
        : tx_(tx), rules_(rules), today_(today) {}

    Result<Decision> decide(Id<housing::Person> person) {
        const auto found = TRY(read_people(tx_, housing::PageOfIds{{person.value}}.json()));
        if (found.empty()) {
            return housing::kNoSuchTenant;
        }
        d_.person = found.front();
        d_.plan.person = person;
        person_reasons_ = standing_of(d_.person, rules_).reasons(today_);
        TRY(judge_jobs());
        TRY(judge_cases());
        judge_person();
        TRY(judge_tenancy());
        TRY(judge_household());
        TRY(judge_citizens());
        TRY(judge_satellites());
        TRY(judge_what_stays_emptied());
        return std::move(d_);
    }

  private:
    void keep(std::string_view table, std::int64_t rows, const std::vector<Reason>& reasons) {
        if (rows == 0) {
            return;
        }
        for (Kept& one : d_.plan.kept) {
            if (one.table == table && one.reasons == reasons) {
                one.rows += rows;
                return;
            }
        }
        d_.plan.kept.push_back({table, rows, reasons});
    }

    /// A hold on the person keeps everything of theirs.
    std::vector<Reason> reasons(const Standing& standing) const {
        return d_.person.is_held ? std::vector{Reason{Because::LegalHold}} : standing.reasons(today_);
    }

    Result<void> judge_jobs() {
        const auto ids = TRY(read_ids(TRY(tx_.query(sql::erasure::list_jobs, d_.person.id))));
        for (const JobFacts& job : TRY(read_jobs(tx_, ids.json()))) {
            auto why = reasons(standing_of(job, rules_));
            if (why.empty() && job.people == 1) {
                d_.jobs.ids.push_back(job.id);
                d_.plan.goes.erased("job", 1);
                d_.plan.goes.erased("case_note", job.notes);
                d_.plan.goes.erased("job_person", 1);
                continue;
            }
            if (why.empty()) {
                d_.jobs_to_unlink.ids.push_back(job.id);
                d_.plan.goes.erased("job_person", 1);
                why = {{Because::Shared}};
            } else {
                refers_to_person_ = true;
                keep("job_person", 1, why);
            }
            keep("job", 1, why);
            keep("case_note", job.notes, why);
        }
        return {};
    }

    Result<void> judge_cases() {
        const auto ids = TRY(read_ids(TRY(tx_.query(sql::erasure::list_cases, d_.person.id))));
        for (CaseFacts& one : TRY(read_cases(tx_, ids.json(), d_.person.id))) {
            auto why = reasons(standing_of(one, rules_));
            if (!why.empty()) {
                refers_to_person_ = true;
                keep("incident", 1, why);
                keep("interaction", one.interactions, why);
                keep("incident_note", one.notes, why);
            } else if (one.has_others || one.has_children_apart) {
                why = {{Because::Shared}};
                d_.plan.goes.pseudonymised("incident", one.is_persons ? 1 : 0);
                d_.plan.goes.pseudonymised("interaction", one.own);
                keep("incident", one.is_persons ? 0 : 1, why);
                keep("interaction", one.interactions - one.own, why);
                keep("incident_note", one.notes, why);
                d_.cases_to_unlink.push_back(one);
            } else {
                d_.cases.ids.push_back(one.id);
                d_.plan.goes.erased("incident", 1);
                d_.plan.goes.erased("interaction", one.interactions);
                d_.plan.goes.erased("incident_note", one.notes);
            }
        }
        return {};
    }

    void judge_person() {
        if (!person_reasons_.empty()) {
            keep("person", 1, person_reasons_);
        } else if (refers_to_person_) {
            d_.leaves = Leaves::Pseudonymised;
            d_.plan.goes.pseudonymised("person", 1);
        } else {
            d_.leaves = Leaves::Whole;
            d_.plan.goes.erased("person", 1);
        }
    }

    Result<void> judge_tenancy() {
        if (!d_.person.tenancy) {
            return {};
        }
        const auto found = TRY(read_tenancies(tx_, housing::PageOfIds{{d_.person.tenancy->value}}.json()));
        for (const TenancyFacts& tenancy : found) {
            auto why = reasons(standing_of(tenancy, rules_));
            if (why.empty() && tenancy.people > 1) {
                why = {{Because::Shared}};
            }
            if (why.empty() && d_.leaves == Leaves::No && !d_.person.has_home_history()) {
                why = person_reasons_;
            }
            std::int64_t lines = 0;
            TRY(tx_.find(sql::erasure::count_lines, std::tie(lines), tenancy.id));
            if (why.empty()) {
                d_.tenancy = tenancy.id;
                d_.plan.goes.erased("tenancy", 1);
                d_.plan.goes.erased("ledger_line", lines);
            } else {
                keep("tenancy", 1, why);
                keep("ledger_line", lines, why);
            }
            tenancy_reasons_ = why;
        }
        return {};
    }

    Result<void> judge_household() {
        if (!d_.person.household) {
            return {};
        }
        if (d_.leaves == Leaves::No) {
            keep("household", 1, person_reasons_);
            return {};
        }
        bool alone = false;
        TRY(tx_.find(sql::erasure::has_household_to_itself, std::tie(alone), *d_.person.household,
                     d_.person.id, d_.tenancy, d_.cases.json()));
        if (alone) {
            d_.household = true;
            d_.plan.goes.erased("household", 1);
        } else {
            keep("household", 1,
                 tenancy_reasons_.empty() ? std::vector{Reason{Because::Shared}} : tenancy_reasons_);
        }
        return {};
    }

    /// Whether something but a period keeps the person: then they are somebody whom the landlord deals with.
    [[nodiscard]] bool is_dealt_with() const {
        return std::ranges::any_of(person_reasons_,
                                   [](const Reason& one) { return one.because != Because::Period; });
    }

    /// What only this register told the citizen index goes; another source's entry is linked to nobody.
    Result<void> judge_citizens() {
        const auto ids = TRY(read_ids(TRY(tx_.query(sql::erasure::list_citizens, d_.person.uuid))));
        for (const CitizenFacts& citizen : TRY(read_citizens(tx_, ids.json()))) {
            if (is_dealt_with() || (citizen.usn && d_.leaves == Leaves::No)) {
                keep("citizen", 1, person_reasons_);
            } else if (citizen.usn) {
                d_.citizens_to_unlink.push_back(*citizen.usn);
                d_.plan.goes.pseudonymised("citizen", 1);
            } else {
                d_.citizens.ids.push_back(citizen.id);
                d_.plan.goes.erased("citizen", 1);
            }
        }
        return {};
    }

    Result<void> judge_satellites() {
        for (const Satellite& one : satellites()) {
            std::int64_t rows = 0;
            TRY(tx_.find(one.count, std::tie(rows), d_.person.id));
            const bool whole_only = one.with == GoesWith::WholePerson;
            if (whole_only) {
                keep("audit_event", rows, {{Because::Journal}});
            }
            if (d_.leaves == Leaves::Whole || (d_.leaves == Leaves::Pseudonymised && !whole_only)) {
                d_.plan.goes.erased(one.table, rows);
            } else if (!whole_only) {
                keep(one.table, rows, person_reasons_);
            }
        }
        return {};
    }

    Result<void> judge_what_stays_emptied() {
        std::int64_t reasons = 0;
        TRY(tx_.find(sql::erasure::count_reasons, std::tie(reasons), d_.person.id));
        const std::pair<std::string_view, std::int64_t> emptied[] = {
            {"consent", TRY(count_consents_of(tx_, d_.person.id))}, {"disclosure", reasons}};
        for (const auto& [table, rows] : emptied) {
            if (d_.leaves == Leaves::No) {
                keep(table, rows, person_reasons_);
            } else {
                d_.plan.goes.pseudonymised(table, rows);
            }
        }
        return {};
    }

    db::Transaction& tx_;
    const RetentionRules& rules_;
    Date today_;
    Decision d_;
    std::vector<Reason> person_reasons_;
    std::vector<Reason> tenancy_reasons_;
    bool refers_to_person_ = false;  ///< a job or case that stays does
};

}  // namespace

std::span<const ErasureRule> erasure_rules() {
    return kRules;
}

std::vector<std::string_view> tables_without_one_rule(std::span<const PersonTable> tables,
                                                      std::span<const ErasureRule> rules) {
    std::vector<std::string_view> found;
    for (const PersonTable& table : tables) {
        if (std::ranges::count(rules, table.name, &ErasureRule::table) != 1) {
            found.push_back(table.name);
        }
    }
    return found;
}

namespace {

/// What each row of a table beside the person is journaled as when it is removed. Only those whose events are
/// held against the register (register/replay.hpp).
Literal event_of(std::string_view table) {
    if (table == "alert") {
        return "alert.erased";
    }
    if (table == "next_of_kin") {
        return "next_of_kin.erased";
    }
    if (table == "contact_address") {
        return "contact_address.erased";
    }
    return table == "legal_hold" ? Literal{"legal_hold.erased"} : Literal{""};
}

}  // namespace

/// Lives as long as the program, as the statements' texts must.
const std::deque<Satellite>& satellites() {
    static const std::deque<Satellite> kSatellites = [] {
        std::deque<Satellite> made;
        for (const ErasureRule& rule : kRules) {
            if (rule.with != GoesWith::Person && rule.with != GoesWith::WholePerson) {
                continue;
            }
            const auto table = std::ranges::find(person_tables(), rule.table, &PersonTable::name);
            VERIFY(table != person_tables().end());
            Satellite& one = made.emplace_back();
            one.table = rule.table;
            one.with = rule.with;
            one.count_text =
                fmt::format("SELECT COUNT(*) FROM {} t WHERE {}", rule.table, table->leads_to_person);
            one.remove_text = fmt::format("DELETE FROM {} AS t WHERE {}", rule.table, table->leads_to_person);
            one.event = event_of(rule.table);
            if (!one.event.empty()) {
                one.remove_text += table->has_id ? " RETURNING id" : " RETURNING person_id";
            }
            one.count = {one.table, one.count_text, ""};
            one.remove = {one.table, one.remove_text, ""};
        }
        return made;
    }();
    return kSatellites;
}

Result<Decision> decide(audit::Work& work, Id<housing::Person> person) {
    const auto rules = TRY(RetentionRules::read(work.tx()));
    return Judge{work.tx(), rules, day_of(work.now())}.decide(person);
}

Result<std::int64_t> count_consents_of(db::Transaction& tx, Id<housing::Person> person) {
    std::int64_t count = 0;
    TRY(tx.find(sql::consent::count_of_person, std::tie(count), person));
    return count;
}

}  // namespace tenantry::rights
