#include "app/import/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"

namespace tenantry::app {

namespace {

constexpr Error kNoUuid{Code::Invalid, "is not a uuid"};
constexpr Error kNoPostcode{Code::Invalid, "is not a UK postcode"};

constexpr std::array<std::string_view, 8> kCodeLists{
    "alert_type", "nature_of_enquiry", "enquiry_subject", "reason_for_process", "source",
    "ward",       "transaction_type",  "tenure",
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

/// The outward codes that are: A9, A99, A9A, AA9, AA99, AA9A; and GIR.
bool is_outward_code(std::string_view code) {
    std::string shape;
    for (const char c : code) {
        shape += is_digit(c) ? '9' : is_capital(c) ? 'A' : '?';
    }
    constexpr std::array<std::string_view, 6> kShapes{"A9", "A99", "A9A", "AA9", "AA99", "AA9A"};
    return std::find(kShapes.begin(), kShapes.end(), shape) != kShapes.end() || code == "GIR";
}

bool is_inward_code(std::string_view code) {
    constexpr std::string_view kNever = "CIKMOV";
    return is_digit(code[0]) && is_capital(code[1]) && is_capital(code[2]) &&
           code.substr(1).find_first_of(kNever) == std::string_view::npos;
}

bool has_control_character_but(std::string_view allowed, std::string_view text) {
    for (;;) {
        const auto end = text.find_first_of(allowed);
        if (has_control_character(text.substr(0, end))) {
            return true;
        }
        if (end == std::string_view::npos) {
            return false;
        }
        text.remove_prefix(end + 1);
    }
}

}  // namespace

Result<Uuid> read_uuid(std::string_view text) {
    const auto uuid = Uuid::parse(text);
    if (!uuid || *uuid == Uuid{}) {
        return kNoUuid;
    }
    return *uuid;
}

Result<std::vector<Uuid>> read_uuids(std::string_view text) {
    std::vector<Uuid> uuids;
    for (std::size_t start = 0; start <= text.size();) {
        const std::size_t end = std::min(text.find(';', start), text.size());
        uuids.push_back(TRY(read_uuid(text.substr(start, end - start))));
        start = end + 1;
    }
    return uuids;
}

Result<std::int64_t> read_uprn(std::string_view text) {
    constexpr std::size_t kDigitsMax = 12;
    std::int64_t uprn = 0;
    if (text.size() > kDigitsMax || !std::all_of(text.begin(), text.end(), is_digit) ||
        std::from_chars(text.data(), text.data() + text.size(), uprn).ec != std::errc{}) {
        return Error{Code::Invalid, "is not a UPRN of 1 to 12 digits"};
    }
    return uprn;
}

Result<std::string> read_postcode(std::string_view text) {
    constexpr std::size_t kInward = 3;
    std::string code;
    for (const char c : trim(text)) {
        if (c != ' ') {
            code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        }
    }
    if (code.size() < kInward + 2 || code.size() > kInward + 4) {
        return kNoPostcode;
    }
    code.insert(code.size() - kInward, 1, ' ');
    const std::string_view whole = code;
    if (!is_outward_code(whole.substr(0, whole.find(' '))) ||
        !is_inward_code(whole.substr(whole.size() - kInward))) {
        return kNoPostcode;
    }
    return code;
}

Result<Date> read_date(std::string_view text) {
    const auto date = parse_date(text);
    if (!date) {
        return Error{Code::Invalid, "is not a date written YYYY-MM-DD"};
    }
    return *date;
}

Result<Instant> read_instant(std::string_view text) {
    const auto instant = parse_instant(text);
    if (!instant) {
        return Error{Code::Invalid, "is not a time written YYYY-MM-DDThh:mm:ssZ"};
    }
    return *instant;
}

Result<bool> read_boolean(std::string_view text) {
    if (text != "true" && text != "false") {
        return Error{Code::Invalid, "is neither true nor false"};
    }
    return text == "true";
}

Result<std::string> read_email(std::string_view text) {
    if (!looks_like_email(text) || has_control_character(text)) {
        return Error{Code::Invalid, "is not an e-mail address"};
    }
    return std::string{text};
}

Result<std::string> read_telephone(std::string_view text) {
    constexpr std::string_view kWrittenWith = "0123456789 +()-./ext";
    constexpr std::ptrdiff_t kDigitsMin = 3;
    constexpr std::ptrdiff_t kDigitsMax = 20;
    constexpr std::size_t kBytesMax = 40;
    const auto digits = std::count_if(text.begin(), text.end(), is_digit);
    if (digits < kDigitsMin || digits > kDigitsMax || text.size() > kBytesMax ||
        text.find_first_not_of(kWrittenWith) != std::string_view::npos) {
        return Error{Code::Invalid, "is not a telephone number"};
    }
    return std::string{text};
}

Result<std::string> read_code_list(std::string_view text) {
    if (std::find(kCodeLists.begin(), kCodeLists.end(), text) == kCodeLists.end()) {
        return Error{Code::Invalid, "is not the name of a code list"};
    }
    return std::string{text};
}

Result<std::string> read_text(std::string_view text, std::size_t characters_max, Lines lines) {
    if (has_control_character_but(lines == Lines::Many ? "\t\r\n" : "", text)) {
        return Error{Code::Invalid, "has a control character"};
    }
    if (code_point_count(text) > characters_max) {
        return Error{Code::Invalid, "is too long"};
    }
    if (trim(text).empty()) {
        return Error{Code::Invalid, "is nothing but white space"};
    }
    return std::string{text};
}

}  // namespace tenantry::app
