#include "api/params.hpp"

#include <algorithm>
#include <cmath>

#include "base/ascii.hpp"
#include "base/text.hpp"

namespace tenantry::api {

namespace {

constexpr std::size_t kSecretBytes = 256;
constexpr std::size_t kEmailBytes = 254;  // RFC 5321 section 4.5.3.1.3

Error invalid(Literal name) {
    return Error{Code::Invalid, "", name};
}

std::string_view media_type(const http::Request& request) {
    const auto type = request.header("content-type").value_or("");
    return trim(type.substr(0, type.find(';')));
}

bool is_json(const http::Request& request) {
    return same_text(media_type(request), "application/json");
}
bool is_form(const http::Request& request) {
    return same_text(media_type(request), "application/x-www-form-urlencoded");
}

/// The scalar as the text that a query would carry, to compare a value given in two places.
std::string comparable(const json::Value& value) {
    if (const auto* text = value.as<std::string>()) {
        return *text;
    }
    if (const auto* number = value.as<std::int64_t>()) {
        return std::to_string(*number);
    }
    if (const auto* boolean = value.as<bool>()) {
        return *boolean ? "true" : "false";
    }
    return "";
}

/// Nothing for a number that has more than two decimals, beyond what a double's own error explains.
std::optional<std::int64_t> round_hundredths(double number, std::int64_t max) {
    constexpr double kTolerance = 1e-4;
    const double hundredths = number * 100;
    if (!(hundredths >= 0 && hundredths <= static_cast<double>(max))) {
        return std::nullopt;
    }
    const double nearest = std::round(hundredths);
    return std::abs(hundredths - nearest) < kTolerance ? std::optional{static_cast<std::int64_t>(nearest)}
                                                       : std::nullopt;
}

/// "1250", "1250.5" or "1250.50".
std::optional<std::int64_t> parse_hundredths(std::string_view text) {
    constexpr std::size_t kDigitsMost = 12;
    const auto point = text.find('.');
    const auto decimals = point == std::string_view::npos ? "00" : text.substr(point + 1);
    std::string digits{text.substr(0, point)};
    if (digits.empty() || digits.size() > kDigitsMost || decimals.empty() || decimals.size() > 2) {
        return std::nullopt;
    }
    digits += decimals;
    digits.append(2 - decimals.size(), '0');
    if (!std::all_of(digits.begin(), digits.end(), is_digit)) {
        return std::nullopt;
    }
    return parse_whole<std::int64_t>(digits);
}

}  // namespace

bool Params::is_supported_body(const http::Request& request) {
    return request.body.empty() || is_json(request) || is_form(request);
}

Result<Params> Params::read(const http::Request& request) {
    Params params;
    for (auto& [name, value] : TRY(http::parse_form(request.query))) {
        TRY(params.add(std::move(name), std::move(value)));
    }
    if (request.body.empty()) {
        return params;
    }
    if (is_form(request)) {
        for (auto& [name, value] : TRY(http::parse_form(request.body))) {
            TRY(params.add(std::move(name), std::move(value)));
        }
        return params;
    }
    const json::Value body = TRY(json::parse(request.body));
    const auto* members = body.as<json::Object>();
    if (members == nullptr) {
        return Error{Code::Invalid, "The request body must be a JSON object"};
    }
    for (const auto& [name, value] : *members) {
        TRY(params.add(name, value));
    }
    return params;
}

const Params::Given* Params::find(std::string_view name) const {
    for (const auto& [known, given] : given_) {
        if (known == name) {
            return &given;
        }
    }
    return nullptr;
}

Result<void> Params::add(std::string name, Given given) {
    if (const Given* before = find(name)) {
        const auto text_of_given = [](const Given& one) {
            const auto* text = std::get_if<std::string>(&one);
            return text != nullptr ? *text : comparable(std::get<json::Value>(one));
        };
        if (text_of_given(*before) != text_of_given(given)) {
            return Error{Code::Invalid, "A parameter is given twice with different values"};
        }
        return {};
    }
    if (const auto* text = std::get_if<std::string>(&given); text != nullptr && !is_clean_utf8(*text)) {
        return Error{Code::Invalid, "A parameter is not valid UTF-8 text"};
    }
    given_.emplace_back(std::move(name), std::move(given));
    return {};
}

template <class T>
const T* Params::json_value(Literal name) const {
    const Given* given = find(name.view());
    const auto* value = given == nullptr ? nullptr : std::get_if<json::Value>(given);
    return value == nullptr ? nullptr : value->as<T>();
}

const std::string* Params::given_text(std::string_view name) const {
    const Given* given = find(name);
    return given != nullptr ? std::get_if<std::string>(given) : nullptr;
}

std::vector<std::pair<std::string_view, std::string_view>> Params::given_texts() const {
    std::vector<std::pair<std::string_view, std::string_view>> texts;
    for (const auto& [name, given] : given_) {
        if (const auto* text = std::get_if<std::string>(&given)) {
            texts.emplace_back(name, *text);
        }
    }
    return texts;
}

Result<std::optional<std::string_view>> Params::raw_text(Literal name) const {
    const Given* given = find(name.view());
    if (given == nullptr) {
        return std::optional<std::string_view>{};
    }
    const std::string* text = std::get_if<std::string>(given);
    if (text == nullptr) {
        const auto& value = std::get<json::Value>(*given);
        if (value.is_null()) {
            return std::optional<std::string_view>{};
        }
        text = value.as<std::string>();
    }
    if (text == nullptr) {
        return invalid(name);
    }
    return text->empty() ? std::optional<std::string_view>{} : std::optional{std::string_view{*text}};
}

Result<Maybe<std::string>> Params::maybe_text(Literal name, std::size_t characters_max) const {
    Maybe<std::string> maybe;
    maybe.given = has(name.view());
    if (const auto text = TRY(raw_text(name))) {
        if (has_control_character(*text) || code_point_count(*text) > characters_max || trim(*text).empty()) {
            return invalid(name);
        }
        maybe.value = std::string{*text};
    }
    return maybe;
}

Result<Maybe<std::string>> Params::maybe_lines(Literal name, std::size_t characters_max) const {
    Maybe<std::string> maybe;
    maybe.given = has(name.view());
    if (const auto text = TRY(raw_text(name))) {
        std::string one_line{*text};
        std::replace_if(
            one_line.begin(), one_line.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; },
            ' ');
        if (has_control_character(one_line) || code_point_count(*text) > characters_max ||
            trim(one_line).empty()) {
            return invalid(name);
        }
        maybe.value = std::string{*text};
    }
    return maybe;
}

Result<std::optional<std::string>> Params::text(Literal name, std::size_t characters_max) const {
    return TRY(maybe_text(name, characters_max)).value;
}

Result<std::string> Params::required_text(Literal name, std::size_t characters_max) const {
    auto given = TRY(text(name, characters_max));
    if (!given) {
        return invalid(name);
    }
    return std::move(*given);
}

Result<Maybe<std::string>> Params::maybe_email(Literal name) const {
    auto maybe = TRY(maybe_text(name, kEmailBytes));
    if (maybe.value && !looks_like_email(*maybe.value)) {
        return invalid(name);
    }
    return maybe;
}

Result<std::optional<std::string>> Params::secret(Literal name) const {
    const auto text = TRY(raw_text(name));
    if (text && text->size() > kSecretBytes) {
        return invalid(name);
    }
    return text ? std::optional{std::string{*text}} : std::nullopt;
}

Result<Maybe<std::int64_t>> Params::maybe_integer(Literal name, std::int64_t min, std::int64_t max) const {
    Maybe<std::int64_t> maybe;
    maybe.given = has(name.view());
    if (const auto* number = json_value<std::int64_t>(name)) {
        maybe.value = *number;
    } else if (const auto digits = TRY(raw_text(name))) {
        maybe.value = parse_whole<std::int64_t>(*digits);
    } else {
        return maybe;
    }
    if (!maybe.value || *maybe.value < min || *maybe.value > max) {
        return invalid(name);
    }
    return maybe;
}

Result<std::optional<std::int64_t>> Params::integer(Literal name, std::int64_t min, std::int64_t max) const {
    return TRY(maybe_integer(name, min, max)).value;
}

Result<std::optional<bool>> Params::boolean(Literal name) const {
    if (const auto* value = json_value<bool>(name)) {
        return std::optional{*value};
    }
    if (const auto* number = json_value<std::int64_t>(name)) {
        return *number == 0 || *number == 1 ? Result{std::optional{*number == 1}} : invalid(name);
    }
    const auto written = TRY(raw_text(name));
    if (!written) {
        return std::optional<bool>{};
    }
    if (*written == "true" || *written == "1") {
        return std::optional{true};
    }
    if (*written == "false" || *written == "0") {
        return std::optional{false};
    }
    return invalid(name);
}

Result<std::optional<Uuid>> Params::uuid(Literal name) const {
    const auto text = TRY(raw_text(name));
    if (!text) {
        return std::optional<Uuid>{};
    }
    const auto uuid = Uuid::parse(*text);
    if (!uuid) {
        return invalid(name);
    }
    return std::optional{*uuid};
}

Result<Uuid> Params::required_uuid(Literal name) const {
    const auto given = TRY(uuid(name));
    if (!given) {
        return invalid(name);
    }
    return *given;
}

Result<std::optional<Date>> Params::date(Literal name) const {
    const auto text = TRY(raw_text(name));
    if (!text) {
        return std::optional<Date>{};
    }
    const auto date = parse_date(*text);
    if (!date) {
        return invalid(name);
    }
    return std::optional{*date};
}

Result<Maybe<Date>> Params::maybe_date(Literal name) const {
    return Maybe<Date>{has(name.view()), TRY(date(name))};
}

Result<Maybe<std::int64_t>> Params::maybe_hundredths(Literal name, std::int64_t max) const {
    Maybe<std::int64_t> maybe;
    maybe.given = has(name.view());
    if (const auto* whole = json_value<std::int64_t>(name)) {
        maybe.value = *whole > max / 100 ? max + 1 : *whole * 100;
    } else if (const auto* number = json_value<double>(name)) {
        maybe.value = round_hundredths(*number, max);
    } else if (const auto written = TRY(raw_text(name))) {
        maybe.value = parse_hundredths(*written);
    } else {
        return maybe;
    }
    if (!maybe.value || *maybe.value < 0 || *maybe.value > max) {
        return invalid(name);
    }
    return maybe;
}

Result<const json::Object*> Params::object(Literal name) const {
    const auto* object = json_value<json::Object>(name);
    if (object == nullptr && json_value<std::nullptr_t>(name) == nullptr && has(name.view())) {
        return invalid(name);
    }
    return object;
}

Result<const json::Array*> Params::array(Literal name) const {
    const auto* array = json_value<json::Array>(name);
    if (array == nullptr && has(name.view())) {
        return invalid(name);
    }
    return array;
}

}  // namespace tenantry::api
