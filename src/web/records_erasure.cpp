#include "web/records_erasure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "rights/erasure.hpp"
#include "rights/period.hpp"
#include "rights/subject_report.hpp"
#include "web/format.hpp"
#include "web/records.hpp"

namespace tenantry::web {

namespace {

struct TableWords {
    std::string_view table;
    std::string_view text;
};
constexpr TableWords kTables[] = {
    {"person", "The person’s own record"},
    {"person_name", "What the person’s name is found by"},
    {"person_contact", "What telephones and e-mail are found by"},
    {"occupancy", "Where they lived, and when"},
    {"household", "Their household"},
    {"tenancy", "Their tenancy"},
    {"ledger_line", "Lines of the rent account"},
    {"contact_address", "Address for letters"},
    {"next_of_kin", "Next of kin"},
    {"alert", "Alerts"},
    {"citizen", "Citizen index entries"},
    {"citizen_text", "What citizen index entries are found by"},
    {"job", "Jobs"},
    {"job_person", "Links to jobs"},
    {"case_note", "Notes on jobs"},
    {"incident", "Cases"},
    {"incident_note", "Notes on cases"},
    {"interaction", "Interactions"},
    {"meeting", "Meetings"},
    {"issue", "Issues"},
    {"signature", "Signatures"},
    {"consent", "Consents: whose they were"},
    {"disclosure", "Why subject access reports were given"},
    {"legal_hold", "Legal holds"},
    {"erasure", "Notes of earlier erasures"},
    {"retention_proposal", "Retention proposals"},
    {"audit_event", "Events of the activity log"},
    {"event_of_person", "Index of the activity log"},
};

std::string say_table(std::string_view table) {
    const auto* found = std::ranges::find(kTables, table, &TableWords::table);
    return found != std::end(kTables) ? std::string{found->text} : rights::readable(table);
}

const std::vector<Option>& grounds() {
    static const std::vector<Option> kGrounds{{"a", "They are no longer needed for what they were kept for"},
                                              {"b", "The person withdrew their consent"},
                                              {"c", "The person objects"},
                                              {"d", "They were kept unlawfully"},
                                              {"e", "The law says that they must be erased"},
                                              {"f", "They are a child’s, for an online service"}};
    return kGrounds;
}

struct Request {
    std::optional<char> ground;
    std::optional<Date> requested_on;
};

Request add_fields(Form& form, Instant now) {
    Request request;
    request.requested_on = form.date({.name = "requested",
                                      .label = "Day on which the person asked",
                                      .missing = "Enter the day on which the person asked"});
    if (request.requested_on && *request.requested_on > rights::day_of(now)) {
        form.refuse("requested", "The day on which the person asked must not be in the future");
        request.requested_on.reset();
    }
    const auto ground = form.radios({.name = "ground",
                                     .label = "On what ground (UK GDPR Article 17)",
                                     .options = grounds(),
                                     .missing = "Choose on what ground"});
    request.ground = ground ? rights::parse_ground(*ground) : std::nullopt;
    return request;
}

std::string say_reasons(const std::vector<rights::Reason>& reasons, const rights::RetentionRules& rules) {
    std::string text;
    for (const auto& reason : reasons) {
        std::string one{rights::text_of(reason.because).view()};
        one.front() = static_cast<char>(one.front() - 'a' + 'A');
        if (reason.until) {
            one += ", until " + say_date(*reason.until);
        }
        if (reason.rule) {
            one += " (" + rules.of(*reason.rule).why + ")";
        }
        text += (text.empty() ? "" : "\n") + one;
    }
    return text;
}

Result<void> set_plan(View& content, Call& call, const rights::ErasurePlan& plan) {
    const auto rules = TRY(rights::RetentionRules::read(call.work.tx()));
    std::vector<View> goes;
    for (const auto& [table, counts] : plan.goes.tables()) {
        goes.push_back(view_of({{"table", View{say_table(table)}},
                                {"erased", View{say_number(counts.erased)}},
                                {"emptied", View{say_number(counts.pseudonymised)}}}));
    }
    std::vector<View> stays;
    for (const auto& kept : plan.kept) {
        stays.push_back(view_of({{"table", View{say_table(kept.table)}},
                                 {"rows", View{say_number(kept.rows)}},
                                 {"why", View{say_reasons(kept.reasons, rules)}}}));
    }
    set_list(content, "goes", std::move(goes));
    set_list(content, "stays", std::move(stays));
    return {};
}

Result<http::Response> show_plan(Call& call, const ChosenPerson& person, const Form& form) {
    const auto visitor = TRY(visitor_of(call));
    const auto plan = TRY(rights::plan_erasure(call.work, person.id));
    TRY(call.work.read(
        {.action = "tenant.erasure_previewed", .resource = person.id.value, .person = person.id.value}));
    View content;
    set_person(content, person, RecordsPart::Erasure);
    TRY(set_plan(content, call, plan));
    return show_records(call, visitor, RecordsPart::Erasure,
                        {.title = "Erasure",
                         .template_name = "records_erasure",
                         .content = std::move(content),
                         .form = &form});
}

Result<http::Response> confirm_erasure(Call& call, const ChosenPerson& person, const Request& request) {
    const auto visitor = TRY(visitor_of(call));
    const auto plan = TRY(rights::plan_erasure(call.work, person.id));
    View content;
    set_person(content, person, RecordsPart::Erasure);
    TRY(set_plan(content, call, plan));
    const std::string ground{*request.ground};
    const auto known = std::ranges::find(grounds(), ground, &Option::value);
    const Date asked = *request.requested_on;
    content["ground"] = View{ground};
    content["ground_text"] = View{known->label};
    content["asked"] = View{say_date(asked)};
    std::vector<View> hidden;
    for (const auto& [name, value] : date_fields("requested", asked)) {
        hidden.push_back(view_of({{"name", View{name}}, {"value", View{value}}}));
    }
    set_list(content, "hidden", std::move(hidden));
    return show_records(
        call, visitor, RecordsPart::Erasure,
        {.title = "Confirm erasure",
         .template_name = "records_erasure_confirm",
         .content = std::move(content),
         .back = Link{"/records/erasure?person=" + person.uuid.text(), "What would go and what stays"}});
}

}  // namespace

Result<http::Response> read_erasure(Call& call) {
    const auto person = TRY(chosen_person(call));
    if (!person) {
        const auto visitor = TRY(visitor_of(call));
        View content;
        set_person_search(content, RecordsPart::Erasure);
        return show_records(
            call, visitor, RecordsPart::Erasure,
            {.title = "Erasure", .template_name = "records_erasure_whose", .content = std::move(content)});
    }
    Form form;
    add_fields(form, call.work.now());
    return show_plan(call, *person, form);
}

Result<http::Response> post_erasure(Call& call) {
    const auto person = TRY(required_person(call));
    Form form{call.params};
    const Request request = add_fields(form, call.work.now());
    if (!form.is_sound() || !request.ground || !request.requested_on) {
        return show_plan(call, person, form);
    }
    if (!TRY(call.params.boolean("sure")).value_or(false)) {
        return confirm_erasure(call, person, request);
    }
    auto erased = rights::erase_person(call.work, person.id, *request.ground, *request.requested_on);
    if (!erased.ok() && erased.error().code == Code::Conflict) {
        form.refuse("", "Everything of this person must stay, as you see below. Nothing was erased");
        return show_plan(call, person, form);
    }
    TRY(std::move(erased));
    return go_to("/records/erasure", "erased");
}

}  // namespace tenantry::web
