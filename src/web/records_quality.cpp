#include "web/records_quality.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "register/data_quality.hpp"
#include "web/format.hpp"
#include "web/records.hpp"

namespace tenantry::web {

namespace {

using housing::Flaw;

struct FlawWords {
    Flaw flaw;
    std::string_view path;
    std::string_view title;
    std::string_view why;
    std::string_view column;
    std::string_view details;
    std::string_view href;  ///< before the uuid
};
constexpr FlawWords kFlaws[] = {
    {Flaw::PersonWithoutContact, "people-without-contact", "People without a telephone or e-mail",
     "Nobody can ring or write to them quickly.", "Person", "Home", "/people/"},
    {Flaw::SharedContact, "shared-contacts", "People with somebody else’s telephone or e-mail",
     "Often right for a couple. Else one of them has another number now, or it is one person twice.",
     "Person", "Home", "/people/"},
    {Flaw::AlertWithoutHome, "alerts-without-home", "People with an alert and no home",
     "Officers are warned of them, but not at any door.", "Person", "Home", "/people/"},
    {Flaw::HomeWithoutUprn, "homes-without-uprn", "Homes without a UPRN",
     "Other systems cannot find them, and alerts at the address do not show.", "Home", "", "/homes/"},
    {Flaw::HomeWithoutPatch, "homes-without-patch", "Homes in no patch", "No officer has them in their work.",
     "Home", "", "/homes/"},
    {Flaw::BadPostcode, "postcodes", "Homes whose postcode is not valid",
     "Letters go astray, and a search for the postcode does not find them.", "Home", "", "/homes/"},
    {Flaw::TenancyWithoutPeople, "tenancies-without-people", "Present tenancies without people",
     "Somebody lives there under it, but nobody is linked to it.", "Tenancy", "Home", "/tenancies/"},
    {Flaw::OldInteraction, "old-interactions", "Interactions open for over a year",
     "They were forgotten, or are done and were never closed.", "Ticket", "Area", "/interactions/"},
};

const FlawWords* find_flaw(std::string_view path) {
    const auto* found = std::ranges::find(kFlaws, path, &FlawWords::path);
    return found != std::end(kFlaws) ? found : nullptr;
}

std::string path_of(const FlawWords& words) {
    return "/records/quality/" + std::string{words.path};
}

View view_of_flawed(const FlawWords& words, const housing::Flawed& flawed, Instant now) {
    View row = view_of(
        {{"href", View{std::string{words.href} + flawed.uuid.text()}},
         {"name", View{flawed.name.empty() ? "No name" : flawed.name}},
         {"details", text_or_none(flawed.details)},
         {"age", text_or_none(flawed.since ? std::optional{say_age(*flawed.since, now)} : std::nullopt)}});
    std::vector<View> others;
    for (const auto& other : flawed.others) {
        others.push_back(
            view_of({{"href", View{"/people/" + other.uuid.text()}}, {"name", View{other.name}}}));
    }
    set_list(row, "others", std::move(others));
    return row;
}

/// How many there are, among how many.
std::string say_found(const housing::FlawedPage& page, std::int64_t after) {
    std::string text =
        page.found == 0 ? std::string{"None"} : (page.found_is_exact ? "" : "Over ") + say_number(page.found);
    const bool is_part = after > 0 || page.go_on || !page.is_through;
    if (is_part && page.looked_at > 0) {
        text += fmt::format(" among {} that were looked at", say_count(page.looked_at, "record", "records"));
    }
    text += ".";
    if (page.found > housing::kFlawedShown) {
        text += fmt::format(" The first {} are shown.", housing::kFlawedShown);
    }
    return text;
}

}  // namespace

Result<http::Response> read_quality(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    std::vector<View> flaws;
    for (const FlawWords& words : kFlaws) {
        flaws.push_back(view_of({{"href", View{path_of(words)}},
                                 {"title", View{std::string{words.title}}},
                                 {"why", View{std::string{words.why}}}}));
    }
    View content;
    set_list(content, "flaws", std::move(flaws));
    return show_records(
        call, visitor, RecordsPart::Quality,
        {.title = "Data quality", .template_name = "records_quality", .content = std::move(content)});
}

Result<http::Response> read_flaw(Call& call) {
    constexpr std::int64_t kMaxNumber = 9'007'199'254'740'991;
    const FlawWords* words = find_flaw(call.path_values[0]);
    if (words == nullptr) {
        return Error{Code::NotFound, "No such list"};
    }
    const auto visitor = TRY(visitor_of(call));
    const auto after = TRY(call.params.integer("after", 0, kMaxNumber)).value_or(0);
    const auto page = TRY(housing::find_flawed(call.work, words->flaw, after));
    std::vector<View> rows;
    for (const auto& flawed : page.records) {
        rows.push_back(view_of_flawed(*words, flawed, call.work.now()));
    }
    View content;
    content["title"] = View{std::string{words->title}};
    content["why"] = View{std::string{words->why}};
    content["found"] = View{say_found(page, after)};
    content["column"] = View{std::string{words->column}};
    content["details_column"] = text_or_none(std::string{words->details});
    content["others_column"] = flag(words->flaw == Flaw::SharedContact);
    content["age_column"] = flag(words->flaw == Flaw::OldInteraction);
    set_list(content, "rows", std::move(rows));
    content["go_on"] = text_or_none(
        page.go_on ? std::optional{fmt::format("{}?after={}", path_of(*words), *page.go_on)} : std::nullopt);
    content["from_start"] = text_or_none(after > 0 ? std::optional{path_of(*words)} : std::nullopt);
    content["mend_first"] = flag(!page.is_through);
    return show_records(call, visitor, RecordsPart::Quality,
                        {.title = std::string{words->title},
                         .template_name = "records_flaw",
                         .content = std::move(content),
                         .back = Link{"/records/quality", "Data quality"}});
}

}  // namespace tenantry::web
