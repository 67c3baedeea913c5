#include "web/records_consents.hpp"

#include "register/consent.hpp"
#include "web/format.hpp"
#include "web/paging.hpp"
#include "web/records.hpp"

namespace tenantry::web {

namespace {

constexpr std::size_t kEmailCharacters = 254;

std::optional<std::string> add_email(Form& form) {
    return form.text({.name = "email",
                      .label = "E-mail address",
                      .hint = "The register keeps no address with a consent, only a keyed hash of it.",
                      .characters_max = kEmailCharacters,
                      .missing = "Enter an e-mail address",
                      .type = "email"});
}

void set_consents(View& content, const housing::ConsentPage& page) {
    std::vector<View> rows;
    for (const auto& consent : page.consents) {
        rows.push_back(view_of({{"when", View{say_time(consent.created_at)}},
                                {"type", View{consent.type}},
                                {"version", View{consent.version}},
                                {"accepted", flag(consent.accepted)},
                                {"choices", text_or_none(consent.choices)}}));
    }
    set_list(content, "rows", std::move(rows));
}

Result<http::Response> show_search(Call& call, const Form& form, View content) {
    const auto visitor = TRY(visitor_of(call));
    set_person_search(content, RecordsPart::Consents);
    return show_records(call, visitor, RecordsPart::Consents,
                        {.title = "Consents",
                         .template_name = "records_consents",
                         .content = std::move(content),
                         .form = &form});
}

}  // namespace

Result<http::Response> read_consents(Call& call) {
    const auto person = TRY(chosen_person(call));
    if (!person) {
        Form form;
        add_email(form);
        View content;
        content["searched"] = flag(false);
        return show_search(call, form, std::move(content));
    }
    const auto visitor = TRY(visitor_of(call));
    const auto asked = TRY(asked_page(call));
    const auto page = TRY(housing::list_consents(call.work, person->uuid, asked.paging()));
    View content;
    set_person(content, *person, RecordsPart::Consents);
    set_consents(content, page);
    show_paging_in(content, "/records/consents?person=" + person->uuid.text() + "&", asked,
                   asked.is_followed(page.total));
    return show_records(call, visitor, RecordsPart::Consents,
                        {.title = "Consents of a person",
                         .template_name = "records_consents_of",
                         .content = std::move(content)});
}

Result<http::Response> find_consents(Call& call) {
    Form form{call.params};
    const auto email = add_email(form);
    View content;
    content["searched"] = flag(email.has_value());
    if (email) {
        const auto asked = TRY(asked_page(call));
        const auto page = TRY(housing::list_consents_of_email(call.work, *email, asked.paging()));
        set_consents(content, page);
        content["email"] = View{*email};
        content["older"] =
            text_or_none(asked.is_followed(page.total) ? std::to_string(asked.number + 1) : std::string{});
        content["newer"] = text_or_none(asked.number > 1 ? std::to_string(asked.number - 1) : std::string{});
    }
    return show_search(call, form, std::move(content));
}

}  // namespace tenantry::web
