#include "register/working_day.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace tenantry::housing {
namespace {

Date day(std::string_view text) {
    return parse_date(text).value();
}

/// As published for England and Wales up to 2028; 2029 and 2030 by the calendar.
const std::map<int, std::vector<std::string>> kPublished{
    {2019, {"01-01", "04-19", "04-22", "05-06", "05-27", "08-26", "12-25", "12-26"}},
    {2020, {"01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"}},
    {2021, {"01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"}},
    {2022, {"01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"}},
    {2023, {"01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"}},
    {2024, {"01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"}},
    {2025, {"01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"}},
    {2026, {"01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"}},
    {2027, {"01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"}},
    {2028, {"01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"}},
    {2029, {"01-01", "03-30", "04-02", "05-07", "05-28", "08-27", "12-25", "12-26"}},
    {2030, {"01-01", "04-19", "04-22", "05-06", "05-27", "08-26", "12-25", "12-26"}},
};

TEST(WorkingDay, the_bank_holidays_are_those_published_and_no_others) {
    for (const auto& [year, published] : kPublished) {
        std::vector<std::string> found;
        const std::chrono::sys_days end{std::chrono::year{year + 1} / 1 / 1};
        for (std::chrono::sys_days at{std::chrono::year{year} / 1 / 1}; at < end;
             at += std::chrono::days{1}) {
            if (is_bank_holiday(Date{at})) {
                found.push_back(format_date(Date{at}).substr(5));
            }
        }
        EXPECT_EQ(found, published) << year;
    }
}

TEST(WorkingDay, easter_monday_falls_on_its_earliest_and_latest_day) {
    // 1818 and 2285 have the earliest Easter Sunday that there is, 1943 and 2038 the latest.
    for (const auto* date : {"1818-03-23", "2285-03-23", "1943-04-26", "2038-04-26", "2100-03-29"}) {
        EXPECT_TRUE(is_bank_holiday(day(date))) << date;
    }
}

struct Vector {
    const char* from;
    int days;
    const char* to;
};

TEST(WorkingDay, days_are_added_over_weekends_and_holidays) {
    constexpr Vector kVectors[] = {
        {"2026-03-03", 15, "2026-03-24"},  // three plain weeks
        {"2026-03-06", 1, "2026-03-09"},   // a Friday
        {"2026-03-07", 1, "2026-03-09"},   // a Saturday
        {"2026-03-08", 1, "2026-03-09"},   // a Sunday
        {"2026-03-08", 15, "2026-03-27"},  // the Sunday does not count
        {"2026-03-27", 15, "2026-04-21"},  // Good Friday and Easter Monday
        {"2026-04-02", 1, "2026-04-07"},   // from Maundy Thursday
        {"2026-04-03", 1, "2026-04-07"},   // from Good Friday itself
        {"2026-04-27", 15, "2026-05-19"},  // early May
        {"2026-05-11", 15, "2026-06-02"},  // late May
        {"2026-08-17", 15, "2026-09-08"},  // August
        {"2026-12-10", 15, "2027-01-05"},  // Christmas, a substitute Boxing Day, New Year
        {"2026-12-24", 1, "2026-12-29"},
        {"2021-12-24", 1, "2021-12-29"},   // both days of Christmas on a weekend
        {"2021-12-10", 15, "2022-01-05"},  // and New Year's Day on a Saturday
        {"2022-12-23", 2, "2022-12-29"},   // Christmas Day on a Sunday
        {"2022-12-30", 1, "2023-01-03"},   // New Year's Day on a Sunday
        {"2020-04-24", 15, "2020-05-18"},  // VE Day instead of the first Monday of May
        {"2020-05-01", 1, "2020-05-04"},
        {"2020-05-07", 1, "2020-05-11"},
        {"2022-05-27", 1, "2022-05-30"},  // the Platinum Jubilee moved the last Monday of May
        {"2022-06-01", 1, "2022-06-06"},
        {"2022-09-16", 1, "2022-09-20"},  // the Queen's funeral
        {"2023-05-05", 1, "2023-05-09"},  // the coronation
        {"2024-02-28", 2, "2024-03-01"},  // a leap day is a day
        {"2026-03-03", 0, "2026-03-03"},
        {"2026-03-07", 0, "2026-03-07"},
        {"2026-03-03", -1, "2026-03-03"},
        {"2035-12-21", 3, "2035-12-28"},  // beyond what is published, by the law as it is
    };
    for (const auto& [from, days, to] : kVectors) {
        EXPECT_EQ(format_date(add_working_days(day(from), days)), to) << from << " and " << days;
    }
}

}  // namespace
}  // namespace tenantry::housing
