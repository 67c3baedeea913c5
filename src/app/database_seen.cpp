#include "app/database_seen.hpp"

#include <fmt/format.h>

#include "app/durable_file.hpp"
#include "base/ascii.hpp"
#include "base/log.hpp"
#include "base/text.hpp"

namespace tenantry::app {

namespace {

constexpr std::size_t kMost = 100;  // bytes

Result<db::PgSeen> read_seen(const std::filesystem::path& file) {
    const auto text = read_small_file(file, kMost);
    if (!text.ok()) {
        return text.error().code == Code::NotFound ? Result<db::PgSeen>{db::PgSeen{}} : text.error();
    }
    const auto space = text->find(' ');
    const auto timeline = space != std::string::npos
                              ? parse_whole<std::int64_t>(trim(std::string_view{*text}.substr(space)))
                              : std::nullopt;
    if (!timeline) {
        return Error{Code::Invalid,
                     "DATA/database-seen is not as it was written; remove it where no database "
                     "was replaced since"};
    }
    return db::PgSeen{text->substr(0, space), *timeline};
}

Result<void> write_seen(const std::filesystem::path& file, const db::PgSeen& seen) {
    auto partial = TRY(PartialFile::make(file));
    TRY(partial.append(bytes_of(fmt::format("{} {}\n", seen.system, seen.timeline))));
    TRY(partial.sync());
    return partial.place();
}

}  // namespace

Result<db::PgMemory> database_memory(const std::filesystem::path& data) {
    const auto file = data / "database-seen";
    db::PgMemory memory;
    memory.before = TRY(read_seen(file));
    memory.keep = [file](const db::PgSeen& seen) {
        if (const auto written = write_seen(file, seen); !written.ok()) {
            log(LogLevel::Warning, "which database was seen could not be kept",
                {{"reason", written.error().text}});
        }
    };
    return memory;
}

}  // namespace tenantry::app
