// Working days in England: not Saturdays, Sundays or bank holidays. The holidays that the law fixes are
// computed for any year; those that a proclamation moved or added are in a table of their own, to which the
// next one is added. Source: Banking and Financial Dealings Act 1971, and the days published at
// www.gov.uk/bank-holidays.
#pragma once

#include "base/time.hpp"

namespace tenantry::housing {

/// Whether the day is a bank holiday in England and Wales, a substitute day included. A Christmas Day that
/// falls on a weekend is none: its substitute is.
[[nodiscard]] bool is_bank_holiday(Date date);
[[nodiscard]] bool is_working_day(Date date);

/// So many working days after the date, which itself does not count, whatever day it is. Zero or less: the
/// date itself.
[[nodiscard]] Date add_working_days(Date date, int days);

}  // namespace tenantry::housing
