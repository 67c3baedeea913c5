#include "web/log_interaction.hpp"

#include <algorithm>

#include "register/code_list.hpp"
#include "register/enquiry.hpp"
#include "register/person.hpp"
#include "web/alerts_view.hpp"
#include "web/officer.hpp"

namespace tenantry::web {

namespace {

using housing::Next;

constexpr std::string_view kStaysOpen = "open";
constexpr std::string_view kGoesToManager = "manager";
constexpr std::string_view kIsAnswered = "answered";

/// By label: people look for words, not for codes.
Result<std::vector<Option>> options_of(Call& call, std::string_view list) {
    std::vector<Option> options;
    for (auto& entry : TRY(housing::list_codes(call.work.tx(), list))) {
        options.push_back({std::move(entry.code), std::move(entry.label)});
    }
    std::sort(options.begin(), options.end(),
              [](const Option& a, const Option& b) { return a.label < b.label; });
    return options;
}

/// A landlord without that list is not asked for it.
Result<std::optional<std::string>> add_codes(Call& call, Form& form, std::string_view list,
                                             Form::Choice choice) {
    choice.options = TRY(options_of(call, list));
    if (choice.options.empty()) {
        return std::optional<std::string>{};
    }
    choice.options.insert(choice.options.begin(), Option{"", "Choose"});
    return form.select(choice);
}

std::string with_post(const std::optional<std::string>& officer, const std::optional<std::string>& post) {
    return (officer ? *officer : "nobody at present") + (post ? " (" + *post + ")" : "");
}

std::vector<Option> next_options(const housing::Tray& tray) {
    std::vector<Option> options;
    const bool of_patch = tray.patch.has_value();
    options.push_back(
        {std::string{kStaysOpen},
         "Keep it open, with " + with_post(tray.name_of(of_patch ? tray.patch_officer : tray.manager),
                                           of_patch ? tray.patch_name : tray.manager_area_name)});
    if (tray.has_manager()) {
        options.push_back(
            {std::string{kGoesToManager},
             "Hand it to the manager, " + with_post(tray.name_of(tray.manager), tray.manager_area_name)});
    }
    options.push_back({std::string{kIsAnswered}, "Close it now: it is answered"});
    return options;
}

Next next_of(const std::optional<std::string>& chosen) {
    return chosen == kGoesToManager ? Next::GoesToManager
           : chosen == kIsAnswered  ? Next::IsAnswered
                                    : Next::StaysOpen;
}

Result<std::string> title_of(Call& call, const housing::Enquiry& enquiry) {
    if (enquiry.enquiry_subject) {
        const auto label =
            TRY(housing::find_code(call.work.tx(), "enquiry_subject", *enquiry.enquiry_subject));
        if (label) {
            return *label;
        }
    }
    return std::string{"Enquiry"};
}

Result<housing::Enquiry> add_fields(Call& call, Form& form, const housing::Tray& tray) {
    housing::Enquiry enquiry;
    enquiry.said = form.lines({.name = "notes",
                               .label = "Notes",
                               .hint = "What was said, and what you answered. The person can ask to read it.",
                               .characters_max = housing::kNoteCharacters,
                               .missing = "Enter what was said"})
                       .value_or("");
    enquiry.nature_of_enquiry = TRY(add_codes(
        call, form, "nature_of_enquiry",
        {.name = "nature_of_enquiry", .label = "Reason", .options = {}, .missing = "Choose the reason"}));
    enquiry.enquiry_subject = TRY(add_codes(
        call, form, "enquiry_subject",
        {.name = "enquiry_subject", .label = "Subject", .options = {}, .missing = "Choose the subject"}));
    enquiry.source = TRY(add_codes(
        call, form, "source",
        {.name = "source", .label = "How it came in", .options = {}, .missing = "Choose how it came in"}));
    enquiry.request_callback =
        !form.checkboxes({.name = "call_back",
                          .label = "Call back",
                          .options = {{"wanted", "The person wants to be called back"}}})
             .empty();
    const auto next = form.radios({.name = "next",
                                   .label = "What happens next",
                                   .options = next_options(tray),
                                   .missing = "Choose what happens next"});
    enquiry.next = next_of(next);
    if (enquiry.next == Next::IsAnswered && enquiry.request_callback) {
        form.refuse("next", "Keep it open for as long as the person is to be called back");
    }
    return enquiry;
}

/// The page of somebody about whom nothing can be logged, for nobody would see it.
View view_of_person(const housing::Person& person) {
    return view_of({{"name", text_or_none(person.name.full())},
                    {"href", View{"/people/" + person.uuid.text()}},
                    {"action", View{"/people/" + person.uuid.text() + "/log"}}});
}

Result<http::Response> show_log(Call& call, const Visitor& visitor, const Uuid& uuid, const Form& form,
                                const housing::Tray& tray) {
    const auto person = TRY(housing::find_person(call.work, uuid, housing::Depth::Contact));
    View content;
    content["person"] = view_of_person(person);
    content["has_tray"] = flag(tray.is_there());
    TRY(add_alert_banner(content, call.work, person.property, person.id));
    return show(call, visitor,
                {.title = "Log an interaction",
                 .template_name = "log_interaction",
                 .content = std::move(content),
                 .place = Place::Today,
                 .back = Link{"/people/" + uuid.text(), "Back to the person"},
                 .form = &form});
}

}  // namespace

Result<http::Response> read_log(Call& call) {
    const auto person = TRY(uuid_of(call));
    const auto visitor = TRY(visitor_of(call));
    const auto officer = TRY(officer_of(call, visitor));
    if (!officer) {
        return refuse_who_is_no_officer(call, visitor);
    }
    const auto tray = TRY(housing::find_tray(call.work, person, officer->posting));
    Form form;
    form.with("next", std::string{kStaysOpen});
    TRY(add_fields(call, form, tray));
    return show_log(call, visitor, person, form, tray);
}

Result<http::Response> post_log(Call& call) {
    const auto person = TRY(uuid_of(call));
    const auto visitor = TRY(visitor_of(call));
    const auto officer = TRY(officer_of(call, visitor));
    if (!officer) {
        return refuse_who_is_no_officer(call, visitor);
    }
    const auto tray = TRY(housing::find_tray(call.work, person, officer->posting));
    Form form{call.params};
    auto enquiry = TRY(add_fields(call, form, tray));
    if (!form.is_sound() || !tray.is_there()) {
        return show_log(call, visitor, person, form, tray);
    }
    enquiry.person = person;
    enquiry.title = TRY(title_of(call, enquiry));
    const auto logged = TRY(housing::log_enquiry(call.work, enquiry, *officer));
    return go_to("/interactions/" + logged.interaction.uuid.text(), "interaction-logged");
}

}  // namespace tenantry::web
