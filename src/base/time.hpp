// Instants (UTC, milliseconds) and calendar dates; the clock is passed in, so tests decide what time it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tenantry {

using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Date = std::chrono::year_month_day;

/// Where the time comes from. Thread-safe.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

/// Stored form: milliseconds since 1970-01-01T00:00:00Z.
[[nodiscard]] inline std::int64_t to_millis(Instant at) {
    return at.time_since_epoch().count();
}
[[nodiscard]] inline Instant from_millis(std::int64_t millis) {
    return Instant{std::chrono::milliseconds{millis}};
}

/// Stored form of a date: days since 1970-01-01.
[[nodiscard]] inline std::int64_t to_days(Date date) {
    return std::chrono::sys_days{date}.time_since_epoch().count();
}
[[nodiscard]] inline Date from_days(std::int64_t days) {
    return Date{std::chrono::sys_days{std::chrono::days{days}}};
}

/// "2031-04-02T08:15:00Z", seconds precision.
[[nodiscard]] std::string format_instant(Instant at);
/// The instant of "YYYY-MM-DDThh:mm:ssZ" or of a date alone (midnight UTC); nothing for any other text.
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);
/// The same instant as clocks in the United Kingdom show it, to be formatted as if it were UTC: an hour later
/// from 01:00 UTC on the last Sunday of March to 01:00 UTC on the last of October (Summer Time Order 2002, SI
/// 2002/262).
[[nodiscard]] Instant uk_time(Instant at);
/// "2031-04-02 08:15:00".
[[nodiscard]] std::string format_date_time(Instant at);
/// "2031-04-02".
[[nodiscard]] std::string format_date(Date date);
/// A date that exists, as YYYY-MM-DD; nothing for any other text.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);

}  // namespace tenantry
