#include "base/time.hpp"
#include "base/ascii.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

namespace tenantry {

namespace {

/// The value of text if it is exactly digits.
std::optional<int> number(std::string_view text) {
    const auto value = parse_whole<int>(text);
    return value && text.front() != '-' ? value : std::nullopt;
}

}  // namespace

std::string format_instant(Instant at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const Date date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(at - day)};
    return fmt::format(FMT_COMPILE("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z"), static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() != 10 &&
        (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')) {
        return std::nullopt;
    }
    const auto date = parse_date(text.substr(0, 10));
    if (!date) {
        return std::nullopt;
    }
    const auto midnight = std::chrono::sys_days{*date};
    if (text.size() == 10) {
        return midnight;
    }
    const auto hours = number(text.substr(11, 2));
    const auto minutes = number(text.substr(14, 2));
    const auto seconds = number(text.substr(17, 2));
    if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 59) {
        return std::nullopt;
    }
    return midnight + std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
           std::chrono::seconds{*seconds};
}

Instant uk_time(Instant at) {
    using namespace std::chrono;
    const year_month_day today{floor<days>(at)};
    const Instant begins = sys_days{today.year() / March / Sunday[last]} + hours{1};
    const Instant ends = sys_days{today.year() / October / Sunday[last]} + hours{1};
    return begins <= at && at < ends ? at + hours{1} : at;
}

std::string format_date_time(Instant at) {
    std::string text = format_instant(at);
    text.pop_back();
    text[10] = ' ';
    return text;
}

std::string format_date(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = number(text.substr(0, 4));
    const auto month = number(text.substr(5, 2));
    const auto day = number(text.substr(8, 2));
    if (!year || !month || !day) {
        return std::nullopt;
    }
    const Date date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                    std::chrono::day{static_cast<unsigned>(*day)}};
    return date.ok() ? std::optional{date} : std::nullopt;
}

}  // namespace tenantry
