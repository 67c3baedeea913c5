#include "intake/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.hpp"
#include "register/postcode.hpp"

namespace tenantry::intake {

namespace {

constexpr Error kNoUuid{Code::Invalid, "is not a uuid"};
constexpr Error kNoPostcode{Code::Invalid, "is not a UK postcode"};

constexpr std::array<std::string_view, 11> kCodeLists{
    "alert_type", "nature_of_enquiry", "enquiry_subject", "reason_for_process", "source",
    "ward",       "transaction_type",  "tenure",          "job_status",         "job_priority",
    "job_type",
};

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

Result<std::int64_t> read_digits(std::string_view text, std::size_t most, const Error& refusal) {
    std::int64_t number = 0;
    if (text.size() > most || !std::all_of(text.begin(), text.end(), is_digit) ||
        std::from_chars(text.data(), text.data() + text.size(), number).ec != std::errc{}) {
        return refusal;
    }
    return number;
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

Result<std::int64_t> read_number(std::string_view text) {
    return read_digits(text, 9, {Code::Invalid, "is not a number of 1 to 9 digits"});
}

Result<std::string> read_password(std::string_view text) {
    constexpr std::size_t kBytesMax = 256;
    if (text.size() > kBytesMax) {
        return Error{Code::Invalid, "is longer than 256 bytes"};
    }
    return std::string{text};
}

Result<std::int64_t> read_uprn(std::string_view text) {
    return read_digits(text, 12, {Code::Invalid, "is not a UPRN of 1 to 12 digits"});
}

Result<std::string> read_postcode(std::string_view text) {
    auto code = housing::parse_postcode(text);
    if (!code) {
        return kNoPostcode;
    }
    return std::move(*code);
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

Result<housing::Pence> read_money(std::string_view text) {
    constexpr Error kNoMoney{Code::Invalid, "is not an amount in pounds with two decimals"};
    constexpr std::size_t kPoundsMost = 12;
    const bool negative = text.starts_with('-');
    text.remove_prefix(negative ? 1 : 0);
    const std::size_t point = text.find('.');
    if (point == 0 || point > kPoundsMost || text.size() != point + 3) {
        return kNoMoney;
    }
    std::int64_t pence = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i == point) {
            continue;
        }
        if (!is_digit(text[i])) {
            return kNoMoney;
        }
        pence = pence * 10 + (text[i] - '0');
    }
    return housing::Pence{negative ? -pence : pence};
}

std::string money_text(housing::Pence amount) {
    const bool negative = amount.value < 0;
    std::string digits = std::to_string(negative ? -amount.value : amount.value);
    digits.insert(0, digits.size() < 3 ? 3 - digits.size() : 0, '0');
    digits.insert(digits.size() - 2, 1, '.');
    return negative ? '-' + digits : digits;
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

}  // namespace tenantry::intake
