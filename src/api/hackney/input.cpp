#include "api/hackney/input.hpp"

#include <algorithm>
#include <cmath>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace tenantry::api::hackney {

namespace {

std::optional<bool> parse_boolean(std::string_view text) {
    text = trim(text);
    if (same_text(text, "true")) {
        return true;
    }
    return same_text(text, "false") ? std::optional{false} : std::nullopt;
}

/// A scalar as the text that it is written as.
std::optional<std::string> scalar_text(const json::Value& value) {
    if (const auto* text = value.as<std::string>()) {
        return *text;
    }
    if (const auto* number = value.as<std::int64_t>()) {
        return std::to_string(*number);
    }
    if (const auto* number = value.as<double>()) {
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
        return std::string{digits.data(), end};
    }
    if (const auto* truth = value.as<bool>()) {
        return *truth ? "True" : "False";  // as .NET writes them
    }
    return std::nullopt;
}

bool is_usable(std::string_view text, std::size_t most, bool many_lines) {
    if (!is_clean_utf8(text) || code_point_count(text) > most) {
        return false;
    }
    if (!many_lines) {
        return !has_control_character(text);
    }
    return std::none_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t';
    });
}

bool is_secret(std::string_view text) {
    return text.size() <= kSecretMost && is_clean_utf8(text);
}

}  // namespace

Query::Query(std::string_view form) {
    if (auto fields = http::parse_form(form); fields.ok()) {
        fields_ = std::move(fields).value();
    }
}

const std::string* Query::find(std::string_view name) const {
    for (const auto& [key, value] : fields_) {
        if (same_text(key, name)) {
            return trim(value).empty() ? nullptr : &value;
        }
    }
    return nullptr;
}

std::optional<std::string> Query::text(std::string_view name) const {
    const auto* value = find(name);
    return value != nullptr && is_usable(*value, kLineMost, false) ? std::optional{*value} : std::nullopt;
}

bool Query::is_unreadable(std::string_view name) const {
    return find(name) != nullptr && !text(name);
}

std::optional<std::string> Query::secret(std::string_view name) const {
    const auto* value = find(name);
    return value != nullptr && is_secret(*value) ? std::optional{*value} : std::nullopt;
}

std::optional<std::string> Query::trimmed(std::string_view name) const {
    const auto value = text(name);
    return value ? std::optional{std::string{trim(*value)}} : std::nullopt;
}

std::optional<std::int64_t> Query::integer(std::string_view name) const {
    const auto value = text(name);
    return value ? parse_number(*value) : std::nullopt;
}

std::optional<Uuid> Query::uuid(std::string_view name) const {
    const auto value = text(name);
    return value ? parse_guid(*value) : std::nullopt;
}

bool Query::boolean(std::string_view name) const {
    const auto value = text(name);
    return value && parse_boolean(*value).value_or(false);
}

bool Query::has(std::string_view name) const {
    return std::any_of(fields_.begin(), fields_.end(),
                       [name](const auto& field) { return same_text(field.first, name); });
}

Body::Body(std::string_view json) {
    auto parsed = json::parse(json);
    if (parsed.ok()) {
        value_ = std::move(parsed).value();
    }
    null_ = value_.as<json::Object>() == nullptr;
}

Fields Body::fields() {
    return {*this, null_ ? nullptr : &value_};
}

const json::Value* Fields::find(std::string_view name) const {
    if (object_ == nullptr) {
        return nullptr;
    }
    const json::Value* found = nullptr;
    for (const auto& [key, value] : *object_->as<json::Object>()) {
        // Of two that differ in case only, the last that says something counts.
        if (same_text(key, name) && (found == nullptr || !value.is_null())) {
            found = &value;
        }
    }
    return found != nullptr && !found->is_null() ? found : nullptr;
}

bool Fields::has(std::string_view name) const {
    const auto* members = object_ != nullptr ? object_->as<json::Object>() : nullptr;
    return members != nullptr && std::any_of(members->begin(), members->end(), [name](const auto& member) {
               return same_text(member.first, name);
           });
}

std::optional<std::string> Fields::clean_text(std::string_view name, std::size_t most,
                                              bool many_lines) const {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    auto text = scalar_text(*value);
    if (!text || !is_usable(*text, most, many_lines)) {
        refuse();
        return std::nullopt;
    }
    return text;
}

std::optional<std::string> Fields::text(std::string_view name, std::size_t most) const {
    return clean_text(name, most, false);
}

std::optional<std::string> Fields::note(std::string_view name) const {
    return clean_text(name, kNoteMost, true);
}

std::optional<std::string> Fields::secret(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    auto text = scalar_text(*value);
    if (!text || !is_secret(*text)) {
        refuse();
        return std::nullopt;
    }
    return text;
}

std::optional<std::int64_t> Fields::integer(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (const auto* number = value->as<std::int64_t>()) {
        return *number;
    }
    std::optional<std::int64_t> number;
    if (const auto* text = value->as<std::string>()) {
        number = parse_number(*text);
    }
    if (!number) {
        refuse();
    }
    return number;
}

std::optional<bool> Fields::boolean(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (const auto* truth = value->as<bool>()) {
        return *truth;
    }
    std::optional<bool> truth;
    if (const auto* text = value->as<std::string>()) {
        truth = parse_boolean(*text);
    } else if (const auto* number = value->as<std::int64_t>()) {
        truth = *number != 0;
    }
    if (!truth) {
        refuse();
    }
    return truth;
}

std::optional<Uuid> Fields::uuid(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto* text = value->as<std::string>();
    const auto uuid = text != nullptr ? parse_guid(*text) : std::nullopt;
    if (!uuid) {
        refuse();
    }
    return uuid;
}

std::optional<Date> Fields::date(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto* text = value->as<std::string>();
    const auto date = text != nullptr && (text->size() == 10 || (text->size() > 10 && (*text)[10] == 'T'))
                          ? parse_date(std::string_view{*text}.substr(0, 10))
                          : std::nullopt;
    if (!date) {
        refuse();
    }
    return date;
}

std::optional<std::vector<std::string>> Fields::texts(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    std::vector<std::string> all;
    const auto* array = value->as<json::Array>();
    for (std::size_t i = 0; array != nullptr && i < array->size(); ++i) {
        auto text = scalar_text((*array)[i]);
        if (!text || !is_usable(*text, kLineMost, false)) {
            refuse();
            return std::nullopt;
        }
        all.push_back(std::move(*text));
    }
    if (array == nullptr) {
        refuse();
        return std::nullopt;
    }
    return all;
}

std::optional<Fields> Fields::object(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    if (value->as<json::Object>() == nullptr) {
        refuse();
        return std::nullopt;
    }
    return Fields{*body_, value};
}

std::optional<std::vector<Fields>> Fields::objects(std::string_view name) const {
    const auto* value = find(name);
    if (value == nullptr) {
        return std::nullopt;
    }
    const auto* array = value->as<json::Array>();
    if (array == nullptr || std::any_of(array->begin(), array->end(), [](const json::Value& one) {
            return one.as<json::Object>() == nullptr;
        })) {
        refuse();
        return std::nullopt;
    }
    std::vector<Fields> all;
    for (const auto& one : *array) {
        all.emplace_back(*body_, &one);
    }
    return all;
}

std::optional<std::string> note_body(const http::Request& request) {
    const auto parsed = json::parse(request.body);
    const auto* text = parsed.ok() ? parsed->as<std::string>() : nullptr;
    return text != nullptr && is_usable(*text, kNoteMost, true) ? std::optional{*text} : std::nullopt;
}

bool is_given(const std::optional<std::string>& text) {
    return text && !trim(*text).empty();
}

std::optional<std::string> path_text(std::string_view value) {
    value = trim(value);
    return value.empty() || !is_usable(value, kLineMost, false) ? std::nullopt
                                                                : std::optional<std::string>{value};
}

std::optional<Uuid> parse_guid(std::string_view text) {
    text = trim(text);
    if (text.size() == 38 && text.front() == '{' && text.back() == '}') {
        text = text.substr(1, 36);
    }
    return Uuid::parse(text);
}

std::optional<std::int64_t> parse_number(std::string_view text) {
    text = trim(text);
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    return parse_whole<std::int64_t>(text);
}

}  // namespace tenantry::api::hackney
