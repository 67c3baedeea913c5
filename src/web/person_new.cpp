#include "web/person_new.hpp"

#include <map>
#include <tuple>

#include "api/services.hpp"
#include "base/ascii.hpp"
#include "register/property.hpp"
#include "web/format.hpp"
#include "web/person_details.hpp"
#include "web/person_frame.hpp"

namespace tenantry::web {

namespace {

constexpr std::int64_t kSameMost = 10;
constexpr std::size_t kUprnDigitsMost = 12;

struct Entered {
    DetailTexts texts;
    std::optional<std::int64_t> uprn;
};

std::optional<std::int64_t> number_of(const std::string& text) {
    const auto number = parse_whole<std::int64_t>(text);
    return number && text.size() <= kUprnDigitsMost && *number > 0 ? number : std::nullopt;
}

/// A home that the register has: a new one is not made by a mistyped number.
Result<Entered> add_fields(Call& call, Form& form) {
    Entered entered{add_details(form, uk_date(call.work.now())), std::nullopt};
    const auto uprn = form.text({.name = "uprn",
                                 .label = "UPRN of their home",
                                 .hint = "Up to 12 digits. Leave it empty if they live in no home of the "
                                         "landlord’s.",
                                 .width = 20,
                                 .numeric = true});
    if (!uprn) {
        return entered;
    }
    entered.uprn = number_of(*uprn);
    if (!entered.uprn || !TRY(housing::find_property_by_uprn(call.work.tx(), *entered.uprn))) {
        form.refuse("uprn", "No home has this UPRN");
    }
    return entered;
}

Result<http::Response> show_new(Call& call, const Form& form) {
    const auto visitor = TRY(visitor_of(call));
    View content;
    set_list(content, "groups", groups_of(form));
    View all;
    form.show_in(all);
    set_list(content, "own_fields", {all.get("fields")->list_value().at(kDetails)});
    return show(call, visitor,
                {.title = "Add a person",
                 .template_name = "person_new",
                 .content = std::move(content),
                 .form = &form});
}

/// Those who have the same name, telephone or e-mail address.
Result<std::vector<View>> list_same(Call& call, const housing::Person& person) {
    struct Same {
        housing::Person person;
        std::string what;
    };
    std::map<std::int64_t, Same> found;
    const auto look = [&](const std::string& text, bool contacts, std::string_view what) -> Result<void> {
        if (text.empty()) {
            return {};
        }
        housing::PersonFilter filter;
        filter.search = text;
        filter.search_contacts = contacts;
        filter.paging.limit = kSameMost;
        for (auto& one : TRY(housing::list_people(call.work, call.services.names, filter)).people) {
            auto& same = found[one.id.value];
            same.what += (same.what.empty() ? "" : ", ") + std::string{what};
            same.person = std::move(one);
        }
        return {};
    };
    TRY(look(person.name.full(), false, "name"));
    TRY(look(person.telephone_1.value_or(""), true, "telephone"));
    TRY(look(person.email.value_or(""), true, "e-mail address"));
    std::vector<View> views;
    views.reserve(found.size());
    for (const auto& [id, same] : found) {
        views.push_back(view_of({{"href", View{path_of(same.person)}},
                                 {"name", View{name_of(same.person)}},
                                 {"what", View{same.what}},
                                 {"address", text_or_none(same.person.full_address)}}));
    }
    return views;
}

}  // namespace

Result<http::Response> read_new_person(Call& call) {
    Form form;
    form.with("responsible", "no");
    TRY(add_fields(call, form));
    return show_new(call, form);
}

Result<http::Response> check_new_person(Call& call) {
    const auto visitor = TRY(visitor_of(call));
    Form form{call.params};
    const Entered entered = TRY(add_fields(call, form));
    if (!form.is_sound() || call.params.given_text("again") != nullptr) {
        return show_new(call, form);
    }
    const auto resident = with_texts({}, entered.texts);
    std::vector<View> rows;
    std::vector<View> hidden;
    const auto keep = [&hidden](const std::string& name, const std::string& value) {
        hidden.push_back(view_of({{"name", View{name}}, {"value", View{value}}}));
    };
    for (std::size_t i = 0; i < kDetails; ++i) {
        if (!entered.texts.at(i).empty()) {
            rows.push_back(view_of({{"key", View{sentence_of(details().at(i).whole)}},
                                    {"text", View{say_text(i, entered.texts.at(i))}}}));
        }
        for (const auto& [name, value] : fields_of(i, entered.texts.at(i))) {
            keep(name, value);
        }
    }
    if (entered.uprn) {
        keep("uprn", std::to_string(*entered.uprn));
        rows.push_back(view_of({{"key", View{"UPRN"}}, {"text", View{std::to_string(*entered.uprn)}}}));
    }
    View content;
    set_list(content, "rows", std::move(rows));
    set_list(content, "hidden", std::move(hidden));
    set_list(content, "same", TRY(list_same(call, resident.person)));
    return show(call, visitor,
                {.title = "Check before you add a person",
                 .template_name = "person_check",
                 .content = std::move(content)});
}

Result<http::Response> post_new_person(Call& call) {
    Form form{call.params};
    const Entered entered = TRY(add_fields(call, form));
    if (!form.is_sound()) {
        return show_new(call, form);
    }
    const auto wanted = with_texts({}, entered.texts);
    const auto added = TRY(housing::add_resident(call.work, {.person = wanted.person,
                                                             .address = wanted.address,
                                                             .uprn = entered.uprn,
                                                             .goes_to_citizen_index = true,
                                                             .usn = std::nullopt}));
    if (!(wanted.next_of_kin == housing::NextOfKin{})) {
        TRY(housing::put_next_of_kin(call.work, added.person.uuid, wanted.next_of_kin));
    }
    return go_to(path_of(added.person), "person-added");
}

}  // namespace tenantry::web
