#include "web/records_retention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/ascii.hpp"
#include "register/uuids.hpp"
#include "rights/duty.hpp"
#include "rights/retention.hpp"
#include "web/format.hpp"
#include "web/paging.hpp"
#include "web/records.hpp"
#include "web/retention_words.hpp"

namespace tenantry::web {

namespace {

using rights::Proposal;
using rights::ProposalState;

constexpr std::string_view kPath = "/records/retention";
/// Each proposal that is chosen is a field of its own.
constexpr std::string_view kChosenPrefix = "proposal.";

struct StateWords {
    ProposalState state;
    std::string_view title;
    std::string_view empty;
};
constexpr StateWords kStates[] = {
    {ProposalState::Proposed, "Waiting",
     "Nothing waits for your decision. Find what is due now, or come back in a month."},
    {ProposalState::Approved, "Approved", "Nothing is approved that was not removed yet."},
    {ProposalState::CarriedOut, "Removed", "Nothing was removed yet."},
    {ProposalState::Refused, "Kept", "Nothing that was proposed was kept."},
};

Result<std::vector<View>> states_view(db::Transaction& tx, ProposalState here) {
    std::vector<View> states;
    for (const auto& words : kStates) {
        const auto count = TRY(rights::count_proposals(tx, words.state));
        states.push_back(
            view_of({{"href", View{fmt::format("{}?state={}", kPath, rights::name_of(words.state).view())}},
                     {"text", View{fmt::format("{} ({})", words.title, say_number(count))}},
                     {"here", flag(words.state == here)}}));
    }
    return states;
}

/// Where the records of proposals are shown, where they have a page.
struct Places {
    housing::Uuids people;
    housing::Uuids tenancies;

    [[nodiscard]] std::optional<std::string> of(const Proposal& proposal) const {
        const bool is_person = proposal.what == rights::name_of(rights::Kind::Person).view();
        const bool is_tenancy = proposal.what == rights::name_of(rights::Kind::Tenancy).view();
        const auto& uuids = is_person ? people : tenancies;
        const auto found = uuids.find(proposal.record);
        if ((!is_person && !is_tenancy) || found == uuids.end()) {
            return std::nullopt;
        }
        return (is_person ? "/people/" : "/tenancies/") + found->second.text();
    }
};

Result<Places> find_places(db::Transaction& tx, const std::vector<Proposal>& proposals) {
    housing::PageOfIds people;
    housing::PageOfIds tenancies;
    for (const auto& one : proposals) {
        const auto kind = rights::parse_kind(one.what);
        if (kind == rights::Kind::Person) {
            people.ids.push_back(one.record);
        } else if (kind == rights::Kind::Tenancy) {
            tenancies.ids.push_back(one.record);
        }
    }
    auto people_uuids = TRY(housing::find_person_uuids(tx, people));
    auto tenancy_uuids = TRY(housing::find_tenancy_uuids(tx, tenancies));
    return Places{std::move(people_uuids), std::move(tenancy_uuids)};
}

View view_of_proposal(const Proposal& one, const Places& places, const rights::RetentionRules& rules) {
    const auto kind = rights::parse_kind(one.what);
    std::string why;
    if (kind) {
        const auto& rule = rules.of(*kind);
        why = fmt::format("{} since the {}", say_months(rule.months), rule.since);
    }
    const std::string end = one.outcome                           ? say_outcome(*one.outcome)
                            : one.state == ProposalState::Refused ? "Kept by decision"
                                                                  : "";
    return view_of({{"id", View{std::to_string(one.id)}},
                    {"name", View{fmt::format("{} {}", say_kind(one.what), one.record)}},
                    {"href", text_or_none(places.of(one))},
                    {"due", View{say_date(one.due)}},
                    {"why", View{why}},
                    {"end", text_or_none(end)},
                    {"when", text_or_none(one.finished_at  ? std::optional{say_time(*one.finished_at)}
                                          : one.decided_at ? std::optional{say_time(*one.decided_at)}
                                                           : std::nullopt)}});
}

/// The proposals that the form names.
housing::PageOfIds chosen(const Call& call) {
    housing::PageOfIds ids;
    for (const auto& [name, value] : call.params.given_texts()) {
        if (!name.starts_with(kChosenPrefix)) {
            continue;
        }
        if (const auto id = parse_whole<std::int64_t>(name.substr(kChosenPrefix.size()))) {
            ids.ids.push_back(*id);
        }
    }
    constexpr std::size_t kMost = 50;  // as many as a page shows
    ids.ids.resize(std::min(ids.ids.size(), kMost));
    return ids;
}

/// Asks once more, with how many of each kind it would be.
Result<http::Response> confirm_decision(Call& call, const std::vector<Proposal>& proposals, bool approve) {
    const auto visitor = TRY(visitor_of(call));
    std::map<rights::Kind, std::int64_t> counts;
    std::vector<View> ids;
    ids.reserve(proposals.size());
    for (const auto& one : proposals) {
        ids.push_back(view_of({{"id", View{std::to_string(one.id)}}}));
        if (const auto kind = rights::parse_kind(one.what)) {
            ++counts[*kind];
        }
    }
    std::vector<View> kinds;
    kinds.reserve(counts.size());
    for (const auto& [kind, count] : counts) {
        kinds.push_back(view_of({{"text", View{say_records(kind, count)}}}));
    }
    View content;
    content["approve"] = flag(approve);
    set_list(content, "kinds", std::move(kinds));
    set_list(content, "proposals", std::move(ids));
    return show_records(call, visitor, RecordsPart::Retention,
                        {.title = approve ? "Approve removal" : "Keep records",
                         .template_name = "records_retention_confirm",
                         .content = std::move(content),
                         .back = Link{std::string{kPath}, "Retention"}});
}

}  // namespace

Result<http::Response> read_retention(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const std::string* name = call.params.given_text("state");
    const auto state = name != nullptr ? rights::parse_proposal_state(*name) : ProposalState::Proposed;
    if (!state) {
        return Error{Code::NotFound, "No such state"};
    }
    const auto asked = TRY(asked_page(call));
    auto& tx = call.work.tx();
    const auto page = *state == ProposalState::Proposed
                          ? TRY(rights::list_proposals(tx, state, asked.paging()))
                          : TRY(rights::list_newest_proposals(tx, *state, asked.paging()));
    const auto places = TRY(find_places(tx, page.proposals));
    const auto rules = TRY(rights::RetentionRules::read(tx));
    std::vector<View> rows;
    for (const auto& one : page.proposals) {
        rows.push_back(view_of_proposal(one, places, rules));
    }
    View content;
    set_list(content, "states", TRY(states_view(tx, *state)));
    set_list(content, "rows", std::move(rows));
    for (const auto& words : kStates) {
        if (words.state == *state) {
            content["title"] = View{std::string{words.title}};
            content["empty"] = View{std::string{words.empty}};
        }
    }
    content["waiting"] = flag(*state == ProposalState::Proposed);
    content["approved"] = flag(*state == ProposalState::Approved);
    content["more"] = flag(*state == ProposalState::Proposed && page.total > 1);
    show_paging_in(content, fmt::format("{}?state={}&", kPath, rights::name_of(*state).view()), asked,
                   asked.is_followed(page.total));
    return show_records(
        call, visitor, RecordsPart::Retention,
        {.title = "Retention", .template_name = "records_retention", .content = std::move(content)});
}

Result<http::Response> propose_retention(Call& call) {
    TRY(rights::ask_for(call.work, rights::Duty::Propose));
    return go_to(std::string{kPath}, "retention-wanted");
}

Result<http::Response> run_retention(Call& call) {
    TRY(rights::ask_for(call.work, rights::Duty::Run));
    return go_to(fmt::format("{}?state=approved", kPath), "retention-run-wanted");
}

Result<http::Response> decide_retention(Call& call) {
    const std::string* decision = call.params.given_text("decision");
    const bool approve = decision != nullptr && *decision == "approve";
    if (!approve && (decision == nullptr || *decision != "keep")) {
        return Error{Code::Invalid, "", "decision"};
    }
    const auto ids = chosen(call);
    const auto waiting = TRY(rights::list_waiting_of(call.work.tx(), ids));
    if (waiting.empty()) {
        return go_to(std::string{kPath}, "retention-none");
    }
    if (!TRY(call.params.boolean("sure")).value_or(false)) {
        return confirm_decision(call, waiting, approve);
    }
    TRY(rights::decide_proposals(call.work, ids, approve ? ProposalState::Approved : ProposalState::Refused,
                                 call.who().account));
    return go_to(std::string{kPath}, approve ? "retention-approved" : "retention-kept");
}

Result<http::Response> read_approve_all(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto waiting = TRY(rights::count_proposals(call.work.tx(), ProposalState::Proposed));
    if (waiting == 0) {
        return go_to(std::string{kPath}, "retention-none");
    }
    View content;
    content["waiting"] = View{say_count(waiting, "record", "records")};
    return show_records(call, visitor, RecordsPart::Retention,
                        {.title = "Approve all",
                         .template_name = "records_retention_all",
                         .content = std::move(content),
                         .back = Link{std::string{kPath}, "Retention"}});
}

Result<http::Response> approve_all_retention(Call& call) {
    TRY(rights::approve_all(call.work, call.who().account));
    return go_to(std::string{kPath}, "retention-approved");
}

}  // namespace tenantry::web
