#include "web/person_details.hpp"

#include <cctype>

#include "base/text.hpp"
#include "base/verify.hpp"
#include "web/format.hpp"

namespace tenantry::web {

namespace {

using Group = Detail::Group;
using Kind = Detail::Kind;

// clang-format off
constexpr std::array<Detail, kDetails> kAll{{
    {Group::Person,  Kind::Text,           "title",                 "Title",                      "title"},
    {Group::Person,  Kind::Text,           "first_name",            "First names",                "first names"},
    {Group::Person,  Kind::Text,           "last_name",             "Last name",                  "last name"},
    {Group::Person,  Kind::Day,            "date_of_birth",         "Date of birth",              "date of birth"},
    {Group::Person,  Kind::Text,           "relationship",          "Relationship to the tenant", "relationship to the tenant"},
    {Group::Person,  Kind::Text,           "extended_relationship", "More on the relationship",   "what more there is on the relationship"},
    {Group::Person,  Kind::YesOrNo,        "responsible",           "Are they responsible for the tenancy?", "whether they are responsible for the tenancy"},
    {Group::Person,  Kind::YesNoOrUnknown, "disabled",              "Are they disabled?",         "whether they are disabled"},
    {Group::Contact, Kind::Telephone,      "telephone_1",           "Telephone",                  "telephone"},
    {Group::Contact, Kind::Telephone,      "telephone_2",           "Second telephone",           "second telephone"},
    {Group::Contact, Kind::Telephone,      "telephone_3",           "Third telephone",            "third telephone"},
    {Group::Contact, Kind::Email,          "email",                 "E-mail address",             "e-mail address"},
    {Group::Letters, Kind::Text,           "letters.line_1",        "Address line 1",             "line 1 of the address for letters"},
    {Group::Letters, Kind::Text,           "letters.line_2",        "Address line 2",             "line 2 of the address for letters"},
    {Group::Letters, Kind::Text,           "letters.line_3",        "Address line 3",             "line 3 of the address for letters"},
    {Group::Letters, Kind::Text,           "letters.city",          "Town or city",               "town of the address for letters"},
    {Group::Letters, Kind::Text,           "letters.postcode",      "Postcode",                   "postcode of the address for letters"},
    {Group::Kin,     Kind::Text,           "kin.name",              "Name",                       "next of kin’s name"},
    {Group::Kin,     Kind::Text,           "kin.relationship",      "Relationship",               "next of kin’s relationship"},
    {Group::Kin,     Kind::Telephone,      "kin.mobile",            "Mobile",                     "next of kin’s mobile"},
    {Group::Kin,     Kind::Telephone,      "kin.other_phone",       "Other telephone",            "next of kin’s other telephone"},
    {Group::Kin,     Kind::Email,          "kin.email",             "Next of kin’s e-mail address", "next of kin’s e-mail address"},
    {Group::Kin,     Kind::Lines,          "kin.address",           "Address",                    "next of kin’s address"},
}};
// clang-format on

constexpr std::size_t kCharactersMost = 200;
constexpr std::size_t kNoteCharactersMost = 10'000;
const std::vector<Option> kYesOrNo{{"yes", "Yes"}, {"no", "No"}};
const std::vector<Option> kYesNoOrUnknown{{"", "Not recorded"}, {"yes", "Yes"}, {"no", "No"}};

/// Where a detail that is an optional text stands; null for the others.
std::optional<std::string>* place_of(housing::Resident& r, std::string_view name) {
    struct Place {
        std::string_view name;
        std::optional<std::string>* text;
    };
    housing::Person& p = r.person;
    auto& letters = r.address;
    auto& kin = r.next_of_kin;
    const Place places[] = {{"title", &p.name.title},
                            {"relationship", &p.relationship},
                            {"extended_relationship", &p.extended_relationship},
                            {"telephone_1", &p.telephone_1},
                            {"telephone_2", &p.telephone_2},
                            {"telephone_3", &p.telephone_3},
                            {"email", &p.email},
                            {"letters.line_1", &letters.line_1},
                            {"letters.line_2", &letters.line_2},
                            {"letters.line_3", &letters.line_3},
                            {"letters.city", &letters.city},
                            {"letters.postcode", &letters.postcode},
                            {"kin.name", &kin.name},
                            {"kin.relationship", &kin.relationship},
                            {"kin.mobile", &kin.mobile},
                            {"kin.other_phone", &kin.other_phone},
                            {"kin.email", &kin.email},
                            {"kin.address", &kin.address}};
    for (const auto& place : places) {
        if (place.name == name) {
            return place.text;
        }
    }
    return nullptr;
}

std::string text_of(housing::Resident& resident, std::string_view name) {
    if (const auto* text = place_of(resident, name)) {
        return text->value_or("");
    }
    const housing::Person& p = resident.person;
    if (name == "first_name") {
        return p.name.first;
    }
    if (name == "last_name") {
        return p.name.last;
    }
    if (name == "date_of_birth") {
        return p.date_of_birth ? format_date(*p.date_of_birth) : std::string{};
    }
    if (name == "responsible") {
        return p.responsible ? "yes" : "no";
    }
    VERIFY(name == "disabled");
    return p.disabled ? (*p.disabled ? "yes" : "no") : "";
}

void put_text(housing::Resident& resident, std::string_view name, const std::string& text) {
    housing::Person& p = resident.person;
    if (auto* place = place_of(resident, name)) {
        *place = housing::none_if_empty(text);
    } else if (name == "first_name") {
        p.name.first = text;
    } else if (name == "last_name") {
        p.name.last = text;
    } else if (name == "date_of_birth") {
        p.date_of_birth = text.empty() ? std::nullopt : parse_date(text);
    } else if (name == "responsible") {
        p.responsible = text == "yes";
    } else {
        VERIFY(name == "disabled");
        p.disabled = text.empty() ? std::nullopt : std::optional{text == "yes"};
    }
}

Form::Text field_of(const Detail& detail) {
    Form::Text field{.name = std::string{detail.name},
                     .label = std::string{detail.label},
                     .characters_max = detail.kind == Kind::Lines ? kNoteCharactersMost : kCharactersMost};
    if (detail.kind == Kind::Telephone) {
        field.type = "tel";
        field.width = 20;
    }
    if (detail.kind == Kind::Email) {
        field.type = "email";
    }
    if (detail.name == "title" || detail.name == "letters.postcode") {
        field.width = 10;
    }
    if (detail.name == "last_name") {
        field.missing = "Enter the last name. Whoever has one name only has it as their last name";
    }
    return field;
}

std::string add_day(Form& form, const Detail& detail, Date today) {
    const auto day = form.date({.name = std::string{detail.name}, .label = std::string{detail.label}});
    if (day && to_days(*day) > to_days(today)) {
        form.refuse(detail.name, std::string{detail.label} + " must not be in the future");
    }
    return day ? format_date(*day) : std::string{};
}

struct GroupHead {
    Group group;
    std::string_view heading;
    std::string_view hint;
};
constexpr GroupHead kGroups[] = {
    {Group::Person, "Person", ""},
    {Group::Contact, "Telephone and e-mail", ""},
    {Group::Letters, "Where letters go",
     "The address of their home, unless letters go elsewhere. Empty all of it to have letters go to their "
     "home."},
    {Group::Kin, "Next of kin", ""},
};

}  // namespace

const std::array<Detail, kDetails>& details() {
    return kAll;
}

DetailTexts texts_of(const housing::Resident& resident) {
    housing::Resident copy = resident;
    DetailTexts texts;
    for (std::size_t i = 0; i < kDetails; ++i) {
        texts[i] = text_of(copy, kAll[i].name);
    }
    return texts;
}

housing::Resident with_texts(const housing::Resident& resident, const DetailTexts& texts) {
    housing::Resident after = resident;
    const auto before = texts_of(resident);
    for (std::size_t i = 0; i < kDetails; ++i) {
        if (texts[i] != before[i]) {
            put_text(after, kAll[i].name, texts[i]);
        }
    }
    if (after.address.empty()) {
        after.address = after.home;
    }
    return after;
}

std::string say_text(std::size_t detail, const std::string& text) {
    if (text.empty()) {
        return "nothing";
    }
    const auto day = kAll.at(detail).kind == Kind::Day ? parse_date(text) : std::nullopt;
    return day ? say_date(*day) : text;
}

std::string sentence_of(std::string_view whole) {
    std::string sentence{whole};
    sentence.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(sentence.front())));
    return sentence;
}

DetailTexts add_details(Form& form, Date today) {
    DetailTexts entered;
    for (std::size_t i = 0; i < kDetails; ++i) {
        const Detail& detail = kAll[i];
        const std::string name{detail.name};
        const std::string label{detail.label};
        switch (detail.kind) {
            case Kind::Lines:
                entered[i] = form.lines(field_of(detail)).value_or("");
                break;
            case Kind::Day:
                entered[i] = add_day(form, detail, today);
                break;
            case Kind::YesOrNo:
                entered[i] = form.radios({.name = name,
                                          .label = label,
                                          .options = kYesOrNo,
                                          .missing = "Say whether they are responsible for the tenancy"})
                                 .value_or("");
                break;
            case Kind::YesNoOrUnknown:
                entered[i] =
                    form.select({.name = name, .label = label, .options = kYesNoOrUnknown}).value_or("");
                break;
            default:
                entered[i] = form.text(field_of(detail)).value_or("");
        }
    }
    return entered;
}

void fill_details(Form& form, const DetailTexts& texts) {
    for (std::size_t i = 0; i < kDetails; ++i) {
        for (auto& [name, value] : fields_of(i, texts[i])) {
            form.with(name, std::move(value));
        }
    }
}

std::vector<std::pair<std::string, std::string>> fields_of(std::size_t detail, const std::string& text) {
    const std::string name{kAll.at(detail).name};
    if (kAll.at(detail).kind != Kind::Day) {
        return {{name, text}};
    }
    const auto day = parse_date(text);
    return day ? date_fields(name, *day) : std::vector<std::pair<std::string, std::string>>{};
}

std::vector<View> groups_of(const Form& form) {
    View all;
    form.show_in(all);
    const auto& fields = all.get("fields")->list_value();
    std::vector<View> groups;
    for (const auto& head : kGroups) {
        View group = view_of(
            {{"heading", View{std::string{head.heading}}}, {"hint", text_or_none(std::string{head.hint})}});
        std::vector<View> own;
        for (std::size_t i = 0; i < kDetails; ++i) {
            if (details().at(i).group == head.group) {
                own.push_back(fields.at(i));
            }
        }
        set_list(group, "fields", std::move(own));
        groups.push_back(std::move(group));
    }
    return groups;
}

}  // namespace tenantry::web
