#include "web/records_holds.hpp"

#include <algorithm>
#include <unordered_map>

#include "register/legal_hold.hpp"
#include "register/resident.hpp"
#include "web/format.hpp"
#include "web/paging.hpp"
#include "web/records.hpp"

namespace tenantry::web {

namespace {

constexpr std::size_t kReasonCharacters = 500;
constexpr std::string_view kUnreadable = "The reason cannot be read: the record is damaged";

std::optional<std::string> add_reason(Form& form) {
    return form.lines({.name = "reason",
                       .label = "Why the records must be kept",
                       .hint = "For example, the claim or inquiry and its number. Their subject "
                               "access report shows it where such texts are shown.",
                       .characters_max = kReasonCharacters,
                       .missing = "Enter why the records must be kept"});
}

View view_of_hold(const housing::LegalHold& hold) {
    return view_of({{"reason", View{hold.reason.value_or(std::string{kUnreadable})}},
                    {"placed", View{say_date(uk_date(hold.placed_at))}},
                    {"lifted", text_or_none(hold.lifted_at ? std::optional{say_date(uk_date(*hold.lifted_at))}
                                                           : std::nullopt)},
                    {"lift", View{"/records/holds/" + hold.uuid.text() + "/lift"}}});
}

Result<http::Response> show_holds_of(Call& call, const ChosenPerson& person, const Form& form) {
    const auto visitor = TRY(visitor_of(call));
    std::vector<View> rows;
    for (const auto& hold : TRY(housing::list_legal_holds(call.work, person.id))) {
        rows.push_back(view_of_hold(hold));
    }
    View content;
    set_person(content, person, RecordsPart::Holds);
    set_list(content, "rows", std::move(rows));
    return show_records(call, visitor, RecordsPart::Holds,
                        {.title = "Legal holds of a person",
                         .template_name = "records_holds_of",
                         .content = std::move(content),
                         .back = Link{"/records/holds", "Legal holds"},
                         .form = &form});
}

std::unordered_map<std::int64_t, const housing::Resident*> by_number(
    const std::vector<housing::Resident>& residents) {
    std::unordered_map<std::int64_t, const housing::Resident*> people;
    for (const auto& one : residents) {
        people.emplace(one.person.id.value, &one);
    }
    return people;
}

Result<http::Response> show_all(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto asked = TRY(asked_page(call));
    const auto page = TRY(housing::list_holds_in_force(call.work, asked.paging()));
    std::vector<std::int64_t> people;
    for (const auto& hold : page.holds) {
        people.push_back(hold.person.value);
    }
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
    const auto residents = TRY(housing::list_residents(call.work, people));
    const auto known = by_number(residents);
    std::vector<View> rows;
    for (const auto& hold : page.holds) {
        View row = view_of_hold(hold);
        const auto found = known.find(hold.person.value);
        const bool has_name = found != known.end();
        row["name"] = View{has_name ? found->second->person.name.full()
                                    : "Person " + std::to_string(hold.person.value)};
        row["href"] = text_or_none(
            has_name ? std::optional{"/records/holds?person=" + found->second->person.uuid.text()}
                     : std::nullopt);
        rows.push_back(std::move(row));
    }
    View content;
    set_list(content, "rows", std::move(rows));
    show_paging_in(content, "/records/holds?", asked, asked.is_followed(page.total));
    set_person_search(content, RecordsPart::Holds);
    return show_records(
        call, visitor, RecordsPart::Holds,
        {.title = "Legal holds", .template_name = "records_holds", .content = std::move(content)});
}

}  // namespace

Result<http::Response> read_holds(Call& call) {
    const auto person = TRY(chosen_person(call));
    if (!person) {
        return show_all(call);
    }
    Form form;
    add_reason(form);
    return show_holds_of(call, *person, form);
}

Result<http::Response> place_hold(Call& call) {
    const auto person = TRY(required_person(call));
    Form form{call.params};
    auto reason = add_reason(form);
    if (!reason) {
        return show_holds_of(call, person, form);
    }
    TRY(housing::place_legal_hold(call.work, person.id, *std::move(reason)));
    return go_to("/records/holds?person=" + person.uuid.text(), "hold-placed");
}

Result<http::Response> read_lift(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    const auto hold = TRY(housing::find_legal_hold(call.work, TRY(uuid_of(call))));
    const auto residents = TRY(housing::list_residents(call.work, {hold.person.value}));
    View content;
    content["name"] =
        text_or_none(residents.empty() ? std::nullopt : std::optional{residents.front().person.name.full()});
    content["hold"] = view_of_hold(hold);
    return show_records(call, visitor, RecordsPart::Holds,
                        {.title = "Lift a legal hold",
                         .template_name = "records_lift",
                         .content = std::move(content),
                         .back = Link{"/records/holds", "Legal holds"}});
}

Result<http::Response> lift_hold(Call& call) {
    TRY(housing::lift_legal_hold(call.work, TRY(uuid_of(call))));
    return go_to("/records/holds", "hold-lifted");
}

}  // namespace tenantry::web
