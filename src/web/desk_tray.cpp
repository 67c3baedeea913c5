#include "web/desk_tray.hpp"

#include <algorithm>
#include <array>

#include "register/area_tray.hpp"
#include "web/format.hpp"
#include "web/interaction_row.hpp"
#include "web/paging.hpp"

namespace tenantry::web {

namespace {

using housing::PatchEntry;

constexpr int kClosedLatelyDays = 14;
constexpr std::string_view kManager = "manager";
constexpr std::string_view kNobody = "nobody";

/// What was chosen. Empty: everything, or the first of the choices.
struct Filters {
    std::string show;
    std::string patch;
    std::string officer;
    std::string age;
    std::string sort;
    bool call_backs = false;

    [[nodiscard]] bool any() const {
        const auto all = texts();
        return call_backs ||
               std::any_of(all.begin(), all.end(), [](const auto& one) { return !one.second->empty(); });
    }
    /// For the links to other pages of the list.
    [[nodiscard]] std::string query() const {
        std::string query;
        for (const auto& [name, text] : texts()) {
            query += text->empty() ? "" : std::string{name} + "=" + *text + "&";
        }
        return query + (call_backs ? "only.calls=yes&" : "");
    }

  private:
    [[nodiscard]] std::array<std::pair<std::string_view, const std::string*>, 5> texts() const {
        return {{{"show", &show}, {"patch", &patch}, {"officer", &officer}, {"age", &age}, {"sort", &sort}}};
    }
};

std::vector<Option> options_of_patches(const Desk& desk) {
    std::vector<Option> options{{"", "All"}, {std::string{kManager}, "With the manager"}};
    for (const auto& patch : desk.patches) {
        options.push_back({patch.uuid.text(), patch.name});
    }
    return options;
}

/// The officers of the area's patches by name, and nobody where a patch has none.
std::vector<Option> options_of_officers(const Desk& desk) {
    std::vector<Option> officers;
    bool some_vacant = false;
    for (const auto& patch : desk.patches) {
        some_vacant = some_vacant || !patch.officer;
        const std::string uuid = patch.officer_uuid ? patch.officer_uuid->text() : std::string{};
        if (patch.officer && std::none_of(officers.begin(), officers.end(),
                                          [&](const Option& one) { return one.value == uuid; })) {
            officers.push_back({uuid, desk.officers.name_of(patch.officer)});
        }
    }
    std::sort(officers.begin(), officers.end(),
              [](const Option& a, const Option& b) { return a.label < b.label; });
    officers.insert(officers.begin(), {"", "All"});
    if (some_vacant) {
        officers.push_back({std::string{kNobody}, "Nobody"});
    }
    return officers;
}

Filters add_filters(Form& form, const Desk& desk) {
    Filters filters;
    filters.show = form.select({.name = "show",
                                .label = "Show",
                                .options = {{"", "Open"}, {"closed", "Closed in the last 14 days"}}})
                       .value_or("");
    filters.patch =
        form.select({.name = "patch", .label = "Patch", .options = options_of_patches(desk)}).value_or("");
    filters.officer =
        form.select({.name = "officer", .label = "Officer", .options = options_of_officers(desk)})
            .value_or("");
    filters.age = form.select({.name = "age",
                               .label = "Logged",
                               .options = {{"", "At any time"},
                                           {"7", "More than 7 days ago"},
                                           {"14", "More than 14 days ago"},
                                           {"28", "More than 28 days ago"},
                                           {"90", "More than 90 days ago"}}})
                      .value_or("");
    filters.sort = form.select({.name = "sort",
                                .label = "Sort by",
                                .options = {{"", "Oldest first"},
                                            {"newest", "Newest first"},
                                            {"patch", "Patch"},
                                            {"officer", "Officer"}}})
                       .value_or("");
    filters.call_backs =
        !form.checkboxes({.name = "only", .label = "Call-backs", .options = {{"calls", "Only call-backs"}}})
             .empty();
    return filters;
}

bool passes(const PatchEntry& patch, const Filters& filters) {
    const std::string officer = patch.officer_uuid ? patch.officer_uuid->text() : std::string{kNobody};
    return (filters.patch.empty() || filters.patch == patch.uuid.text()) &&
           (filters.officer.empty() || filters.officer == officer);
}

housing::AreaTray tray_of(const Filters& filters, const Desk& desk, Instant now) {
    auto patches = desk.patches;
    if (filters.sort == "officer") {
        std::stable_sort(patches.begin(), patches.end(), [&](const PatchEntry& a, const PatchEntry& b) {
            return desk.officers.name_of(a.officer) < desk.officers.name_of(b.officer);
        });
    }
    housing::AreaTray tray;
    for (const auto& patch : patches) {
        if (passes(patch, filters)) {
            tray.patches.push_back(patch.id);
        }
    }
    const bool of_manager = filters.officer.empty() && (filters.patch.empty() || filters.patch == kManager);
    tray.of_manager = of_manager ? std::optional{desk.area.id} : std::nullopt;
    if (filters.show == "closed") {
        tray.closed_since = now - std::chrono::days{kClosedLatelyDays};
    }
    if (!filters.age.empty()) {
        tray.logged_by = now - std::chrono::days{std::stoi(filters.age)};
    }
    tray.only_call_backs = filters.call_backs;
    tray.by_patch = filters.sort == "patch" || filters.sort == "officer";
    tray.newest_first = filters.sort == "newest";
    return tray;
}

}  // namespace

Result<void> show_tray_in(View& view, Form& form, Call& call, const Desk& desk) {
    const auto filters = add_filters(form, desk);
    const auto page = TRY(asked_page(call));
    auto tray = tray_of(filters, desk, call.work.now());
    tray.paging = page.paging();
    const auto found = TRY(housing::find_in_area_tray(call.work.tx(), tray));
    const auto items = TRY(housing::read_tray_items(call.work, found.ids));
    show_interactions_in(view, items, ShowHolder::Yes, call.work.now());
    show_paging_in(view, "/desk?area=" + desk.area.uuid.text() + "&" + filters.query(), page,
                   page.is_followed(found.total));
    view["found"] = View{(found.total_is_exact ? "" : "More than ") +
                         say_count(found.total, "interaction", "interactions")};
    view["is_filtered"] = flag(filters.any());
    return {};
}

}  // namespace tenantry::web
