// One JSON object a line on standard error. Callers pass an event name (a literal) and typed fields: ids,
// numbers and literals. There is no way to pass free text but log_text(), whose callers promise that it holds
// no personal value.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "base/ids.hpp"
#include "base/result.hpp"

namespace tenantry {

enum class LogLevel : std::uint8_t { Debug, Info, Warning, Error };

/// Text that is known not to be personal: a file name, a library's message, a route's path.
struct SafeText {
    std::string_view text;
};

struct LogField {
    Literal name;
    std::variant<std::int64_t, double, Literal, Uuid, SafeText> value;
};

/// Lines below this level are not written. Starts as Info. Thread-safe.
void set_log_level(LogLevel level);
/// For a server: lines may wait up to a second for each other, unless they are warnings or errors. To be
/// called before the first line; what waits is written when the program exits, and lost when it is killed.
void buffer_log();
void log(LogLevel level, Literal event, std::initializer_list<LogField> fields = {});
/// The line that log() would write, without the newline. For tests.
[[nodiscard]] std::string log_line(LogLevel level, Literal event, std::initializer_list<LogField> fields,
                                   std::string_view time);

}  // namespace tenantry
