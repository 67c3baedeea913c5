#include "register/working_day.hpp"

#include <algorithm>
#include <array>

namespace tenantry::housing {

namespace {

using std::chrono::days;
using std::chrono::Monday;
using std::chrono::sys_days;
using std::chrono::year;
using namespace std::chrono_literals;

enum class Change : std::uint8_t { Added, Dropped };

struct Proclaimed {
    Date date;
    Change change;
};

/// What was proclaimed since 2019: days that are holidays in that year only, and the ones that they replace.
constexpr std::array kProclaimed{
    Proclaimed{2020y / 5 / 4, Change::Dropped},  // moved to the 75th anniversary of VE Day
    Proclaimed{2020y / 5 / 8, Change::Added},
    Proclaimed{2022y / 5 / 30, Change::Dropped},  // moved beside the Platinum Jubilee
    Proclaimed{2022y / 6 / 2, Change::Added},
    Proclaimed{2022y / 6 / 3, Change::Added},   // the Platinum Jubilee
    Proclaimed{2022y / 9 / 19, Change::Added},  // the funeral of Queen Elizabeth II
    Proclaimed{2023y / 5 / 8, Change::Added},   // the coronation of King Charles III
};

bool is_weekend(sys_days day) {
    const auto weekday = std::chrono::weekday{day};
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
}

/// The day itself or the next that is no Saturday or Sunday.
sys_days weekday_from(sys_days day) {
    while (is_weekend(day)) {
        day += days{1};
    }
    return day;
}

/// Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher.
sys_days easter(year of) {
    const int y = static_cast<int>(of);
    const int golden = y % 19;
    const int century = y / 100;
    const int rest = y % 100;
    const int leap_centuries = century / 4;
    const int moon = (century - (century + 8) / 25 + 1) / 3;
    const int epact = (19 * golden + century - leap_centuries - moon + 15) % 30;
    const int weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    const int late = (golden + 11 * epact + 22 * weekday) / 451;
    const int day = epact + weekday - 7 * late + 114;
    return sys_days{of / std::chrono::month{static_cast<unsigned>(day / 31)} /
                    std::chrono::day{static_cast<unsigned>(day % 31 + 1)}};
}

/// The holidays of a year as the Act has them: on weekends their substitute days.
std::array<sys_days, 8> statutory_holidays(year of) {
    const sys_days sunday = easter(of);
    const sys_days christmas = weekday_from(of / 12 / 25);
    return {weekday_from(of / 1 / 1),
            sunday - days{2},
            sunday + days{1},
            sys_days{of / 5 / Monday[1]},
            sys_days{of / 5 / Monday[std::chrono::last]},
            sys_days{of / 8 / Monday[std::chrono::last]},
            christmas,
            weekday_from(christmas + days{1})};
}

}  // namespace

bool is_bank_holiday(Date date) {
    const auto* const proclaimed = std::find_if(kProclaimed.begin(), kProclaimed.end(),
                                                [date](const auto& p) { return p.date == date; });
    if (proclaimed != kProclaimed.end()) {
        return proclaimed->change == Change::Added;
    }
    const auto holidays = statutory_holidays(date.year());
    return std::find(holidays.begin(), holidays.end(), sys_days{date}) != holidays.end();
}

bool is_working_day(Date date) {
    return !is_weekend(sys_days{date}) && !is_bank_holiday(date);
}

Date add_working_days(Date date, int count) {
    sys_days day{date};
    while (count > 0) {
        day += days{1};
        count -= is_working_day(Date{day}) ? 1 : 0;
    }
    return Date{day};
}

}  // namespace tenantry::housing
