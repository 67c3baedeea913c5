#include "rights/erasure.hpp"

#include <algorithm>

#include "crypto/random.hpp"
#include "json/writer.hpp"
#include "register/citizen.hpp"
#include "register/consent.hpp"
#include "register/incident.hpp"
#include "register/interaction.hpp"
#include "register/job_links.hpp"
#include "rights/disclosure.hpp"
#include "rights/duty.hpp"
#include "rights/erasure_decision.hpp"
#include "rights/sql.hpp"

namespace tenantry::rights {

namespace {

/// Does what was decided, and counts it.
class Hand {
  public:
    Hand(audit::Work& work, const Decision& decision) : work_(work), d_(decision) {}

    Result<Tally> erase() {
        TRY(erase_casework());
        TRY(erase_citizens());
        if (d_.leaves == Leaves::No) {
            TRY(leave_tenancy());
        } else {
            TRY(erase_person());
        }
        if (d_.tenancy) {
            TRY(remove_tenancy(work_, d_.tenancy->value, tally_));
        }
        if (d_.household) {
            tally_.erased("household", TRY(remove_records(work_, sql::erasure::remove_household,
                                                          "household.erased", d_.person.household)));
        }
        return std::move(tally_);
    }

  private:
    Result<void> erase_casework() {
        if (!d_.cases.ids.empty()) {
            TRY(remove_cases(work_, d_.cases, tally_));
        }
        TRY(unlink_cases());
        if (!d_.jobs.ids.empty()) {
            TRY(remove_jobs(work_, d_.jobs, tally_));
        }
        for (const auto job : d_.jobs_to_unlink.ids) {
            TRY(housing::unlink_job(work_, Id<housing::Job>{job}, d_.person.id));
            tally_.erased("job_person", 1);
        }
        return {};
    }

    /// One by one: each row has a seal of its own.
    Result<void> unlink_cases() {
        housing::PageOfIds ids;
        for (const CaseFacts& one : d_.cases_to_unlink) {
            ids.ids.push_back(one.id);
            if (one.is_persons) {
                auto incident = TRY(housing::load_incident(work_, Id<housing::Incident>{one.id}));
                incident.person.reset();
                TRY(housing::update_incident(work_, std::move(incident)));
                tally_.pseudonymised("incident", 1);
            }
        }
        std::vector<Uuid> interactions;
        if (!ids.ids.empty()) {
            db::Rows rows =
                TRY(work_.tx().query(sql::erasure::list_own_interactions, ids.json(), d_.person.id));
            while (TRY(rows.next())) {
                rows.into(interactions.emplace_back());
            }
        }
        for (const Uuid& uuid : interactions) {
            auto interaction = TRY(housing::load_interaction(work_, uuid));
            interaction.person.reset();
            TRY(housing::update_interaction(work_, std::move(interaction), "interaction.updated"));
            tally_.pseudonymised("interaction", 1);
        }
        return {};
    }

    Result<void> erase_citizens() {
        if (!d_.citizens.ids.empty()) {
            TRY(remove_citizens(work_, d_.citizens, tally_));
        }
        for (const std::string& usn : d_.citizens_to_unlink) {
            auto citizen = TRY(housing::find_citizen(work_, usn));
            citizen.person.reset();
            TRY(housing::update_citizen(work_, std::move(citizen)));
            tally_.pseudonymised("citizen", 1);
        }
        return {};
    }

    /// Their tenancy goes before they do.
    Result<void> leave_tenancy() {
        if (!d_.tenancy) {
            return {};
        }
        const auto before = TRY(housing::load_person(work_, d_.person.id));
        auto after = before;
        after.tenancy.reset();
        TRY(housing::update_person(work_, before, std::move(after), "tenant.updated"));
        return {};
    }

    Result<void> erase_person() {
        housing::Person person;
        person.id = d_.person.id;
        person.uuid = d_.person.uuid;
        person.version = d_.person.version;
        person.created_at = d_.person.created_at;
        tally_.pseudonymised("consent", TRY(housing::forget_consents_of(work_, person)));
        tally_.pseudonymised("disclosure", TRY(forget_disclosure_reasons(work_, person.id)));
        if (d_.leaves == Leaves::Pseudonymised) {
            // Whatever was in the row is not even read: it may be damaged.
            auto nobody = person;
            nobody.active = false;
            nobody.name = {std::nullopt, "Erased", "person"};
            TRY(housing::update_person(work_, person, std::move(nobody), "tenant.pseudonymised"));
            tally_.pseudonymised("person", 1);
        }
        for (const Satellite& one : satellites()) {
            if (d_.leaves == Leaves::Whole || one.with == GoesWith::Person) {
                tally_.erased(one.table, TRY(remove_satellite(one)));
            }
        }
        if (d_.leaves == Leaves::Whole) {
            tally_.erased("person", TRY(work_.tx().execute(sql::erasure::remove_person, person.id)));
        }
        return {};
    }

    Result<std::int64_t> remove_satellite(const Satellite& one) {
        return one.event.empty() ? work_.tx().execute(one.remove, d_.person.id)
                                 : remove_records(work_, one.remove, one.event, d_.person.id);
    }

    audit::Work& work_;
    const Decision& d_;
    Tally tally_;
};

/// Does it and journals it. Internal: what came of it is not what was planned.
Result<ErasurePlan> carry_out(audit::Work& work, const Decision& decision) {
    const Tally done = TRY(Hand(work, decision).erase());
    if (done != decision.plan.goes) {
        return Error{Code::Internal, "what was erased is not what was planned"};
    }
    TRY(want(work, Duty::Scrub));
    // Of somebody who is gone the index of events by person is to know nothing.
    const auto number = decision.person.id.value;
    const bool gone = decision.leaves == Leaves::Whole;
    TRY(work.changed({.action = gone ? Literal{"tenant.erased"} : Literal{"tenant.partly_erased"},
                      .resource = number,
                      .person = gone ? std::nullopt : std::optional{number}}));
    return decision.plan;
}

std::string erased_json(const Tally& tally) {
    std::string text;
    json::Writer w{text};
    w.begin_array();
    for (const auto& [table, counts] : tally.tables()) {
        w.begin_object().key("table").text(table).key("erased").integer(counts.erased);
        w.key("pseudonymised").integer(counts.pseudonymised).end_object();
    }
    w.end_array();
    return text;
}

std::string kept_json(const std::vector<Kept>& kept) {
    std::string text;
    json::Writer w{text};
    w.begin_array();
    for (const Kept& one : kept) {
        w.begin_object().key("table").text(one.table).key("records").integer(one.rows);
        w.key("reasons").begin_array();
        for (const Reason& reason : one.reasons) {
            w.begin_object().key("reason").text(key_of(reason.because).view());
            w.key("until").text_or_null(reason.until ? std::optional{format_date(*reason.until)}
                                                     : std::nullopt);
            w.key("rule").text_or_null(reason.rule ? std::optional{std::string{name_of(*reason.rule).view()}}
                                                   : std::nullopt);
            w.end_object();
        }
        w.end_array().end_object();
    }
    w.end_array();
    return text;
}

}  // namespace

std::vector<Reason> ErasurePlan::reasons() const {
    std::vector<Reason> all;
    const auto add = [&all](const Kept& stays) {
        for (const Reason& one : stays.reasons) {
            if (std::ranges::find(all, one) == all.end()) {
                all.push_back(one);
            }
        }
    };
    for (const bool of_person : {true, false}) {
        for (const Kept& one : kept) {
            if ((one.table == "person") == of_person) {
                add(one);
            }
        }
    }
    return all;
}

Result<ErasurePlan> plan_erasure(audit::Work& work, Id<housing::Person> person) {
    return TRY(decide(work, person)).plan;
}

std::optional<char> parse_ground(std::string_view text) {
    return text.size() == 1 && text[0] >= 'a' && text[0] <= 'f' ? std::optional{text[0]} : std::nullopt;
}

Result<ErasurePlan> erase_person(audit::Work& work, Id<housing::Person> person, char ground,
                                 Date requested_on) {
    const Decision decision = TRY(decide(work, person));
    if (decision.plan.is_empty()) {
        return kNothingToErase;
    }
    TRY(work.tx().execute(sql::erasure::insert, TRY(housing::next_id(work.tx(), "erasure")),
                          crypto::new_uuid(), person, std::string_view{&ground, 1}, requested_on,
                          work.actor().account, erased_json(decision.plan.goes),
                          kept_json(decision.plan.kept), work.now()));
    return carry_out(work, decision);
}

Result<ErasurePlan> remove_whole_person(audit::Work& work, Id<housing::Person> person) {
    const Decision decision = TRY(decide(work, person));
    if (decision.leaves != Leaves::Whole) {
        return kNothingToErase;
    }
    return carry_out(work, decision);
}

}  // namespace tenantry::rights
