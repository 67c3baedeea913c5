// How pages write what a register holds: dates, times and money as people in the United Kingdom read them.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"

namespace tenantry::web {

/// "25 November 2026".
[[nodiscard]] std::string say_date(Date date);
/// The day of an instant by clocks in the United Kingdom.
[[nodiscard]] Date uk_date(Instant at);
/// When the day begins by those clocks, which are never changed at midnight.
[[nodiscard]] Instant uk_midnight(Date day);
/// "25 November 2026 at 11:20pm", by clocks in the United Kingdom.
[[nodiscard]] std::string say_time(Instant at);
/// "today", "yesterday", "3 days", "5 weeks", "7 months", "2 years": how long ago, whole and rounded down.
[[nodiscard]] std::string say_age(Instant since, Instant now);
/// "£1,234.56", with a "−" before what is negative.
[[nodiscard]] std::string say_money(std::int64_t pence);
/// "£12.50 in arrears", "£12.50 in credit" or "£0.00".
[[nodiscard]] std::string say_balance(std::int64_t pence_owed);
/// "1 home", "2 homes", "1,234 homes".
[[nodiscard]] std::string say_count(std::int64_t count, std::string_view one, std::string_view many);

}  // namespace tenantry::web
