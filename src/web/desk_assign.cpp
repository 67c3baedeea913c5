#include "web/desk_assign.hpp"

#include <limits>

#include "api/services.hpp"
#include "web/desk_holding.hpp"
#include "web/format.hpp"

namespace tenantry::web {

namespace {

using housing::Officer;
using housing::Workload;

constexpr Place kHere = Place::Desk;
constexpr std::string_view kNobody = "nobody";

Result<HoldingPage> holding_of(Call& call, HoldingKind kind) {
    return find_holding(call, kind, TRY(uuid_of(call)));
}

/// The officer of that uuid; nothing for "nobody". NotFound: none such.
Result<std::optional<Officer>> officer_of(Call& call, const std::string& text) {
    if (text == kNobody) {
        return std::optional<Officer>{};
    }
    const auto uuid = Uuid::parse(text);
    if (!uuid) {
        return Error{Code::NotFound, "No such officer"};
    }
    return std::optional{TRY(housing::find_officer(call.work.tx(), call.work.keys(), *uuid))};
}

std::string name_of(const std::optional<Officer>& officer) {
    return officer ? officer->account.full_name() : "Nobody";
}
std::string word_of(const std::optional<Officer>& officer) {
    return officer ? officer->uuid.text() : std::string{kNobody};
}

View content_of(const HoldingPage& holding) {
    View content;
    content["name"] = View{holding.name};
    content["path"] = View{holding.path()};
    content["is_patch"] = flag(holding.kind == HoldingKind::Patch);
    content["holder"] = view_of({{"name", View{name_of(holding.holder)}},
                                 {"nobody", flag(!holding.holder)},
                                 {"left", flag(holding.holder && !holding.holder->active)}});
    return content;
}

std::string title_of(HoldingKind kind) {
    return kind == HoldingKind::Patch ? "Move a patch" : "Change an area’s manager";
}

std::vector<View> views_of(const std::vector<Candidate>& candidates, const HoldingPage& holding) {
    std::vector<View> views;
    views.reserve(candidates.size());
    for (const auto& one : candidates) {
        views.push_back(view_of({{"officer_name", View{one.name}},
                                 {"uuid", View{one.officer.text()}},
                                 {"has_now", View{one.has_now}},
                                 {"href", View{holding.path() + "/assign?officer=" + one.officer.text()}}}));
    }
    return views;
}

/// The page that asks who is to have it.
Result<http::Response> show_choice(Call& call, const HoldingPage& holding) {
    const auto visitor = TRY(visitor_of(call));
    const auto candidates = TRY(list_candidates(call, holding));
    View content = content_of(holding);
    set_list(content, "near", views_of(candidates.near, holding));
    set_list(content, "others", views_of(candidates.all, holding));
    content["vacate"] = holding.holder ? View{holding.path() + "/assign?officer=nobody"} : flag(false);
    return show(call, visitor,
                {.title = title_of(holding.kind),
                 .template_name = "desk_choice",
                 .content = std::move(content),
                 .place = kHere,
                 .back = holding.list()});
}

/// One line of the preview: what moves, and what either of them has before and after.
View row_of(const std::string& what, std::int64_t Workload::*count, const Workload& moves,
            const std::optional<Workload>& from, const std::optional<Workload>& to) {
    const auto change = [&](const std::optional<Workload>& has, std::int64_t by) {
        if (!has) {
            return flag(false);
        }
        return view_of(
            {{"now", View{say_number((*has).*count)}}, {"then", View{say_number((*has).*count + by)}}});
    };
    return view_of({{"what", View{what}},
                    {"moves", View{say_number(moves.*count)}},
                    {"from", change(from, -(moves.*count))},
                    {"to", change(to, moves.*count)}});
}

/// What moves with it, and what both have before and after.
Result<http::Response> show_preview(Call& call, const HoldingPage& holding,
                                    const std::optional<Officer>& to) {
    const auto visitor = TRY(visitor_of(call));
    const auto moves = TRY(moving_work(call, holding));
    std::optional<Workload> from_has;
    std::optional<Workload> to_has;
    if (holding.holder) {
        from_has = TRY(workload_of(call, holding.kind, *holding.holder));
    }
    if (to) {
        to_has = TRY(workload_of(call, holding.kind, *to));
    }
    View content = content_of(holding);
    content["to_name"] = View{name_of(to)};
    content["to_nobody"] = flag(!to);
    content["from_name"] = View{name_of(holding.holder)};
    content["has_from"] = flag(from_has.has_value());
    content["has_to"] = flag(to_has.has_value());
    content["officer"] = View{word_of(to)};
    content["version"] = View{std::to_string(holding.version)};
    const auto row = [&](const std::string& what, std::int64_t Workload::*count) {
        return row_of(what, count, moves, from_has, to_has);
    };
    set_list(content, "rows",
             {row("Homes", &Workload::homes), row("Present tenancies", &Workload::tenancies),
              row("Alerts at these homes", &Workload::alerts), row("Open interactions", &Workload::open),
              row("Of these, call-backs", &Workload::call_backs)});
    return show(call, visitor,
                {.title = title_of(holding.kind),
                 .template_name = "desk_preview",
                 .content = std::move(content),
                 .place = kHere,
                 .back = Link{holding.path() + "/assign", "Choose somebody else"}});
}

Result<http::Response> read_assign(Call& call, HoldingKind kind) {
    const auto holding = TRY(holding_of(call, kind));
    const std::string* chosen = call.params.given_text("officer");
    if (chosen == nullptr || chosen->empty()) {
        return show_choice(call, holding);
    }
    const auto to = TRY(officer_of(call, *chosen));
    if (word_of(to) == word_of(holding.holder) || (to && !to->active)) {
        return show_choice(call, holding);
    }
    return show_preview(call, holding, to);
}

Result<void> hand_over(audit::Work& work, HoldingKind kind, const housing::Handover& handover) {
    if (kind == HoldingKind::Patch) {
        TRY(housing::hand_over_patch(work, handover));
    } else {
        TRY(housing::hand_over_manager_area(work, handover));
    }
    return {};
}

/// What was seen is no more: who has it now.
Result<http::Response> show_moved_meanwhile(Call& call, HoldingKind kind) {
    const auto visitor = TRY(visitor_of(call));
    const auto holding = TRY(holding_of(call, kind));
    return show(call, visitor,
                {.title = "Changed meanwhile",
                 .template_name = "desk_conflict",
                 .content = content_of(holding),
                 .place = kHere,
                 .back = holding.list(),
                 .status = 409});
}

Result<http::Response> post_assign(Call& call, HoldingKind kind) {
    const auto before = TRY(holding_of(call, kind));
    const std::string* chosen = call.params.given_text("officer");
    const auto version = TRY(call.params.integer("version", 1, std::numeric_limits<std::int64_t>::max()));
    if (chosen == nullptr || !version) {
        return Error{Code::Invalid, "Who is to have it is missing"};
    }
    const auto to = TRY(officer_of(call, *chosen));
    const auto posting = housing::find_posting(call.work.tx(), call.who().account);
    housing::Handover handover{.of = before.uuid, .version = *version, .to = {}, .by = {}};
    if (to) {
        handover.to = to->uuid;
    }
    if (posting.ok()) {
        handover.by = posting->officer_uuid;
    }
    const auto done = hand_over(call.work, kind, handover);
    if (!done.ok() && done.error().code == Code::Conflict) {
        return show_moved_meanwhile(call, kind);
    }
    TRY(done);
    return go_to(before.path() + "/assigned?from=" + word_of(before.holder));
}

Result<http::Response> read_assigned(Call& call, HoldingKind kind) {
    const auto visitor = TRY(visitor_of(call));
    const auto holding = TRY(holding_of(call, kind));
    const std::string* from = call.params.given_text("from");
    const auto before = TRY(officer_of(call, from != nullptr ? *from : std::string{kNobody}));
    View content = content_of(holding);
    content["before"] = View{name_of(before)};
    const bool can_return = word_of(before) != word_of(holding.holder) && (!before || before->active);
    content["undo"] = can_return ? View{holding.path() + "/assign?officer=" + word_of(before)} : flag(false);
    content["before_nobody"] = flag(!before);
    content["list"] = view_of({{"href", View{holding.list().href}}, {"text", View{holding.list().text}}});
    const bool may_not =
        kind == HoldingKind::ManagerArea && holding.holder && holding.holder->account.role.name == "officer";
    content["needs_role"] = flag(may_not);
    return show(call, visitor,
                {.title = kind == HoldingKind::Patch ? "Patch moved" : "Manager changed",
                 .template_name = "desk_assigned",
                 .content = std::move(content),
                 .place = kHere});
}

}  // namespace

Result<http::Response> read_assign_patch(Call& call) {
    return read_assign(call, HoldingKind::Patch);
}
Result<http::Response> post_assign_patch(Call& call) {
    return post_assign(call, HoldingKind::Patch);
}
Result<http::Response> read_patch_assigned(Call& call) {
    return read_assigned(call, HoldingKind::Patch);
}
Result<http::Response> read_assign_area(Call& call) {
    return read_assign(call, HoldingKind::ManagerArea);
}
Result<http::Response> post_assign_area(Call& call) {
    return post_assign(call, HoldingKind::ManagerArea);
}
Result<http::Response> read_area_assigned(Call& call) {
    return read_assigned(call, HoldingKind::ManagerArea);
}

}  // namespace tenantry::web
