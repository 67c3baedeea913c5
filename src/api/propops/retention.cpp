#include "rights/retention.hpp"

#include "api/propops/handlers.hpp"
#include "api/propops/inputs.hpp"
#include "api/propops/reply.hpp"
#include "rights/duty.hpp"

namespace tenantry::api::propops {

namespace {

constexpr std::int64_t kLimit = 200;
constexpr std::size_t kWordCharacters = 32;

template <class T, class Write>
void write_or_null(json::Writer& w, const std::optional<T>& value, Write write) {
    if (value) {
        write(w, *value);
    } else {
        w.null();
    }
}

void write_time(json::Writer& w, Instant at) {
    write_instant(w, at);
}

void write_rule(json::Writer& w, const rights::RetentionRule& rule) {
    w.begin_object();
    w.key("what").text(rights::name_of(rule.kind).view());
    w.key("since").text(rule.since);
    w.key("months").integer(rule.months);
    w.key("why").text(rule.why);
    write_or_null(w.key("updated_at"), rule.updated_at, write_time);
    w.end_object();
}

void write_proposal(json::Writer& w, const rights::Proposal& proposal) {
    w.begin_object();
    w.key("ID").integer(proposal.id);
    w.key("what").text(proposal.what);
    w.key("record_id").integer(proposal.record);
    w.key("due_on").text(format_date(proposal.due));
    w.key("state").text(rights::name_of(proposal.state).view());
    write_time(w.key("proposed_at"), proposal.proposed_at);
    write_or_null(w.key("decided_by"), proposal.decided_by,
                  [](json::Writer& to, std::int64_t account) { to.integer(account); });
    write_or_null(w.key("decided_at"), proposal.decided_at, write_time);
    write_or_null(w.key("finished_at"), proposal.finished_at, write_time);
    w.key("outcome").text_or_null(proposal.outcome);
    w.end_object();
}

Result<http::Response> read_rules(Call& call) {
    const auto rules = TRY(rights::RetentionRules::read(call.work.tx()));
    return list_reply(rules.all(), static_cast<std::int64_t>(rules.all().size()), true, write_rule);
}

Result<http::Response> read_proposals(Call& call) {
    const auto word = TRY(call.params.text("state", kWordCharacters));
    const auto state = word ? rights::parse_proposal_state(*word) : std::nullopt;
    if (word && !state) {
        return Error{Code::Invalid, "", "state"};
    }
    const auto paging = TRY(read_paging(call.params, kLimit));
    const auto page = TRY(rights::list_proposals(call.work.tx(), state, paging));
    return list_reply(page.proposals, page.total, true, write_proposal);
}

/// Who decides is recorded, so a token that names nobody decides nothing.
Result<std::int64_t> find_decider(const Call& call) {
    const auto account = call.who().account_if_any();
    if (!account) {
        return access::kNotPermitted;
    }
    return *account;
}

Result<http::Response> approve(Call& call) {
    const auto account = TRY(find_decider(call));
    std::int64_t approved = 1;
    if (TRY(call.params.boolean("all")).value_or(false)) {
        approved = TRY(rights::approve_all(call.work, account));
    } else {
        const auto id = TRY(call.params.integer("id", 1, kMaxNumber));
        if (!id) {
            return Error{Code::Invalid, "", "id"};
        }
        TRY(rights::decide_proposal(call.work, *id, rights::ProposalState::Approved, account));
    }
    Envelope envelope;
    envelope.writer().key("approved_count").integer(approved);
    return std::move(envelope).finish();
}

Result<http::Response> refuse_proposal(Call& call) {
    const auto account = TRY(find_decider(call));
    const auto id = TRY(call.params.integer("id", 1, kMaxNumber));
    if (!id) {
        return Error{Code::Invalid, "", "id"};
    }
    TRY(rights::decide_proposal(call.work, *id, rights::ProposalState::Refused, account));
    return done();
}

Result<http::Response> set_rule(Call& call) {
    const auto kind = rights::parse_kind(TRY(call.params.required_text("what", kWordCharacters)));
    if (!kind) {
        return Error{Code::Invalid, "", "what"};
    }
    const auto months = TRY(call.params.integer("months", 1, rights::kRetentionMonthsMost));
    if (!months) {
        return Error{Code::Invalid, "", "months"};
    }
    TRY(rights::set_retention_months(call.work, *kind, *months));
    return done();
}

/// Whoever looks after the instance does it within a second or two, a little at a time.
Result<http::Response> ask_for(Call& call, rights::Duty duty) {
    TRY(rights::ask_for(call.work, duty));
    return done();
}

}  // namespace

Result<http::Response> read_retention(Call& call) {
    return TRY(read_action(call.params, {"rules", "proposals"})) == 0 ? read_rules(call)
                                                                      : read_proposals(call);
}

Result<http::Response> post_retention(Call& call) {
    enum Action : std::size_t { Propose, Approve, Refuse, SetRule, RunApproved };
    switch (TRY(read_action(call.params, {"propose", "approve", "refuse", "set_rule", "run"}))) {
        case Propose:
            return ask_for(call, rights::Duty::Propose);
        case Approve:
            return approve(call);
        case Refuse:
            return refuse_proposal(call);
        case SetRule:
            return set_rule(call);
        default:
            return ask_for(call, rights::Duty::Run);
    }
}

}  // namespace tenantry::api::propops
