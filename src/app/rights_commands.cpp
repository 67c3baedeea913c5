#include "app/rights_commands.hpp"

#include <fmt/format.h>

#include "access/account.hpp"
#include "base/ascii.hpp"
#include "rights/erasure.hpp"
#include "rights/period.hpp"
#include "rights/retention.hpp"
#include "rights/upkeep.hpp"

namespace tenantry::app {

namespace {

constexpr std::int64_t kListed = 500;  // proposals that are read at a time

std::string plural(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

Result<std::int64_t> read_number(std::string_view text, Literal option) {
    const auto number = parse_whole<std::int64_t>(text);
    return number ? Result<std::int64_t>{*number} : Error{Code::Invalid, "is a whole number", option};
}

Result<Id<housing::Person>> find_person(db::Transaction& tx, const Command& command) {
    const auto uuid = Uuid::parse(command.option("person"));
    if (!uuid) {
        return Error{Code::Invalid, "is a uuid", "--person"};
    }
    return housing::find_person_id(tx, *uuid);
}

void print(Output& output, const rights::ErasurePlan& plan, std::string_view goes) {
    for (const auto& [table, counts] : plan.goes.tables()) {
        if (counts.erased > 0) {
            output.line(fmt::format("{}: {} {}", table, counts.erased, goes));
        }
        if (counts.pseudonymised > 0) {
            output.line(fmt::format("{}: {} left with nothing personal", table, counts.pseudonymised));
        }
    }
    for (const rights::Kept& kept : plan.kept) {
        std::string why;
        for (const rights::Reason& reason : kept.reasons) {
            why += fmt::format("{}{}", why.empty() ? "" : "; ", rights::text_of(reason.because).view());
            if (reason.until) {
                why += fmt::format(" before {}", format_date(*reason.until));
            }
        }
        output.line(fmt::format("{}: {} stays: {}", kept.table, kept.rows, why));
    }
}

rights::Upkeep upkeep_of(Instance& instance) {
    return {instance.database(), instance.keys(), instance.clock()};
}

/// All of a state, as lines.
int list_state(Instance& instance, Output& output, rights::ProposalState state) {
    for (std::int64_t offset = 0;; offset += kListed) {
        const auto page = instance.read([&](db::Transaction& tx) {
            return rights::list_proposals(tx, state, {kListed, offset});
        });
        if (!page.ok()) {
            return fail(output, page.error());
        }
        for (const rights::Proposal& one : page->proposals) {
            output.line(fmt::format("{:>8}  {:<9}  {:<11}  {:>10}  due {}", one.id,
                                    rights::name_of(one.state).view(), one.what, one.record,
                                    format_date(one.due)));
        }
        if (page->proposals.empty()) {
            return kDone;
        }
    }
}

Result<std::int64_t> find_decider(audit::Work& work, const Command& command) {
    const auto found = access::find_account_by_login(work.tx(), work.keys(), command.option("by"));
    if (!found.ok()) {
        return Error{found.error().code, "is the e-mail of no account", "--by"};
    }
    if (found->status != access::AccountStatus::Active || found->type != access::AccountType::Staff) {
        return Error{Code::Forbidden, "is no active member of staff", "--by"};
    }
    const auto held = TRY(access::permissions_of(work.tx(), found->id, found->role.id));
    if (std::find(held.begin(), held.end(), access::Permission::RetentionManage) == held.end()) {
        return Error{Code::Forbidden, "may not decide on retention", "--by"};
    }
    work.set_actor({found->id, {}});
    return found->id;
}

Result<void> set_rule(Instance& instance, std::string_view wish) {
    const auto sign = wish.find('=');
    const auto kind = rights::parse_kind(wish.substr(0, sign));
    if (sign == std::string_view::npos || !kind) {
        return Error{Code::Invalid, "is WHAT=MONTHS, as in job=72", "--set"};
    }
    const auto months = TRY(read_number(wish.substr(sign + 1), "--set"));
    return instance.write(
        [&](audit::Work& work) { return rights::set_retention_months(work, *kind, months); });
}

}  // namespace

int preview_erasure(Instance& instance, const Command& command, Output& output) {
    const auto plan = instance.write([&](audit::Work& work) -> Result<rights::ErasurePlan> {
        const auto person = TRY(find_person(work.tx(), command));
        TRY(work.read(
            {.action = "tenant.erasure_previewed", .resource = person.value, .person = person.value}));
        return rights::plan_erasure(work, person);
    });
    if (!plan.ok()) {
        return fail(output, plan.error());
    }
    print(output, *plan, "would go");
    return kDone;
}

int run_erasure(Instance& instance, const Command& command, Output& output) {
    const auto ground = rights::parse_ground(command.option("ground"));
    if (!ground) {
        return fail(output, {Code::Invalid, "is a letter from a to f", "--ground"});
    }
    const auto requested_on = parse_date(command.option("requested-on"));
    if (!requested_on || *requested_on > rights::day_of(instance.clock().now())) {
        return fail(output, {Code::Invalid, "is a day that was, as 2026-11-25", "--requested-on"});
    }
    rights::ErasurePlan plan;
    const auto erased = instance.write([&](audit::Work& work) -> Result<void> {
        const auto person = TRY(find_person(work.tx(), command));
        plan = TRY(rights::plan_erasure(work, person));
        TRY(rights::erase_person(work, person, *ground, *requested_on));
        return {};
    });
    if (!erased.ok()) {
        print(output, plan, "would go");
        return fail(output, erased.error());
    }
    print(output, plan, "erased");
    const auto clean = upkeep_of(instance).do_duties([] { return false; });
    if (!clean.ok()) {
        output.error("traces of it are still in the files; they go when no reader is in the way");
        return fail(output, clean.error());
    }
    return kDone;
}

int show_retention_rules(Instance& instance, const Command& command, Output& output) {
    if (const auto wish = command.option("set"); !wish.empty()) {
        const auto set = set_rule(instance, wish);
        if (!set.ok()) {
            return fail(output, set.error());
        }
    }
    const auto rules = instance.read([](db::Transaction& tx) { return rights::RetentionRules::read(tx); });
    if (!rules.ok()) {
        return fail(output, rules.error());
    }
    for (const rights::RetentionRule& rule : rules->all()) {
        output.line(fmt::format("{:<11}  {:>4} months after {}", rights::name_of(rule.kind).view(),
                                rule.months, rule.since));
        output.line(fmt::format("             {}", rule.why));
    }
    return kDone;
}

int propose_retention(Instance& instance, const Command& /*command*/, Output& output) {
    const auto proposed = upkeep_of(instance).propose();
    if (!proposed.ok()) {
        return fail(output, proposed.error());
    }
    const int code = list_state(instance, output, rights::ProposalState::Proposed);
    output.line(plural(*proposed, "new proposal", "new proposals"));
    return code;
}

int list_retention(Instance& instance, const Command& /*command*/, Output& output) {
    const int code = list_state(instance, output, rights::ProposalState::Proposed);
    return code == kDone ? list_state(instance, output, rights::ProposalState::Approved) : code;
}

int approve_retention(Instance& instance, const Command& command, Output& output) {
    const bool all = !command.option("all").empty();
    if (all != command.option("id").empty()) {
        return fail(output, {Code::Invalid, "give either --id or --all", "--id"});
    }
    const auto approved = instance.write([&](audit::Work& work) -> Result<std::int64_t> {
        const auto by = TRY(find_decider(work, command));
        if (all) {
            return rights::approve_all(work, by);
        }
        const auto id = TRY(read_number(command.option("id"), "--id"));
        TRY(rights::decide_proposal(work, id, rights::ProposalState::Approved, by));
        return std::int64_t{1};
    });
    if (!approved.ok()) {
        return fail(output, approved.error());
    }
    output.line(plural(*approved, "proposal approved", "proposals approved"));
    return kDone;
}

int refuse_retention(Instance& instance, const Command& command, Output& output) {
    const auto refused = instance.write([&](audit::Work& work) -> Result<void> {
        const auto by = TRY(find_decider(work, command));
        const auto id = TRY(read_number(command.option("id"), "--id"));
        return rights::decide_proposal(work, id, rights::ProposalState::Refused, by);
    });
    if (!refused.ok()) {
        return fail(output, refused.error());
    }
    output.line("1 proposal refused");
    return kDone;
}

int run_retention(Instance& instance, const Command& /*command*/, Output& output) {
    const auto carried = upkeep_of(instance).run();
    if (!carried.ok()) {
        return fail(output, carried.error());
    }
    output.line(
        fmt::format("{} erased, {} not, because of what is known today", carried->erased, carried->stayed));
    return kDone;
}

}  // namespace tenantry::app
