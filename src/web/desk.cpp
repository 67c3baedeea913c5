#include "web/desk.hpp"

#include <array>
#include <span>

#include "web/chart.hpp"
#include "web/desk_tray.hpp"
#include "web/format.hpp"
#include "web/paging.hpp"

namespace tenantry::web {

namespace {

using housing::ManagedArea;
using housing::PatchWorkload;

constexpr Place kHere = Place::Desk;

/// Of some patches' work, with the links of each into the tray.
std::vector<View> rows_of(const std::vector<PatchWorkload>& patches, const Desk& desk, Instant now) {
    std::vector<View> rows;
    for (const auto& patch : patches) {
        const std::string path = "/desk?area=" + desk.area.uuid.text() + "&patch=" + patch.uuid.text();
        View row;
        row["patch"] = View{patch.name};
        row["holder"] = desk.officers.view_of(patch.officer);
        row["open_href"] = View{path + "#tray"};
        row["call_backs_href"] = View{path + "&only.calls=yes#tray"};
        row["assign"] = View{"/desk/patches/" + patch.uuid.text() + "/assign"};
        show_workload_in(row, patch.work, now);
        row["any_open"] = flag(patch.work.open > 0);
        row["any_call_backs"] = flag(patch.work.call_backs > 0);
        rows.push_back(std::move(row));
    }
    return rows;
}

View chart_of(const std::vector<PatchWorkload>& patches, const housing::Workload& with_manager) {
    BarChart chart{.id = "open-work",
                   .title = "Open interactions of each patch",
                   .description = "The table below has the same numbers.",
                   .bars = {}};
    const auto add = [&](std::string label, std::int64_t open) {
        chart.bars.push_back({std::move(label), open, say_count(open, "open", "open")});
    };
    for (const auto& patch : patches) {
        add(patch.name, patch.work.open);
    }
    add("With the manager", with_manager.open);
    return bar_chart(chart);
}

Result<Desk> desk_of(Call& call, ManagedArea area) {
    Desk desk{std::move(area), {}, {}};
    desk.patches = TRY(housing::list_patches(call.work.tx(), desk.area.id));
    std::set<Id<housing::Officer>> holders;
    add_holders(holders, desk.patches);
    add_holders(holders, std::array{desk.area});
    desk.officers = TRY(OfficersByNumber::find(call.work, holders));
    return desk;
}

/// What the pages about an area begin with.
View head_of(const Visitor& visitor, DeskPart part, const Desk& desk) {
    View content;
    show_desk_parts_in(content, visitor, part, &desk.area);
    content["area"] = View{desk.area.name};
    content["area_uuid"] = View{desk.area.uuid.text()};
    content["holder"] = desk.officers.view_of(desk.area.officer);
    content["moves"] = flag(part == DeskPart::Patches);
    content["with_manager"] = flag(false);
    content["assign_area"] = View{"/desk/areas/" + desk.area.uuid.text() + "/assign"};
    return content;
}

}  // namespace

Result<http::Response> read_desk(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    auto area = TRY(chosen_area(call));
    if (!area) {
        return go_to("/desk/areas");
    }
    const auto desk = TRY(desk_of(call, std::move(*area)));
    auto& tx = call.work.tx();
    View content = head_of(visitor, DeskPart::Work, desk);
    const auto page = TRY(housing::list_patch_workloads(tx, desk.area.id, {kPageOfList, 0}));
    const auto with_manager = TRY(housing::count_with_manager(tx, desk.area.id));
    content["more_patches"] = text_or_none(
        page.total > kPageOfList ? std::optional{say_count(page.total, "patch", "patches")} : std::nullopt);
    content["chart"] = chart_of(page.patches, with_manager);
    set_list(content, "patches", rows_of(page.patches, desk, call.work.now()));
    View manager;
    show_workload_in(manager, with_manager, call.work.now());
    manager["open_href"] = View{"/desk?area=" + desk.area.uuid.text() + "&patch=manager#tray"};
    content["with_manager"] = std::move(manager);
    Form form{call.params};
    const bool shows_tray = visitor.may(access::Permission::InteractionsView);
    content["tray"] = flag(shows_tray);
    if (shows_tray) {
        TRY(show_tray_in(content, form, call, desk));
    }
    return show(call, visitor,
                {.title = "Manager’s desk",
                 .template_name = "desk",
                 .content = std::move(content),
                 .place = kHere,
                 .form = &form});
}

Result<http::Response> read_desk_patches(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    auto area = TRY(chosen_area(call));
    if (!area) {
        return go_to("/desk/areas");
    }
    const auto page = TRY(asked_page(call));
    const auto desk = TRY(desk_of(call, std::move(*area)));
    const auto found = TRY(housing::list_patch_workloads(call.work.tx(), desk.area.id, page.paging()));
    View content = head_of(visitor, DeskPart::Patches, desk);
    set_list(content, "patches", rows_of(found.patches, desk, call.work.now()));
    show_paging_in(content, "/desk/patches?area=" + desk.area.uuid.text() + "&", page,
                   page.is_followed(found.total));
    return show(
        call, visitor,
        {.title = "Patches", .template_name = "desk_patches", .content = std::move(content), .place = kHere});
}

Result<http::Response> read_desk_areas(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto page = TRY(asked_page(call));
    const auto all = TRY(housing::list_managed_areas(call.work.tx()));
    const auto slice = slice_of(page, all.size());
    const auto shown = std::span{all}.subspan(slice.begin, slice.end - slice.begin);
    std::set<Id<housing::Officer>> holders;
    add_holders(holders, shown);
    const auto officers = TRY(OfficersByNumber::find(call.work, holders));
    std::vector<View> rows;
    rows.reserve(shown.size());
    for (const auto& area : shown) {
        rows.push_back(view_of({{"area", View{area.name}},
                                {"office", View{area.area_name}},
                                {"href", View{"/desk?area=" + area.uuid.text()}},
                                {"holder", officers.view_of(area.officer)},
                                {"patches", View{say_number(area.patches)}},
                                {"assign", View{"/desk/areas/" + area.uuid.text() + "/assign"}}}));
    }
    View content;
    show_desk_parts_in(content, visitor, DeskPart::Areas, nullptr);
    set_list(content, "areas", std::move(rows));
    show_paging_in(content, "/desk/areas?", page, slice.has_more);
    return show(call, visitor,
                {.title = "Managers’ areas",
                 .template_name = "desk_areas",
                 .content = std::move(content),
                 .place = kHere});
}

}  // namespace tenantry::web
