#include "http/message.hpp"

#include "base/ascii.hpp"
#include "base/verify.hpp"

namespace tenantry::http {

namespace {

constexpr std::size_t kMaxFields = 200;

enum class Plus { Stays, IsSpace };

Result<std::string> decode(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
            if (low < 0) {
                return Error{Code::Invalid, "A percent sign is not followed by two hexadecimal digits"};
            }
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += text[i] == '+' && plus == Plus::IsSpace ? ' ' : text[i];
        }
    }
    return decoded;
}

}  // namespace

std::optional<std::string_view> Request::header(std::string_view name) const {
    for (const auto& header : headers) {
        if (same_text(header.name, name)) {
            return header.value;
        }
    }
    return std::nullopt;
}

std::size_t Request::header_count(std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(
        headers.begin(), headers.end(), [&](const Header& header) { return same_text(header.name, name); }));
}

std::optional<std::string_view> Request::cookie(std::string_view name) const {
    std::optional<std::string_view> found;
    for (const auto& header : headers) {
        if (!same_text(header.name, "cookie")) {
            continue;
        }
        for (std::string_view rest = header.value; !rest.empty();) {
            std::string_view value = take_until(rest, ';');
            const bool has_value = value.find('=') != std::string_view::npos;
            if (has_value && trim_blanks(take_until(value, '=')) == name) {
                if (found) {
                    return std::nullopt;
                }
                found = trim_blanks(value);
            }
        }
    }
    return found;
}

void Response::add_header(std::string_view name, std::string_view value) {
    constexpr std::string_view kForbidden{"\r\n\0", 3};
    VERIFY(name.find_first_of(kForbidden) == std::string_view::npos);
    VERIFY(value.find_first_of(kForbidden) == std::string_view::npos);
    headers += name;
    headers += ": ";
    headers += value;
    headers += "\r\n";
}

Result<Fields> parse_form(std::string_view text) {
    Fields fields;
    while (!text.empty()) {
        std::string_view value = take_until(text, '&');
        if (value.empty()) {
            continue;
        }
        if (fields.size() == kMaxFields) {
            return Error{Code::Invalid, "More than 200 fields"};
        }
        auto name = TRY(decode(take_until(value, '='), Plus::IsSpace));
        fields.emplace_back(std::move(name), TRY(decode(value, Plus::IsSpace)));
    }
    return fields;
}

Result<std::string> percent_decode(std::string_view text) {
    return decode(text, Plus::Stays);
}

}  // namespace tenantry::http
