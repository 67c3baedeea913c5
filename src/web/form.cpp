#include "web/form.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/text.hpp"
#include "base/verify.hpp"

namespace tenantry::web {

namespace {

bool has_controls(std::string text, bool may_have_lines) {
    if (may_have_lines) {
        std::replace_if(
            text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    }
    return has_control_character(text);
}

std::optional<unsigned> number_of(std::string_view text) {
    constexpr std::size_t kDigitsMost = 4;  // of a year
    text = trim(text);
    return text.size() <= kDigitsMost ? parse_whole<unsigned>(text) : std::nullopt;
}

/// What templates/field.mustache tells apart.
constexpr std::string_view kKinds[] = {"text", "lines", "select", "radios", "checkboxes", "date"};

struct DatePart {
    std::string_view name;
    std::string_view label;
    int width;
};
constexpr DatePart kDateParts[] = {{"day", "Day", 2}, {"month", "Month", 2}, {"year", "Year", 4}};

std::string part_of(std::string_view name, std::string_view part) {
    return std::string{name} + "." + std::string{part};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> date_fields(std::string_view name, Date date) {
    return {{part_of(name, "day"), std::to_string(static_cast<unsigned>(date.day()))},
            {part_of(name, "month"), std::to_string(static_cast<unsigned>(date.month()))},
            {part_of(name, "year"), std::to_string(static_cast<int>(date.year()))}};
}

std::string plain_line_ends(std::string_view text) {
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\r') {
            plain += text[i];
        } else if (i + 1 == text.size() || text[i + 1] != '\n') {
            plain += '\n';
        }
    }
    return plain;
}

Form& Form::with(std::string_view name, std::string value) {
    defaults_.emplace_back(name, std::move(value));
    return *this;
}

Form& Form::with_date(std::string_view name, Date value) {
    for (auto& [field, number] : date_fields(name, value)) {
        with(field, std::move(number));
    }
    return *this;
}

std::string Form::value_of(std::string_view name) const {
    if (params_ != nullptr) {
        const std::string* given = params_->given_text(name);
        return given != nullptr ? *given : std::string{};
    }
    const auto found = std::find_if(defaults_.begin(), defaults_.end(),
                                    [&](const auto& known) { return known.first == name; });
    return found != defaults_.end() ? found->second : std::string{};
}

Form::Field& Form::add(std::string kind, const std::string& name, const std::string& label,
                       const std::string& hint) {
    Field field{std::move(kind), name, name, {}, std::nullopt};
    field.view["name"] = View{name};
    field.view["label"] = View{label};
    field.view["hint"] = text_or_none(hint);
    fields_.push_back(std::move(field));
    return fields_.back();
}

void Form::refuse(std::string_view name, std::string text) {
    const auto field =
        std::find_if(fields_.begin(), fields_.end(), [&](const Field& known) { return known.name == name; });
    VERIFY(name.empty() || field != fields_.end());
    if (field != fields_.end() && field->error) {
        return;
    }
    if (field != fields_.end()) {
        field->error = text;
    }
    errors_.emplace_back(field != fields_.end() ? field->id : std::string{}, std::move(text));
}

std::optional<std::string> Form::checked(const Text& field, std::string entered, bool may_have_lines) {
    if (params_ == nullptr) {
        return std::nullopt;
    }
    if (entered.empty()) {
        if (!field.missing.empty()) {
            refuse(field.name, field.missing);
        }
        return std::nullopt;
    }
    if (code_point_count(entered) > field.characters_max) {
        refuse(field.name,
               field.label + " must be " + std::to_string(field.characters_max) + " characters or fewer");
        return std::nullopt;
    }
    if (has_controls(entered, may_have_lines)) {
        refuse(field.name, field.label + " must not have characters that cannot be seen");
        return std::nullopt;
    }
    if (field.type == "email" && !looks_like_email(entered)) {
        refuse(field.name, "Enter an e-mail address in the form name@example.com");
        return std::nullopt;
    }
    return entered;
}

Form::Field& Form::add_text(std::string kind, const Text& field, const std::string& shown) {
    Field& added = add(std::move(kind), field.name, field.label, field.hint);
    added.view["value"] = View{shown};
    added.view["type"] = View{field.type};
    added.view["width"] = text_or_none(field.width > 0 ? std::to_string(field.width) : std::string{});
    added.view["autocomplete"] = text_or_none(field.autocomplete);
    added.view["numeric"] = flag(field.numeric);
    return added;
}

std::optional<std::string> Form::text(const Text& field) {
    const std::string value = value_of(field.name);
    add_text("text", field, value);
    return checked(field, std::string{trim(value)}, false);
}

std::optional<std::string> Form::lines(const Text& field) {
    std::string value = plain_line_ends(value_of(field.name));
    add_text("lines", field, value);
    return trim(value).empty() ? checked(field, {}, true) : checked(field, std::move(value), true);
}

std::optional<std::string> Form::password(const Text& field) {
    add_text("text", field, {}).view["type"] = View{"password"};
    std::string entered = value_of(field.name);
    if (params_ != nullptr && entered.empty() && !field.missing.empty()) {
        refuse(field.name, field.missing);
    }
    constexpr std::size_t kBytesMost = 256;
    if (entered.size() > kBytesMost) {
        refuse(field.name, field.label + " must be 256 characters or fewer");
        return std::nullopt;
    }
    return entered.empty() ? std::nullopt : std::optional{std::move(entered)};
}

std::optional<std::string> Form::add_choice(std::string kind, const Choice& field) {
    const std::string value = value_of(field.name);
    Field& added = add(std::move(kind), field.name, field.label, field.hint);
    std::vector<View> options;
    options.reserve(field.options.size());
    bool known = false;
    for (std::size_t i = 0; i < field.options.size(); ++i) {
        const auto& option = field.options[i];
        known = known || (option.value == value && !value.empty());
        options.push_back(view_of({{"value", View{option.value}},
                                   {"label", View{option.label}},
                                   {"chosen", flag(option.value == value)}}));
        if (added.kind == "radios") {  // the options of a list, which may be hundreds, have no use for them
            options.back()["id"] = View{i == 0 ? field.name : field.name + "-" + std::to_string(i + 1)};
            options.back()["name"] = View{field.name};
        }
    }
    set_list(added.view, "options", std::move(options));
    if (params_ != nullptr && !known && !field.missing.empty()) {
        refuse(field.name, field.missing);
    }
    return known ? std::optional{value} : std::nullopt;
}

std::optional<std::string> Form::select(const Choice& field) {
    return add_choice("select", field);
}

std::optional<std::string> Form::radios(const Choice& field) {
    return add_choice("radios", field);
}

std::vector<std::string> Form::checkboxes(const Choice& field) {
    Field& added = add("checkboxes", field.name, field.label, field.hint);
    std::vector<View> options;
    options.reserve(field.options.size());
    std::vector<std::string> chosen;
    for (std::size_t i = 0; i < field.options.size(); ++i) {
        const auto& option = field.options[i];
        const std::string name = field.name + "." + option.value;
        const bool on = !value_of(name).empty();
        if (on) {
            chosen.push_back(option.value);
        }
        const auto id = i == 0 ? field.name : field.name + "-" + std::to_string(i + 1);
        options.push_back(view_of({{"id", View{id}},
                                   {"name", View{name}},
                                   {"value", View{"yes"}},
                                   {"label", View{option.label}},
                                   {"chosen", flag(on)}}));
    }
    set_list(added.view, "options", std::move(options));
    if (params_ != nullptr && chosen.empty() && !field.missing.empty()) {
        refuse(field.name, field.missing);
    }
    return chosen;
}

std::optional<Date> Form::date(const Day& field) {
    Field& added = add("date", field.name, field.label, field.hint);
    added.id = part_of(field.name, "day");
    std::vector<View> parts;
    std::array<std::optional<unsigned>, 3> numbers;
    bool empty = true;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const auto& part = kDateParts[i];
        const std::string name = part_of(field.name, part.name);
        const std::string value = value_of(name);
        empty = empty && trim(value).empty();
        numbers.at(i) = number_of(value);
        parts.push_back(view_of({{"id", View{name}},
                                 {"name", View{name}},
                                 {"label", View{std::string{part.label}}},
                                 {"width", View{std::to_string(part.width)}},
                                 {"value", View{value}}}));
    }
    set_list(added.view, "parts", std::move(parts));
    if (params_ == nullptr) {
        return std::nullopt;
    }
    if (empty) {
        if (!field.missing.empty()) {
            refuse(field.name, field.missing);
        }
        return std::nullopt;
    }
    const auto [day, month, year] = numbers;
    constexpr unsigned kFirstYear = 1880;  // nobody in a register was born before; "26" is no year
    if (day && month && year && *year >= kFirstYear) {
        const Date date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                        std::chrono::day{*day}};
        if (date.ok()) {
            return date;
        }
    }
    refuse(field.name, field.label + " must be a real date, as in 27 3 2026");
    return std::nullopt;
}

void Form::show_in(View& view) const {
    std::vector<View> fields;
    fields.reserve(fields_.size());
    for (const auto& field : fields_) {
        View shown{field.view};
        std::string described_by = shown.get("hint")->is_string() ? field.name + "-hint" : std::string{};
        if (field.error) {
            described_by += (described_by.empty() ? "" : " ") + field.name + "-error";
        }
        shown["id"] = View{field.name};
        shown["error"] = text_or_none(field.error);
        shown["described_by"] = text_or_none(described_by);
        View one;
        for (const auto kind : kKinds) {
            one[std::string{kind}] = flag(false);
        }
        one[field.kind] = std::move(shown);
        fields.push_back(std::move(one));
    }
    set_list(view, "fields", std::move(fields));
    std::vector<View> errors;
    errors.reserve(errors_.size());
    for (const auto& [id, text] : errors_) {
        errors.push_back(view_of({{"href", text_or_none(id.empty() ? id : "#" + id)}, {"text", View{text}}}));
    }
    set_list(view, "errors", std::move(errors));
}

}  // namespace tenantry::web
