#include "base/log.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <cstdio>
#include <iostream>

#include "base/time.hpp"

namespace tenantry {

namespace {

std::shared_ptr<spdlog::logger> make_logger() {
    auto made = std::make_shared<spdlog::logger>("tenantry",
                                                 std::make_shared<spdlog::sinks::ostream_sink_mt>(std::clog));
    made->set_pattern("%v");
    made->set_level(spdlog::level::info);
    made->flush_on(spdlog::level::warn);
    return made;
}

const std::shared_ptr<spdlog::logger>& shared_logger() {
    static const auto kLogger = make_logger();
    return kLogger;
}

spdlog::logger& logger() {
    return *shared_logger();
}

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::Debug:
            return spdlog::level::debug;
        case LogLevel::Info:
            return spdlog::level::info;
        case LogLevel::Warning:
            return spdlog::level::warn;
        case LogLevel::Error:
            return spdlog::level::err;
    }
    return spdlog::level::err;
}

std::string_view level_name(LogLevel level) {
    constexpr std::array<std::string_view, 4> kNames{"debug", "info", "warning", "error"};
    return kNames[static_cast<std::size_t>(level)];
}

/// JSON string; bytes outside printable ASCII are escaped, so nothing can break the line.
void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte >= 0x7f) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", byte);
        } else {
            out += c;
        }
    }
    out += '"';
}

struct AppendValue {
    std::string& out;
    void operator()(std::int64_t value) const {
        fmt::format_to(std::back_inserter(out), FMT_COMPILE("{}"), value);
    }
    void operator()(double value) const {
        fmt::format_to(std::back_inserter(out), FMT_COMPILE("{:.3f}"), value);
    }
    void operator()(const Literal& value) const { append_quoted(out, value.view()); }
    void operator()(const Uuid& value) const { append_quoted(out, value.text()); }
    void operator()(const SafeText& value) const { append_quoted(out, value.text.substr(0, 512)); }
};

}  // namespace

void buffer_log() {
    constexpr std::size_t kBuffer = 64U << 10;
    std::setvbuf(stderr, nullptr, _IOFBF, kBuffer);  // std::clog writes through it
    spdlog::register_logger(shared_logger());
    spdlog::flush_every(std::chrono::seconds{1});
}

void set_log_level(LogLevel level) {
    logger().set_level(spdlog_level(level));
}

std::string log_line(LogLevel level, Literal event, std::initializer_list<LogField> fields,
                     std::string_view time) {
    std::string line =
        fmt::format(FMT_COMPILE(R"({{"time":"{}","level":"{}","event":)"), time, level_name(level));
    append_quoted(line, event.view());
    for (const auto& field : fields) {
        line += ',';
        append_quoted(line, field.name.view());
        line += ':';
        std::visit(AppendValue{line}, field.value);
    }
    line += '}';
    return line;
}

void log(LogLevel level, Literal event, std::initializer_list<LogField> fields) {
    if (!logger().should_log(spdlog_level(level))) {
        return;
    }
    logger().log(spdlog_level(level), log_line(level, event, fields, format_instant(SystemClock{}.now())));
}

}  // namespace tenantry
