#include "web/search.hpp"

#include "api/services.hpp"
#include "register/find.hpp"
#include "web/format.hpp"
#include "web/interaction_row.hpp"

namespace tenantry::web {

namespace {

using access::Permission;

constexpr std::size_t kTypedMost = 200;

View view_of_person(const housing::PersonLine& line) {
    View view = view_of_person_line(line);
    view["tenancy"] = line.tenancy ? View{"/tenancies/" + line.tenancy->text()} : flag(false);
    view["tag"] = text_or_none(line.tag_reference);
    return view;
}

View view_of_home(const housing::FoundHome& home) {
    return view_of(
        {{"href", View{"/homes/" + home.uuid.text()}},
         {"address", View{home.address}},
         {"uprn", text_or_none(home.uprn ? std::optional{std::to_string(*home.uprn)} : std::nullopt)},
         {"alert", flag(false)},
         {"home_alert", flag(home.alert)}});
}

std::string say_state(const housing::FoundTenancy& tenancy) {
    if (tenancy.present) {
        return tenancy.start_on ? "Since " + say_date(*tenancy.start_on) : "Present tenancy";
    }
    return tenancy.end_on ? "Ended on " + say_date(*tenancy.end_on) : "Not a present tenancy";
}

View view_of_tenancy(const housing::FoundTenancy& tenancy) {
    return view_of({{"href", View{"/tenancies/" + tenancy.uuid.text()}},
                    {"tag", View{tenancy.tag_reference}},
                    {"payment", text_or_none(tenancy.payment_reference)},
                    {"state", View{say_state(tenancy)}},
                    {"home", tenancy.home ? View{"/homes/" + tenancy.home->text()} : flag(false)},
                    {"address", text_or_none(tenancy.address)},
                    {"alert", flag(false)},
                    {"home_alert", flag(tenancy.alert)}});
}

template <class Item, class ViewOf>
void set_group(View& content, const std::string& name, const housing::FoundOf<Item>& found, ViewOf view) {
    std::vector<View> rows;
    rows.reserve(found.items.size());
    for (const auto& item : found.items) {
        rows.push_back(view(item));
    }
    set_list(content, name, std::move(rows));
    content["more_" + name] = flag(found.has_more);
}

template <class Item>
void say_found(std::string& said, const housing::FoundOf<Item>& found, std::string_view one,
               std::string_view many) {
    if (found.items.empty()) {
        return;
    }
    if (!said.empty()) {
        said += ", ";
    }
    said += say_count(static_cast<std::int64_t>(found.items.size()), one, many);
    if (found.has_more) {
        said += " and more";
    }
}

/// "3 people, 1 home"
std::string say_all(const housing::Found& found) {
    std::string said;
    say_found(said, found.people, "person", "people");
    say_found(said, found.homes, "home", "homes");
    say_found(said, found.tenancies, "tenancy", "tenancies");
    say_found(said, found.cases, "case", "cases");
    return said.empty() ? "Nothing found" : said;
}

View view_of_found(const housing::Found& found, Instant now) {
    View content;
    content["found"] = View{say_all(found)};
    const bool too_many = found.empty() && (found.people.has_more || found.homes.has_more);
    content["too_many"] = flag(too_many);
    content["nothing"] = flag(found.empty() && !found.too_short && !too_many);
    content["too_short"] = flag(found.too_short);
    content["nothing_typed"] = flag(false);
    set_group(content, "people", found.people, view_of_person);
    set_group(content, "homes", found.homes, view_of_home);
    set_group(content, "tenancies", found.tenancies, view_of_tenancy);
    show_interactions_in(content, found.cases.items, ShowHolder::Yes, now);
    content["more_cases"] = flag(found.cases.has_more);
    return content;
}

View view_of_nothing_typed() {
    View content = view_of_found({}, {});
    content["found"] = View{""};
    content["nothing"] = flag(false);
    content["nothing_typed"] = flag(true);
    return content;
}

Page page_of(View content, std::string typed = {}) {
    return {.title = "Search",
            .template_name = "search",
            .content = std::move(content),
            .searched = std::move(typed)};
}

Result<View> view_of_search(Call& call, const Visitor& visitor, const std::string& typed) {
    const housing::FindScope scope{.tenancies = visitor.may(Permission::AccountsView),
                                   .cases = visitor.may(Permission::InteractionsView)};
    return view_of_found(TRY(housing::find_anything(call.work, call.services.names, typed, scope)),
                         call.work.now());
}

}  // namespace

Result<http::Response> read_search(Call& call) {
    return show(call, TRY(visitor_of(call)), page_of(view_of_nothing_typed()));
}

Result<http::Response> post_search(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto typed = TRY(call.params.text("q", kTypedMost));
    View content = typed ? TRY(view_of_search(call, visitor, *typed)) : view_of_nothing_typed();
    if (call.params.has("part")) {
        return show_part("search_results", content);
    }
    return show(call, visitor, page_of(std::move(content), typed.value_or("")));
}

}  // namespace tenantry::web
