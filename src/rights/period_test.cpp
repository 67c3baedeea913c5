#include "rights/period.hpp"

#include <gtest/gtest.h>

namespace tenantry::rights {
namespace {

TEST(AfterMonths, keeps_the_day_or_takes_the_months_last) {
    struct Case {
        const char* from;
        std::int64_t months;
        const char* expected;
    };
    for (const Case& one : {
             Case{"2026-01-15", 1, "2026-02-15"},
             Case{"2026-01-31", 1, "2026-02-28"},
             Case{"2027-12-31", 2, "2028-02-29"},
             Case{"2028-02-29", 12, "2029-02-28"},
             Case{"2028-02-29", 48, "2032-02-29"},
             Case{"2028-02-28", 12, "2029-02-28"},
             Case{"2026-11-30", 3, "2027-02-28"},
             Case{"2026-03-31", 1, "2026-04-30"},
             Case{"2026-04-30", 1, "2026-05-30"},
             Case{"2020-11-25", 72, "2026-11-25"},
             Case{"2020-02-29", 72, "2026-02-28"},
             Case{"2026-12-01", 1, "2027-01-01"},
             Case{"2099-01-31", 13, "2100-02-28"},
             Case{"1999-01-31", 13, "2000-02-29"},
             Case{"2026-11-25", 1200, "2126-11-25"},
         }) {
        EXPECT_EQ(format_date(after_months(*parse_date(one.from), one.months)), one.expected)
            << one.from << " and " << one.months;
    }
}

TEST(DayOf, is_the_day_in_utc) {
    EXPECT_EQ(format_date(day_of(*parse_instant("2031-04-02T23:59:59Z"))), "2031-04-02");
    EXPECT_EQ(format_date(day_of(*parse_instant("2031-04-03T00:00:00Z"))), "2031-04-03");
}

}  // namespace
}  // namespace tenantry::rights
