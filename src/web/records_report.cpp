#include "web/records_report.hpp"

#include "api/log_in.hpp"
#include "api/propops/report_delivery.hpp"
#include "web/csrf.hpp"
#include "web/format.hpp"
#include "web/records.hpp"

namespace tenantry::web {

namespace {

constexpr std::size_t kReasonCharacters = 500;

struct Entered {
    api::propops::WantedReport wanted;
    std::optional<std::string> password;
};

std::optional<Literal> format_of(const std::optional<std::string>& name) {
    for (const Literal format : {Literal{"html"}, Literal{"zip"}, Literal{"json"}}) {
        if (name && *name == format.view()) {
            return format;
        }
    }
    return std::nullopt;
}

Entered add_fields(Form& form, Instant now) {
    Entered entered;
    entered.wanted.disclosure.reason = form.lines(
        {.name = "reason",
         .label = "Why you give this report",
         .hint = "For example, the number of the request, and how you checked who asked. It is kept "
                 "with the note that the report was given.",
         .characters_max = kReasonCharacters,
         .missing = "Enter why you give this report"});
    entered.wanted.received =
        form.date({.name = "received",
                   .label = "Day on which the request came in (optional)",
                   .hint = "The report then says by when it must be answered. For example, 27 3 2026"});
    if (entered.wanted.received && to_days(*entered.wanted.received) > to_days(uk_date(now))) {
        form.refuse("received", "The day on which the request came in must not be in the future");
    }
    const auto format =
        format_of(form.radios({.name = "format",
                               .label = "How you want it",
                               .options = {{"html", "A page to read here or print"},
                                           {"zip", "A pack to send: ZIP of the page, tables and data"},
                                           {"json", "Data for a program: JSON"}},
                               .missing = "Choose how you want the report"}));
    if (format) {
        entered.wanted.disclosure.format = *format;
    }
    const bool checked =
        !form.checkboxes({.name = "checked",
                          .label = "Notes and other texts that may tell of other people",
                          .options = {{"yes", "Show them: I have read them, and they may be shown"}},
                          .hint = "They are left out unless somebody has read them for that."})
             .empty();
    entered.wanted.disclosure.checked = checked ? rights::Checked::Yes : rights::Checked::No;
    entered.password = form.password({.name = "password",
                                      .label = "Your password",
                                      .hint = "It is asked for each report.",
                                      .missing = "Enter your password",
                                      .autocomplete = "current-password"});
    return entered;
}

Result<http::Response> show_form(Call& call, const ChosenPerson& person, const Form& form) {
    const auto visitor = TRY(visitor_of(call));
    View content;
    set_person(content, person, RecordsPart::Report);
    return show_records(call, visitor, RecordsPart::Report,
                        {.title = "Subject access report",
                         .template_name = "records_report",
                         .content = std::move(content),
                         .form = &form});
}

/// The form again with what is wrong; that no report was given is journaled as it is where the API refuses.
Result<http::Response> refuse_report(Call& call, const ChosenPerson& person, const Form& form) {
    TRY(call.work.read({.action = "tenant.gdpr_export",
                        .resource = person.id.value,
                        .person = person.id.value,
                        .outcome = audit::Outcome::Denied}));
    return show_form(call, person, form);
}

}  // namespace

Result<http::Response> read_report_form(Call& call) {
    const auto person = TRY(chosen_person(call));
    if (!person) {
        const auto visitor = TRY(visitor_of(call));
        View content;
        set_person_search(content, RecordsPart::Report);
        return show_records(call, visitor, RecordsPart::Report,
                            {.title = "Subject access report",
                             .template_name = "records_report_whose",
                             .content = std::move(content)});
    }
    Form form;
    form.with("format", "html");
    add_fields(form, call.work.now());
    return show_form(call, *person, form);
}

/// The token is looked at and not spent: nothing is changed that could be changed twice, each report takes
/// the password anew, and after a download the same page must be able to give another format.
Result<http::Response> post_report(Call& call) {
    TRY(check_csrf(call));
    const auto person = TRY(required_person(call));
    Form form{call.params};
    Entered entered = add_fields(form, call.work.now());
    if (!form.is_sound()) {
        return refuse_report(call, person, form);
    }
    const auto attempt = TRY(api::confirm_password(call, *std::move(entered.password)));
    if (attempt.retry_after.count() > 0) {
        form.refuse("", "There were too many attempts. Wait a few minutes, then try again");
        return refuse_report(call, person, form);
    }
    if (!attempt.account) {
        form.refuse("password", "That is not your password");
        return refuse_report(call, person, form);
    }
    entered.wanted.disclosure.person = person.id;
    auto given = api::propops::give_report(call, entered.wanted);
    if (!given.ok() && given.error().code == Code::Throttled) {
        form.refuse("",
                    "You were given as many reports within the hour as one person may have. Try again later");
        return refuse_report(call, person, form);
    }
    if (given.ok() && entered.wanted.disclosure.format.view() == "json") {
        given->add_header("Content-Disposition", "attachment; filename=\"subject-access-report.json\"");
    }
    return given;
}

}  // namespace tenantry::web
