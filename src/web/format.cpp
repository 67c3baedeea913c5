#include "web/format.hpp"

#include <fmt/format.h>

#include <array>

namespace tenantry::web {

namespace {

constexpr std::array<std::string_view, 12> kMonths{"January",   "February", "March",    "April",
                                                   "May",       "June",     "July",     "August",
                                                   "September", "October",  "November", "December"};

std::string with_commas(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t from_end = 3; from_end < digits.size(); from_end += 4) {
        digits.insert(digits.size() - from_end, ",");
    }
    return digits;
}

std::uint64_t size_of(std::int64_t number) {
    return number < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(number)
                      : static_cast<std::uint64_t>(number);
}

std::string pounds(std::uint64_t pence) {
    return fmt::format("£{}.{:02}", with_commas(pence / 100), pence % 100);
}

}  // namespace

std::string say_date(Date date) {
    return fmt::format("{} {} {}", static_cast<unsigned>(date.day()),
                       kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()));
}

Date uk_date(Instant at) {
    return Date{std::chrono::floor<std::chrono::days>(uk_time(at))};
}

Instant uk_midnight(Date day) {
    const Instant midnight = std::chrono::sys_days{day};
    const Instant earlier = midnight - std::chrono::hours{1};
    return uk_time(earlier) == midnight ? earlier : midnight;
}

std::string say_time(Instant at) {
    const auto local = uk_time(at);
    const std::chrono::hh_mm_ss time{local - std::chrono::floor<std::chrono::days>(local)};
    const auto hour = time.hours().count();
    return fmt::format("{} at {}:{:02}{}", say_date(uk_date(at)), hour % 12 == 0 ? 12 : hour % 12,
                       time.minutes().count(), hour < 12 ? "am" : "pm");
}

std::string say_age(Instant since, Instant now) {
    const auto days = to_days(uk_date(now)) - to_days(uk_date(since));
    constexpr std::int64_t kWeek = 7;
    constexpr std::int64_t kMonth = 30;
    constexpr std::int64_t kYear = 365;
    if (days <= 0) {
        return "today";
    }
    if (days == 1) {
        return "yesterday";
    }
    if (days < 2 * kWeek) {
        return fmt::format("{} days", days);
    }
    if (days < 3 * kMonth) {
        return fmt::format("{} weeks", days / kWeek);
    }
    if (days < 2 * kYear) {
        return fmt::format("{} months", days / kMonth);
    }
    return fmt::format("{} years", days / kYear);
}

std::string say_money(std::int64_t pence) {
    return (pence < 0 ? "−" : "") + pounds(size_of(pence));
}

std::string say_balance(std::int64_t pence_owed) {
    return pounds(size_of(pence_owed)) + (pence_owed > 0   ? " in arrears"
                                          : pence_owed < 0 ? " in credit"
                                                           : "");
}

std::string say_number(std::int64_t number) {
    return (number < 0 ? "−" : "") + with_commas(size_of(number));
}

std::string say_size(std::uintmax_t bytes) {
    constexpr double kStep = 1000;
    constexpr std::string_view kUnits[] = {"kB", "MB", "GB", "TB"};
    if (bytes < 1000) {
        return say_count(static_cast<std::int64_t>(bytes), "byte", "bytes");
    }
    double size = static_cast<double>(bytes) / kStep;
    const auto* unit = std::begin(kUnits);
    // What would be written as "1000.0" is one of the next unit.
    for (; size >= kStep - 0.05 && unit + 1 != std::end(kUnits); ++unit) {
        size /= kStep;
    }
    return fmt::format("{:.1f} {}", size, *unit);
}

std::string say_count(std::int64_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", with_commas(size_of(count)), count == 1 ? one : many);
}

}  // namespace tenantry::web
